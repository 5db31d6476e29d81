"""Proposals that take a clause out, add one, and change seats, quorum and the standing agenda."""

from datetime import date

import pytest

from core import clock
from core.rules import RuleBroken
from panels.actions.altering import propose_alteration, sign_terms
from panels.models import Alteration, SeatHolder
from panels.models.room import representatives
from panels.models.terms_versions import version_of, versions_compared
from panels.rules.composition import Part
from tests.panels import builders
from tests.panels.actions.test_terms import decide

pytestmark = pytest.mark.django_db
SEAT = Part("seat", "add", "h", {"title": "Head of the Virtual School", "limb": "", "is_invitee": False, "is_provider": False})


@pytest.fixture
def group(borough):
    return builders.a_steering_group(borough)


def propose(borough, group, *parts, changes=(), meeting=None):
    return propose_alteration(group, changes=list(changes), parts=list(parts), reason="It has grown.", meeting=meeting, by=borough.head_of_service)


def adopted(borough, group, *parts, changes=()):
    """A proposal agreed at a meeting and signed by both parties: the version that governs."""
    with clock.held_at(date(2026, 11, 2)):
        meeting = builders.a_called_meeting(borough, group, on=date(2026, 12, 15))
    alteration = propose(borough, group, *parts, changes=changes, meeting=meeting)
    decide(borough, meeting, alteration.item)
    alteration.refresh_from_db()
    with clock.held_at(date(2026, 12, 16)):
        for person in (borough.chair, borough.provider_manager):
            sign_terms(alteration.new_terms, position="Manager", by=person)
    return version_of(group, 2)


def test_j1_a_clause_is_taken_out_with_its_numbers_and_a_new_one_stands_where_its_number_says(borough, group):
    out = {"number": "7.4", "is_removed": True}
    new = {"number": "3.5", "heading": "Carers", "text": "What carers say is heard."}

    after = adopted(borough, group, changes=[out, new])

    numbers = [clause.number for clause in sorted(after.clauses.all(), key=lambda clause: clause.order)]
    assert "7.4" not in numbers
    assert numbers[numbers.index("3.4") + 1] == "3.5"
    assert after.cancellation_hours is None
    rows = {row["number"]: row for row in versions_compared(version_of(group, 1), after)}
    assert rows["7.4"]["is_gone"]
    assert {kind for kind, _ in rows["7.4"]["runs"]} == {"out"}
    assert rows["3.5"]["is_new"]


def test_j1_a_clause_that_says_who_sits_stays(borough, group):
    with pytest.raises(RuleBroken, match=r"Clause 5 stays: it sets what these terms must say \(seats, roles\)"):
        propose(borough, group, changes=[{"number": "5", "is_removed": True}])
    assert not Alteration.objects.exists()


def test_j1_seats_are_added_and_retired_and_the_comparison_draws_both(borough, group):
    retired = Part("seat", "remove", "e", {})

    after = adopted(borough, group, SEAT, retired)

    assert [seat.letter for seat in after.seats.order_by("letter")] == ["a", "b", "c", "d", "f", "g", "h"]
    (row,) = versions_compared(version_of(group, 1), after)
    assert row["heading"] == "Seats"
    changed = [(kind, line.partition(" (")[0]) for kind, line in row["lines"] if kind != "same"]
    assert [kind for kind, _ in changed] == ["out", "in"]
    assert changed[1] == ("in", "h. Head of the Virtual School")
    left = SeatHolder.objects.get(panel=group, letter="e")
    assert left.until_on == date(2026, 12, 16)


def test_j1_a_retired_seat_stays_for_meetings_called_under_the_terms_that_had_it(borough, group):
    with clock.held_at(date(2026, 11, 2)):
        later = builders.a_called_meeting(borough, group, on=date(2027, 1, 21))

    adopted(borough, group, Part("seat", "remove", "e", {}))

    later.refresh_from_db()
    assert "e" in {seat.letter for seat in representatives(later)}
    assert SeatHolder.objects.get(panel=group, letter="e").until_on == date(2027, 1, 22)


def test_j1_the_quorum_gains_and_loses_a_part(borough, group):
    limb = version_of(group, 1).limbs.order_by("order").first()
    gained = Part("limb", "add", "Two of the managers", {"needed": 2, "seats": ["c", "d"]})

    after = adopted(borough, group, gained, Part("limb", "remove", limb.role, {}))

    roles = dict(after.limbs.values_list("role", "needed"))
    assert roles["Two of the managers"] == 2
    assert limb.role not in roles
    assert after.seats.get(letter="a").limb is None
    assert all(f"limb:{limb.role}" not in clause.sets for clause in after.clauses.all())


def test_j1_the_standing_agenda_changes_and_the_next_meeting_has_it(borough, group):
    parts = [
        Part("item", "add", "What carers say", {"minutes": 15, "after": "Risks and interdependencies"}),
        Part("item", "change", "Benefits", {"title": "Benefits", "minutes": 25}),
        Part("item", "remove", "Terms of reference and standing agenda", {}),
    ]
    adopted(borough, group, *parts)

    with clock.held_at(date(2027, 1, 4)):
        meeting = builders.a_called_meeting(borough, group, on=date(2027, 2, 25))

    items = dict(meeting.items.order_by("number").values_list("title", "minutes"))
    titles = list(items)
    assert titles[titles.index("Risks and interdependencies") + 1] == "What carers say"
    assert items["Benefits"] == 25
    assert "Terms of reference and standing agenda" not in titles


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part("seat", "remove", "a", {}), "No seat would take the chair"),
        (Part("seat", "add", "b", {"title": "Another", "limb": ""}), "There is a seat b already"),
        (Part("item", "remove", "Declarations of interest", {}), "Declarations of interest stays on every agenda"),
    ],
)
def test_j1_what_would_break_the_body_is_refused(borough, group, part, said):
    with pytest.raises(RuleBroken, match=said):
        propose(borough, group, part)
    assert not Alteration.objects.exists()
