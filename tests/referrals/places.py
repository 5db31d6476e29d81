"""Provisions with their places, and children in them, made by the product's own actions."""

from datetime import date, timedelta
from decimal import Decimal

from core import clock
from referrals.actions.allocation import allocate_place, propose_bed
from referrals.actions.ending import write_ending
from referrals.actions.offer import accept_bed
from referrals.actions.provision import add_home, add_provision, register_home, set_terms
from referrals.actions.stay import end_stay, start_stay
from tests.referrals import builders

SINCE = date(2025, 1, 1)


def an_outreach(borough, places=12):
    """Outreach at £660 a child a week."""
    provision = add_provision(
        slug=f"{borough.authority.slug}-outreach", authority=borough.authority, kind="outreach",
        name="Outreach places", provider=borough.provider, by=None,
    )  # fmt: skip
    set_terms(
        provision, contract_slug="art", provider=borough.provider, from_on=SINCE, places=places,
        weekly_rate=Decimal(660), rate_basis="child week", by=None,
    )  # fmt: skip
    return provision


def a_hub(borough, beds=3, covers_under_16=True):
    """The hub at £5,200 a bed a week, registered."""
    provision = add_provision(
        slug=f"{borough.authority.slug}-hub", authority=borough.authority, kind="hub",
        name="Hub assessment beds", provider=borough.provider, by=None,
    )  # fmt: skip
    home = add_home(provision, name="The hub", by=None)
    register_home(home, number="R1", covers_under_16=covers_under_16, from_on=SINCE, by=None)
    set_terms(
        provision, contract_slug="art", provider=borough.provider, from_on=SINCE, places=beds,
        weekly_rate=Decimal(5200), rate_basis="bed week", by=None,
    )  # fmt: skip
    return provision


def a_place_given(borough, provision, weeks=12, referral=None):
    """A child waiting, given an outreach place from today."""
    today = clock.today()
    return allocate_place(
        referral or builders.a_waiting_referral(borough), provision, starts_on=today,
        planned_end_on=today + timedelta(weeks=weeks), by=borough.provider_manager,
    )  # fmt: skip


def a_bed_offered(borough, hub, number=1, weeks=8, referral=None, **more):
    """A bed proposed from today."""
    today = clock.today()
    return propose_bed(
        referral or builders.a_waiting_referral(borough, service="hub"), hub.places.get(number=number),
        starts_on=today, planned_end_on=today + timedelta(weeks=weeks),
        impact_assessment="Two others live there; both were asked.", by=borough.provider_manager, **more,
    )  # fmt: skip


def a_bed_begun(borough, hub, **more):
    """A bed accepted by the social worker and started today."""
    stay = accept_bed(a_bed_offered(borough, hub, **more), by=borough.social_worker)
    return start_stay(stay, on=clock.today(), by=borough.provider_manager)


ENDING = {
    "reason": {"why": "goals met", "goal_achieved": "yes", "outcome": "from:foster"},
    "exit": {
        "exit_plan": "Visits every two weeks, then calls.", "relapse_plan": "Ring the duty team.",
        "child_agrees": "agrees", "carer_agrees": "part", "agencies": "School.",
    },
    "next": {"lives_next": "With foster carers.", "supports_next": "The fostering team."},
    "feedback": {"child_feedback": "It was good.", "carer_not_asked": "They did not wish to say."},
}  # fmt: skip


def an_ending_written(borough, stay, *, but=()):
    """The four tasks of an ending, or all but some."""
    for task, answers in ENDING.items():
        if task not in but:
            write_ending(stay, task=task, answers=answers, by=borough.provider_manager)


def a_stay_ended(borough, stay, **how):
    """A stay that ends today, as planned unless told otherwise."""
    if "unplanned_because" not in how:
        an_ending_written(borough, stay)
    return end_stay(stay, on=clock.today(), by=borough.provider_manager, **how)
