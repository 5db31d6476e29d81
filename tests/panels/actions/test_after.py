"""After a meeting: minutes on paper at once, copied with proof and locked; actions chased; disputes under clause 59."""

import io
from datetime import date, timedelta

import pytest
from docx import Document

from core import clock, outbox
from core.models import AuditEvent, DocumentVersion, Message
from core.rules import RuleBroken
from panels.actions.decision import agree_all, record_decision
from panels.actions.dispute import raise_dispute, take_dispute_step
from panels.actions.follow_up import finish_action
from panels.actions.interest import declare_interest
from panels.actions.live import finish_meeting, save_note
from panels.actions.minutes import agree_minutes, check_minutes, draft_minutes
from panels.actions.panel import seat_person
from panels.models import Dispute, DisputeStep, Minutes, Service
from panels.models.minute_words import changes_between, gaps_of
from panels.models.year_counts import decided_in
from panels.papers import minutes_document
from tests.panels import builders
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db
DUE = date(2027, 1, 14)


@pytest.fixture
def finished(borough):
    """A meeting that ended with one decision agreed, and one action of the member's due on 14 January 2027."""
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        record_decision(
            item, outcome="agree", reasons="It helps.", by=borough.panel_administrator,
            actions=[{"what": "Ring the school", "owner_name": "Member", "owner": borough.member, "due_on": DUE}],
        )  # fmt: skip
        agree_all(meeting, by=borough.chair)
        finish_meeting(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()
    return meeting


def reminders():
    """What the owners of actions were sent, in order."""
    return list(Message.objects.filter(kind="action.reminder").order_by("pk").values_list("subject", flat=True))


def sweep_on(day):
    with clock.held_at(clock.moment(day, clock.TEN) + timedelta(minutes=1)):
        outbox.sweep(kinds=["action.remind"])


def test_m3_an_action_is_chased_before_and_after_its_day_and_never_once_it_is_done(borough, finished):
    sweep_on(DUE - timedelta(days=3))
    assert reminders() == []
    sweep_on(DUE - timedelta(days=2))
    assert reminders() == [f"An action from {finished} is due on 14 January 2027"]
    sweep_on(DUE)
    assert len(reminders()) == 1
    sweep_on(DUE + timedelta(days=1))
    assert reminders()[1] == f"An action from {finished} was due on 14 January 2027"

    finish_action(finished.items.get(kind="referral").actions.get(), by=borough.member)
    sweep_on(DUE + timedelta(days=8))

    assert len(reminders()) == 2


@pytest.mark.parametrize("status", ["cancelled", "not held"])
def test_m3_nobody_is_chased_about_a_meeting_that_was_not_held(finished, status):
    finished.status = status
    finished.save()

    sweep_on(DUE + timedelta(days=8))

    assert reminders() == []


def test_m3_somebody_out_of_the_item_is_not_reminded_of_it(borough, finished):
    declare_interest(finished, item=finished.items.get(kind="referral"), person=borough.member, nature="x", by=borough.member)

    sweep_on(DUE + timedelta(days=1))

    assert reminders() == []


def test_m3_the_terms_say_on_which_days(borough):
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    meeting.terms.thresholds = {"remind days": [3]}
    meeting.terms.save()
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        record_decision(
            item, outcome="agree", reasons="Yes.", by=borough.panel_administrator,
            actions=[{"what": "Ring", "owner_name": "Member", "owner": borough.member, "due_on": DUE}],
        )  # fmt: skip

    sweep_on(DUE + timedelta(days=2))
    assert reminders() == []
    sweep_on(DUE + timedelta(days=3))
    assert len(reminders()) == 1


def test_c5_minutes_hold_each_decision_as_it_was_recorded_and_agreed(borough, finished):
    words = finished.minutes.words["items"]
    decided = next(item for item in words if item.get("decision"))

    assert "It helps." in str(decided)
    assert "Ring the school" in str(decided)
    assert AuditEvent.objects.filter(verb="decision.recorded").count() == AuditEvent.objects.filter(verb="decision.agreed").count() == 1


def test_c33_decisions_are_classed_and_counted_by_year_for_those_who_run_the_body(borough, finished, sign_in):
    assert decided_in(finished.panel, finished.on.year, borough.chair) == {"permanence": 0, "resource": 1}
    assert decided_in(finished.panel, finished.on.year + 1, borough.chair) == {"permanence": 0, "resource": 0}
    with clock.held_at(clock.moment(finished.on)):
        runs = sign_in(borough.panel_administrator).get(finished.panel.get_absolute_url()).content.decode()
        sits = sign_in(borough.member).get(finished.panel.get_absolute_url()).content.decode()
    assert "1 about a resource, 0 about permanence" in runs
    assert "about permanence" not in sits


def test_i31_the_draft_is_a_tagged_pdf_and_a_word_document_once_the_meeting_ends(borough, finished):
    with clock.held_at(finished.finished_at + timedelta(seconds=10)):
        outbox.sweep(kinds=["minutes.print"])

    draft = DocumentVersion.objects.get(document__kind="draft minutes")
    assert draft.file.media_type == "application/pdf"
    word = minutes_document(draft.frozen, title=draft.document.title)
    text = "\n".join(p.text for p in Document(io.BytesIO(word)).paragraphs)
    assert "The panel agreed to outreach" in text
    assert "3. Referral" in text
    assert Document(io.BytesIO(word)).tables[0].rows[0].cells[0].text == "Seat"


def test_a_sign_no_word_file_can_hold_does_not_stop_it(borough, finished):
    item = finished.items.get(number=1)
    save_note(item, note="Before\x0bafter", version=item.note_version, by=borough.panel_administrator)

    words = draft_minutes(finished, by=borough.panel_administrator).words

    assert minutes_document({**words, "state": "draft"}, title="Minutes").startswith(b"PK")


def test_i21_minutes_go_to_members_and_to_others_agreed_with_proof_of_each(borough):
    panel = builders.a_steering_group(borough)
    guest = builders.somebody(borough, "Invited Guest")
    seat_person(panel, letter="g", person=guest, from_on=builders.SINCE, by=borough.panel_administrator)
    meeting = builders.a_called_meeting(borough, panel)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting, ("chair",))
        finish_meeting(meeting, by=borough.panel_administrator)
        check_minutes(Minutes.objects.get(), by=borough.chair)
        outbox.sweep()

    proofs = Service.objects.filter(meeting=meeting, kind="minutes")
    assert guest.pk in set(proofs.values_list("person", flat=True))
    assert proofs.count() == 7
    assert not Service.objects.filter(meeting=meeting, kind="notice", person=guest).exists()


def test_i31_minutes_show_what_changed_and_are_locked_when_a_later_meeting_agrees(borough, finished):
    item = finished.items.get(number=1)
    save_note(item, note="Nobody sent apologies.", version=item.note_version, by=borough.panel_administrator)
    minutes = check_minutes(finished.minutes, by=borough.chair)

    (change,) = changes_between(minutes.first_words, minutes.words)

    assert (change["where"], change["was"], change["now"]) == ("Item 1: notes", "", "Nobody sent apologies.")
    later = builders.a_called_meeting(borough, finished.panel, on=date(2027, 1, 28))
    with clock.held_at(clock.moment(later.on, clock.TEN)):
        builders.begin(borough, later)
        later.refresh_from_db()
        agree_minutes(minutes, at_meeting=later, by=borough.chair)
        item.refresh_from_db()
        with pytest.raises(RuleBroken, match="locked"):
            save_note(item, note="Otherwise.", version=item.note_version, by=borough.panel_administrator)


def test_gaps_name_what_was_neither_decided_nor_written(borough, finished):
    gaps = gaps_of(finished.minutes.words)

    assert "Item 1: nothing is written." in gaps
    assert not [gap for gap in gaps if gap.startswith("Item 3: neither")]


def test_i26_a_dispute_goes_to_clause_59_with_a_deadline_and_a_timeline(borough):
    panel = builders.a_steering_group(borough)
    today = clock.today()
    with pytest.raises(RuleBroken, match="Give the day by which"):
        raise_dispute(panel, about="Who pays", words="Not settled.", on=today, due_on=None, by=borough.chair)
    dispute = raise_dispute(
        panel, about="Who pays", words="Not settled.", on=today, due_on=today + timedelta(days=28), by=borough.chair
    )

    with clock.held_at(clock.moment(today + timedelta(days=29), clock.TEN)):
        assert Dispute.objects.get().is_late
        take_dispute_step(dispute, stage="settled", words="Half each.", on=clock.today(), due_on=None, by=borough.chair)
        with pytest.raises(RuleBroken, match="is over"):
            take_dispute_step(dispute, stage="talks", words="Again.", on=clock.today(), due_on=clock.today(), by=borough.chair)

    assert (dispute.clause, Dispute.objects.get().stage) == ("59", "settled")
    assert list(DisputeStep.objects.order_by("pk").values_list("stage", flat=True)) == ["referred", "settled"]
    assert AuditEvent.objects.filter(verb__startswith="dispute.").count() == 2


def test_i26_a_dispute_about_an_item_is_kept_from_whoever_is_out_of_it(borough, finished):
    item = finished.items.get(kind="referral")
    raise_dispute(
        finished.panel, about="Who pays", words="Not settled.", on=clock.today(), due_on=DUE, item=item, by=borough.chair
    )
    assert Dispute.objects.visible_to(borough.member).exists()

    declare_interest(finished, item=item, person=borough.member, nature="x", by=borough.member)

    assert not Dispute.objects.visible_to(borough.member).exists()
