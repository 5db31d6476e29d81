"""An emergency start: by whom, when, within what, and who signs second."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.forms import day_from
from core.models import Message
from core.rules import RuleBroken
from referrals.actions.emergency import second_emergency, start_in_emergency
from referrals.actions.on_call import log_call, name_on_call
from referrals.models import EmergencyStart, OnCallCall, Referral, Stay
from referrals.rules.emergency import (
    Said,
    is_out_of_hours,
    why_not_say,
    why_not_second,
    why_not_start_in_emergency,
)
from referrals.rules.transfer import Row, rows_from, why_not_transfer
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
NIGHT = clock.moment(TODAY, time(22))
SAID = Said("Nowhere safe to sleep tonight.", "section 20", "Mother, by telephone", "Both residents were told.")


@pytest.fixture
def on_call(borough):
    """The service manager has the night."""
    return name_on_call(
        authority=borough.authority, kind="service manager", person=borough.service_manager, telephone="01632 960000",
        from_at=clock.moment(TODAY, time(17)), until_at=clock.moment(TODAY + clock.ONE_DAY, time(9)), by=None,
    )  # fmt: skip


def start(borough, hub, child=None, said=SAID, by=None, number=1):
    return start_in_emergency(
        hub.places.get(number=number), child or builders.a_child(borough), said=said,
        planned_end_on=TODAY + timedelta(weeks=4), by=by or borough.service_manager,
    )  # fmt: skip


def test_EMG1_only_the_service_manager_on_call_and_only_out_of_hours():
    assert why_not_start_in_emergency(is_on_call=True, out_of_hours=True) == []
    assert why_not_start_in_emergency(is_on_call=False, out_of_hours=True) != []
    assert why_not_start_in_emergency(is_on_call=True, out_of_hours=False) != []


def test_EMG2_each_thing_left_out_is_asked_for_beside_its_field():
    assert why_not_say(SAID) == []
    assert [reason.field for reason in why_not_say(Said("", " ", "", ""))] == ["risk", "legal_status", "agreed_with", "impact"]


def test_EMG3_another_manager_signs_second_once():
    assert why_not_second(is_starter=False, is_signed=False, may_second=True) == []
    for facts in ({"is_starter": True}, {"is_signed": True}, {"may_second": False}):
        assert why_not_second(**{"is_starter": False, "is_signed": False, "may_second": True, **facts}) != []


@pytest.mark.parametrize(
    ("at", "working", "out"),
    [("08:59", True, True), ("09:00", True, False), ("16:59", True, False), ("17:00", True, True), ("12:00", False, True)],
)
def test_the_offices_hours(at, working, out):
    assert is_out_of_hours(datetime.fromisoformat(f"2026-11-24T{at}"), is_working_day=working) is out


def test_TRF1_a_pasted_row_says_what_is_wrong_with_it():
    rows = rows_from("L1, 2 6 2025\nL2; 31 2 2025\n\nL3\t2 6 2027\n", day_from)

    assert why_not_transfer(rows[0], TODAY, holds_one=False) == []
    assert why_not_transfer(rows[1], TODAY, holds_one=False) == ["“31 2 2025” is not a day."]
    assert why_not_transfer(rows[2], TODAY, holds_one=False) == ["The child was first supported after coming over."]
    assert why_not_transfer(Row("L4", None), TODAY, holds_one=True) != []
    assert why_not_transfer(replace(rows[0], planned_end_on=TODAY), TODAY, holds_one=False) != []


def test_TRF1_no_pasted_line_is_dropped_without_a_word():
    rows = rows_from("\n".join(f"L{n}, 2 6 2025" for n in range(52)), day_from)
    long = rows_from("L1, 2 6 2025, 2 6 2027, 2 6 2026, and one more", day_from)

    assert len(rows) == 52
    assert [bool(row.problem) for row in rows] == [False] * 50 + [True] * 2
    assert why_not_transfer(rows[51], TODAY, holds_one=False) == ["At most 50 children come over at a time. Bring this one next."]
    assert why_not_transfer(long[0], TODAY, holds_one=False) == ["“and one more” is one thing too many on this line."]


def test_j1e_a_stay_starts_at_night_and_leaves_what_is_missing_as_tasks(borough, on_call):
    hub = places.a_hub(borough)
    with clock.held_at(NIGHT):
        stay = start(borough, hub)

    emergency = EmergencyStart.objects.get()
    assert (stay.state, stay.starts_on, stay.place.number) == ("begun", TODAY, 1)
    assert (emergency.due_on, emergency.seconded_at) == (TODAY + clock.ONE_DAY, None)
    referral = Referral.objects.get()
    assert (referral.status, referral.moves.get().reason) == ("SUPPORTED", "Started in an emergency.")
    assert referral.child.legal_status == "section 20"
    assert referral.gaps()
    told = set(Message.objects.filter(kind="stay.emergency").values_list("person__full_name", flat=True))
    assert told == {"Head Of Service", "Strategic Manager", "Provider Manager", "Social Worker"}


def test_j1e_the_cap_and_the_law_are_never_set_aside(borough, on_call):
    hub = places.a_hub(borough, beds=1, covers_under_16=False)
    with clock.held_at(NIGHT):
        with pytest.raises(RuleBroken, match="Nobody may agree otherwise"):
            start(borough, hub)
        sixteen = {"born_on": TODAY.replace(year=2010)}
        start(borough, hub, builders.a_child(borough, **sixteen))
        with pytest.raises(RuleBroken, match="The only place is taken"):
            start(borough, hub, builders.a_child(borough, **sixteen))
    assert Stay.objects.count() == 1


def test_j1e_nobody_else_and_not_in_office_hours(borough, on_call):
    hub = places.a_hub(borough)
    for who in ("head_of_service", "provider_manager", "social_worker", "strategic_manager"):
        with clock.held_at(NIGHT), pytest.raises(RuleBroken, match="Only the service manager on call"):
            start(borough, hub, by=getattr(borough, who))
    with pytest.raises(RuleBroken, match="The offices are open"):
        start(borough, hub)
    with clock.held_at(clock.moment(TODAY + clock.ONE_DAY, time(22))), pytest.raises(RuleBroken, match="on call"):
        start(borough, hub)
    assert not Stay.objects.exists()


def test_g13_nobody_signs_both_by_rule_or_by_the_database(borough, on_call):
    hub = places.a_hub(borough)
    with clock.held_at(NIGHT):
        start(borough, hub)
    emergency = EmergencyStart.objects.get()

    with pytest.raises(RuleBroken, match="another manager"):
        second_emergency(emergency, by=borough.service_manager)
    with pytest.raises(RuleBroken, match="Only a service"):
        second_emergency(emergency, by=borough.provider_manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyStart.objects.update(seconded_by=borough.service_manager, seconded_at=clock.now())
    assert second_emergency(emergency, by=borough.head_of_service).seconded_by == borough.head_of_service
    with pytest.raises(RuleBroken, match="already"):
        second_emergency(emergency, by=borough.strategic_manager)


def test_e18_a_call_is_logged_and_not_in_the_future(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    said = {"caller": "carer", "about": "Shouting.", "done": "Talked.", "minutes": 20, "stay": stay, "by": borough.practitioner}

    with pytest.raises(RuleBroken, match="past"):
        log_call(authority=borough.authority, called_at=clock.now() + clock.minutes(1), **said)
    log_call(authority=borough.authority, called_at=clock.now(), **said)

    assert OnCallCall.objects.get().child == stay.child


def test_e18_a_turn_ends_after_it_starts_and_is_two_weeks_at_most(borough):
    for length in (timedelta(0), timedelta(days=15)):
        with pytest.raises(RuleBroken):
            name_on_call(
                authority=borough.authority, kind="team", person=borough.practitioner, telephone="1", from_at=clock.now(),
                until_at=clock.now() + length, by=None,
            )  # fmt: skip
