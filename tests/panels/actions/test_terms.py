"""Terms altered: proposed in writing and in time, decided at a meeting, signed by each party, and obeyed from then on."""

from datetime import date, timedelta

import pytest

from core import clock, outbox
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from panels.actions.altering import propose_alteration, sign_terms
from panels.actions.decision import agree_decision, record_decision
from panels.actions.meeting import cancel_meeting
from panels.models import SeatHolder
from panels.models.terms_versions import version_of, versions_compared
from tests.panels import builders

pytestmark = pytest.mark.django_db

FOUR = ("chair", "head_of_service", "service_manager", "provider_manager")
SOON, FIRST, LATER = date(2026, 12, 8), date(2026, 12, 15), date(2027, 1, 21)
NOTICE = {"number": "7.2", "text": "The chair gives at least 20 Working Days' notice.", "numbers": {"notice_working_days": 20}}


@pytest.fixture
def group(borough):
    return builders.a_steering_group(borough)


def a_meeting(borough, group, on, called=date(2026, 11, 2)):
    with clock.held_at(called):
        return builders.a_called_meeting(borough, group, on=on)


def propose(borough, group, meeting, changes=(NOTICE,), **facts):
    return propose_alteration(group, changes=list(changes), reason="Diaries are full.", meeting=meeting, by=borough.head_of_service, **facts)


def decide(borough, meeting, item, outcome="agree"):
    """Hold a meeting with everybody there, and decide one item; the chair signs."""
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting, present=FOUR)
        decision = record_decision(item, outcome=outcome, reasons="It was discussed.", by=borough.panel_administrator)
        return agree_decision(decision, by=borough.chair)


def test_j1_a_proposal_goes_to_the_chair_in_writing_and_onto_the_agenda(borough, group):
    meeting = a_meeting(borough, group, FIRST)

    alteration = propose(borough, group, meeting)

    assert alteration.delivered_at is None
    message = Message.objects.get(kind="terms.proposed")
    assert (message.person, message.link) == (borough.chair, alteration.get_absolute_url())
    outbox.sweep()
    alteration.refresh_from_db()
    assert alteration.delivered_at is not None
    assert alteration.item.meeting == meeting
    assert meeting.items.order_by("number").last().title == "Other business"
    assert alteration.changes.get().numbers == {"notice_working_days": 20}
    assert AuditEvent.objects.filter(verb="terms.proposed").count() == 1


def test_j1_too_late_for_one_meeting_names_the_next_and_writes_nothing(borough, group):
    soon, first = a_meeting(borough, group, SOON), a_meeting(borough, group, FIRST)

    with pytest.raises(RuleBroken, match="The next meeting that can is on 15 December 2026") as refusal:
        propose(borough, group, soon)
    assert getattr(refusal.value.reasons[0], "field", "") == "meeting"
    assert not group.alterations.exists()
    with clock.held_at(date(2026, 11, 30)):  # fourteen clear days before the first
        assert propose(borough, group, first).meeting == first
    with clock.held_at(date(2026, 12, 1)), pytest.raises(RuleBroken, match="No later meeting has been called yet"):
        propose(borough, group, first)


def test_j1_nothing_changed_numbers_that_clash_and_no_reason_are_refused(borough, group):
    meeting = a_meeting(borough, group, FIRST)
    words = group.terms.get().clauses.get(number="6.1").text
    same = {"number": "6.1", "text": f"{words}\n", "numbers": {"fewest_a_year": 6, "most_a_year": 12}}

    with pytest.raises(RuleBroken, match="Change the words or a number"):
        propose(borough, group, meeting, [same])
    with pytest.raises(RuleBroken, match="cannot be more than the most"):
        propose(borough, group, meeting, [{**same, "numbers": {"fewest_a_year": 13}}])
    with pytest.raises(RuleBroken, match="Say why"):
        propose_alteration(group, changes=[NOTICE], reason=" ", meeting=meeting, by=borough.member)
    with pytest.raises(RuleBroken, match="Enter a day on or after"):
        propose(borough, group, meeting, takes_effect="on a day", effective_on=FIRST - timedelta(days=1))


def test_j1_with_no_meeting_called_it_waits_for_one_far_enough_off(borough, group):
    alteration = propose(borough, group, None)
    with clock.held_at(date(2026, 11, 25)):
        emergency = builders.a_called_meeting(borough, group, on=date(2026, 11, 27), kind="emergency", reason="A flood.")
        alteration.refresh_from_db()
        assert alteration.meeting is None
        later = builders.a_called_meeting(borough, group, on=LATER)

    alteration.refresh_from_db()
    assert alteration.meeting == later
    assert not emergency.items.filter(alteration=alteration).exists()


def test_j1_a_cancelled_meeting_sends_it_on_to_the_next(borough, group):
    first, later = a_meeting(borough, group, FIRST), a_meeting(borough, group, LATER)
    alteration = propose(borough, group, first)

    cancel_meeting(first, reason="Snow.", by=borough.chair)

    alteration.refresh_from_db()
    assert (alteration.meeting, alteration.item.meeting, alteration.state) == (later, later, "sent")


def test_j2_adopted_it_waits_for_both_parties_and_the_old_governs_until_then(borough, group):
    meeting = a_meeting(borough, group, FIRST)
    alteration = propose(borough, group, meeting)
    with clock.held_at(FIRST):
        decide(borough, meeting, alteration.item)

        new = group.terms.get(version=2)
        assert (new.state, new.in_force_from) == ("adopted", None)
        assert group.terms_on(clock.today()).version == 1
        sign_terms(new, position="Assistant Director", by=borough.chair)
        assert group.terms_on(clock.today()).version == 1
        with pytest.raises(RuleBroken, match="already signed"):
            sign_terms(new, position="Assistant Director", by=borough.chair)
    with clock.held_at(FIRST + timedelta(days=2)):
        assert group.terms_on(clock.today()).version == 1
        signed = sign_terms(new, position="Children's Services Manager", by=borough.provider_manager)

        assert (signed.party, signed.signed_on) == (borough.provider, clock.today())
        assert group.terms_on(clock.today()).version == 2
        assert group.terms_on(FIRST).version == 1
        assert group.terms.get(version=1).state == "replaced"


def test_j2_nobody_signs_without_a_seat_or_authority_on_record(borough, group):
    terms = group.terms.get()

    with pytest.raises(RuleBroken, match="holds a seat for"):
        sign_terms(terms, position="Finance", by=borough.finance)
    SeatHolder.objects.filter(panel=group, person=borough.chair).update(may_decide_because="")
    with pytest.raises(RuleBroken, match="not on record"):
        sign_terms(terms, position="Chair", by=borough.chair)
    assert not terms.signatures.exclude(signed_on=None).exists()


def test_j2_a_decision_that_names_a_day_does_not_wait_for_signatures(borough, group):
    meeting = a_meeting(borough, group, FIRST)
    alteration = propose(borough, group, meeting, takes_effect="on a day", effective_on=date(2027, 1, 1))

    decide(borough, meeting, alteration.item)

    assert group.terms_on(date(2026, 12, 31)).version == 1
    assert group.terms_on(date(2027, 1, 1)).version == 2
    assert group.terms.get(version=2).signatures.filter(signed_on=None).count() == 2


def test_j3_a_meeting_is_judged_by_the_version_in_force_when_its_notice_was_served(borough, group):
    meeting = a_meeting(borough, group, FIRST)
    two_managers = {
        "number": "8.1", "text": "As before, with two Service Managers.", "numbers": {"limb:Service Manager": 2},
    }  # fmt: skip
    alteration = propose(borough, group, meeting, [NOTICE, two_managers], takes_effect="on a day", effective_on=FIRST)
    served_before = a_meeting(borough, group, date(2027, 1, 28))

    decide(borough, meeting, alteration.item)

    with clock.held_at(FIRST + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="needs 20 clear Working Days"):
            builders.a_called_meeting(borough, group, on=date(2027, 1, 12))
        served_after = builders.a_called_meeting(borough, group, on=date(2027, 2, 11))
    served_before.refresh_from_db()
    assert (served_before.terms.version, served_after.terms.version) == (1, 2)
    assert [limb.needed for limb in served_before.terms.limbs.order_by("order")] == [1, 1, 1, 1]
    assert [limb.needed for limb in served_after.terms.limbs.order_by("order")] == [1, 1, 1, 2]
    for kept, at in ((served_before, "Recommended by the panel"), (served_after, "Recommended to the next quorate meeting")):
        with clock.held_at(kept.starts_at):
            builders.begin(borough, kept, present=FOUR)
            item = kept.items.get(title="Benefits")
            decision = record_decision(item, outcome="agree", reasons="x", by=borough.panel_administrator)
            assert decision.get_state_display() == at


@pytest.mark.parametrize(("outcome", "state"), [("not agreed", "not adopted"), ("part", "not adopted"), ("defer", "sent")])
def test_j2_any_other_decision_makes_no_version(borough, group, outcome, state):
    meeting = a_meeting(borough, group, FIRST)
    later = a_meeting(borough, group, LATER)
    alteration = propose(borough, group, meeting)

    decide(borough, meeting, alteration.item, outcome=outcome)

    alteration.refresh_from_db()
    assert (alteration.state, group.terms.count()) == (state, 1)
    assert alteration.meeting == (later if outcome == "defer" else meeting)


def test_j3_the_next_version_keeps_everything_that_was_not_altered(borough, group):
    meeting = a_meeting(borough, group, FIRST)
    new = {"number": "13", "heading": "Young people", "text": "Two young people are invited."}
    alteration = propose(borough, group, meeting, [NOTICE, new], takes_effect="on a day", effective_on=FIRST)

    decide(borough, meeting, alteration.item)

    before, after = version_of(group, 1), version_of(group, 2)
    rows = versions_compared(before, after)
    assert [(row["number"], row["is_new"]) for row in rows] == [("7.2", False), ("13", True)]
    assert rows[0]["numbers"] == [
        {"label": "Notice of a meeting", "was": "14 Working Days", "now": "20 Working Days"}
    ]
    assert ("in", " 20") in rows[0]["runs"]
    for name in ("seats", "limbs", "standing_items", "roles"):
        assert getattr(after, name).count() == getattr(before, name).count()
    assert [seat.limb.role for seat in after.seats.all() if seat.limb] == [seat.limb.role for seat in before.seats.all() if seat.limb]
    assert after.seats.exclude(limb=None).exclude(limb__terms=after).count() == 0
    assert after.clauses.get(number="7.2").source == "000:150-152"
