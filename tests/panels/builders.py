"""Bodies with their terms, and meetings in each state, made by the product's own actions."""

from datetime import date, timedelta

from config.demo import other_panels, steering_group
from core import clock
from core.actions.person import add_person, give_role
from core.roles import Role
from panels.actions.agenda import list_referral
from panels.actions.live import arrive, start_meeting
from panels.actions.meeting import call_meeting
from panels.actions.panel import add_panel, adopt_terms, seat_person
from panels.models.room import Room

SINCE = date(2025, 1, 1)


def somebody(borough, name, role=Role.PANEL_MEMBER):
    """One more person with a role in the council."""
    person = add_person(
        full_name=name, email=f"{name.lower().replace(' ', '.')}@{borough.authority.slug}.example",
        organisation=borough.council, by=None,
    )  # fmt: skip
    give_role(person, role, organisation=borough.council, from_on=SINCE, by=None)
    return person


def a_steering_group(borough, **numbers):
    """The steering group with its six seats: chair a, head of service b, three managers, ART f."""
    panel = add_panel(
        authority=borough.authority, slug=f"{borough.authority.slug}-steering", name="Steering group",
        kind="steering", by=borough.panel_administrator,
    )  # fmt: skip
    adopt_terms(
        panel, numbers={**steering_group.NUMBERS, **numbers}, clauses=steering_group.CLAUSES,
        seats=steering_group.SEATS, limbs=steering_group.LIMBS,
        standing_items=steering_group.STANDING_ITEMS, in_force_from=SINCE, source="000",
        parties=[borough.council, borough.provider], roles=steering_group.ROLES, by=borough.panel_administrator,
    )  # fmt: skip
    borough.people.setdefault("fostering", somebody(borough, "Fostering Manager"))
    borough.people.setdefault("planning", somebody(borough, "Planning Manager"))
    for letter, who in {
        "a": "chair", "b": "head_of_service", "c": "service_manager", "d": "fostering",
        "e": "planning", "f": "provider_manager",
    }.items():  # fmt: skip
        seat_person(
            panel, letter=letter, person=borough.people[who], from_on=SINCE, may_decide_because="Letter of 1 January 2025",
            by=borough.panel_administrator,
        )  # fmt: skip
    return panel


def a_referral_panel(borough):
    """The referral panel with its example terms: a chair, a member and ART."""
    panel = add_panel(
        authority=borough.authority, slug=f"{borough.authority.slug}-panel", name="ART Referral Panel",
        kind="referral", by=borough.panel_administrator,
    )  # fmt: skip
    adopt_terms(
        panel, numbers=other_panels.REFERRAL_NUMBERS, clauses=other_panels.REFERRAL_CLAUSES,
        seats=other_panels.REFERRAL_SEATS, limbs=[], standing_items=other_panels.REFERRAL_ITEMS,
        in_force_from=SINCE, is_example=True, by=borough.panel_administrator,
    )  # fmt: skip
    for letter, who in {"a": "chair", "b": "member", "d": "provider_manager"}.items():
        seat_person(
            panel, letter=letter, person=borough.people[who], from_on=SINCE, by=borough.panel_administrator
        )
    return panel


def a_called_meeting(borough, panel=None, on=None, **facts):
    """An ordinary meeting, called in time."""
    panel = panel or a_referral_panel(borough)
    on = on or clock.today() + timedelta(days=30)
    return call_meeting(
        panel, starts_at=clock.moment(on, clock.TEN), venue="Room 1", by=borough.panel_administrator, **facts
    )


def a_meeting_with(borough, referral, panel=None):
    """A called meeting with one referral on its agenda, and the item."""
    meeting = a_called_meeting(borough, panel)
    return meeting, list_referral(referral, meeting, by=borough.panel_administrator)


def begin(borough, meeting, present=("chair", "member", "provider_manager")):
    """Start a meeting with people in the room; the clock must stand on its day."""
    start_meeting(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()
    for who in present:
        arrive(meeting, person=borough.people[who], by=borough.panel_administrator)
    return meeting


def a_tripartite_group(borough):
    """The tripartite group: social care a, health b, education c, whose chair turns health, care, education."""
    panel = add_panel(
        authority=borough.authority, slug=f"{borough.authority.slug}-tripartite", name="Tripartite group",
        kind="tripartite", by=borough.panel_administrator,
    )  # fmt: skip
    adopt_terms(
        panel, numbers=other_panels.TRIPARTITE_NUMBERS, clauses=other_panels.TRIPARTITE_CLAUSES,
        seats=other_panels.TRIPARTITE_SEATS, limbs=[], standing_items=other_panels.TRIPARTITE_ITEMS,
        roles=other_panels.TRIPARTITE_ROLES, in_force_from=SINCE, source="003", by=borough.panel_administrator,
    )  # fmt: skip
    borough.people.setdefault("health", somebody(borough, "Health Manager"))
    borough.people.setdefault("education", somebody(borough, "Education Manager"))
    for letter, who in {"a": "head_of_service", "b": "health", "c": "education"}.items():
        seat_person(panel, letter=letter, person=borough.people[who], from_on=SINCE, by=borough.panel_administrator)
    return panel


def come(borough, meeting, who):
    """One more person comes into the room."""
    return arrive(meeting, person=borough.people[who], by=borough.panel_administrator)


def room(meeting):
    """The room of a meeting, read now."""
    return Room(meeting)
