"""What each role has to do, and all of it in groups."""

from datetime import date

from core import clock
from core.roles import Role
from kpis.measures.to_do import (
    endings,
    exports,
    journeys,
    meetings,
    money,
    papers,
    places,
    referrals,
    terms,
    waiting,
)
from kpis.measures.to_do.thing import Thing, count_for, group_of, worded

GROUPS = ("Overdue", "Due today", "This week", "Later", "Waiting on others")
EVERYBODY = (
    meetings.invitations, meetings.papers_to_read, meetings.actions, places.on_call_now, places.held_places_to_decide,
    places.emergencies_to_sign, places.emergencies_to_finish, papers.register,
)  # fmt: skip
SUPPORT = (endings.plans_to_review, endings.steps_to_agree, endings.handovers_to_plan)
BY_ROLE = {
    Role.SOCIAL_WORKER: (
        referrals.mine_to_finish, referrals.mine_elsewhere, places.offers_to_answer, waiting.plans_to_agree,
        waiting.messages_unread, journeys.missing, journeys.reviews, endings.children_to_tell, endings.exit_plans_due,
        endings.checks_after, *SUPPORT,
    ),
    Role.TEAM_MANAGER: (
        referrals.to_sign, referrals.drafts_to_read, waiting.messages_unread, endings.children_to_tell, exports.to_take,
    ),
    Role.SERVICE_MANAGER: (referrals.to_sign, waiting.messages_unread, exports.to_agree, exports.to_take),
    Role.HEAD_OF_SERVICE: (exports.to_agree, exports.to_take),
    Role.GOVERNANCE: (exports.to_agree, exports.to_take),
    Role.STRATEGIC_MANAGER: (referrals.to_sign, referrals.exceptions_to_decide),
    Role.PANEL_ADMINISTRATOR: (
        referrals.to_triage, referrals.to_book, referrals.asked_for_more, meetings.to_circulate,
        meetings.minutes_to_send, meetings.minutes_with_chair, meetings.decisions_to_copy,
        meetings.decisions_held_back, meetings.decisions_elsewhere, meetings.packs,
        waiting.messages_unread,
    ),
    Role.CHAIR: (
        meetings.decisions_to_agree, meetings.minutes_to_check, meetings.packs, papers.late_papers, terms.to_sign, terms.proposals,
    ),
    Role.PROVIDER_MANAGER: (
        places.to_allocate, places.to_start, places.over_their_time, places.ending_soon, places.offers_made,
        waiting.contacts_and_bands, waiting.messages_unread, exports.to_take,
        journeys.weekly_round, journeys.missing, endings.exit_plans_due, endings.places_to_release, terms.to_sign, *SUPPORT,
    ),
    Role.PRACTITIONER: (journeys.weekly_round, journeys.missing, *SUPPORT),
    Role.COMMISSIONER: (money.prices_to_confirm, money.values_to_validate),
    Role.FINANCE: (money.prices_to_confirm,),
}  # fmt: skip


def things_for(user) -> list[Thing]:
    """Everything that waits for this person in the role they act in, the soonest first."""
    if user.acting is None:
        return []
    today = clock.today()
    count_for(user)
    found = [
        thing for gather in (*BY_ROLE.get(user.acting.role, ()), *EVERYBODY) for thing in gather(user)
    ]
    found.sort(key=lambda thing: (thing.due is None, thing.due or date.max, thing.label))
    return [worded(thing, today) for thing in found]


def grouped(things: list[Thing]) -> list[dict]:
    """The page's groups, in their order, each with its things; empty ones left out."""
    today = clock.today()
    by_name: dict[str, list[Thing]] = {name: [] for name in GROUPS}
    for thing in things:
        by_name[group_of(thing, today)].append(thing)
    return [{"title": name, "things": rows} for name, rows in by_name.items() if rows]
