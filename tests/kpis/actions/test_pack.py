"""A pack is planned, drafted, frozen, approved and circulated, each once, whatever happens meanwhile."""

import threading
from datetime import date, timedelta

import page
import pytest
from django.db import connection, transaction

from contracts.rules.quarters import quarters_of
from core import clock, files, outbox
from core.models import AuditEvent, Message, OutboxJob
from core.rules import RuleBroken
from kpis.actions import pack as deeds
from kpis.actions.release import release_figures
from kpis.choices import PackState
from kpis.models import Pack
from kpis.models.pack import pack_clock
from kpis.papers.check import small_numbers
from kpis.papers.sections import referrals_summary
from kpis.rules.packs import why_not_approve
from kpis.tasks import plan_due_packs
from panels.actions.meeting import call_meeting, cancel_meeting
from tests.panels.builders import a_called_meeting, a_steering_group
from tests.people import a_borough
from tests.referrals.actions.test_capacity_race import many_waiting
from tests.referrals.builders import a_waiting_referral
from tests.referrals.places import a_place_given, an_outreach

MEETS = date(2026, 12, 17)
DRAFT, FREEZE, ISSUE = date(2026, 12, 3), date(2026, 12, 9), date(2026, 12, 10)
KINDS = ["pack.draft", "pack.freeze", "pack.issue"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(borough):
    """A steering group called in time for 17 December."""
    return a_called_meeting(borough, a_steering_group(borough), on=MEETS)


def go_to(day):
    """What the timetable does on a day at eight."""
    with clock.held_at(clock.moment(day) - timedelta(hours=1)):
        plan_due_packs()
        return outbox.sweep(kinds=KINDS)


def test_PAC1_the_chair_approves_a_frozen_pack():
    assert why_not_approve("frozen", may_chair=True) == []
    assert why_not_approve("frozen", may_chair=False) == ["Only the chair, or the chair's delegate, approves the pack."]
    for state in ("due", "drafted", "approved", "issued", "stopped"):
        assert len(why_not_approve(state, may_chair=True)) == 1


def test_a_pack_is_drafted_ten_frozen_six_and_circulated_five_working_days_before(meeting):
    assert tuple(pack_clock(meeting)) == (DRAFT, FREEZE, ISSUE)
    go_to(DRAFT - timedelta(days=1))
    assert not Pack.objects.exists()
    states = []
    for day in (DRAFT, FREEZE - timedelta(days=1), FREEZE, ISSUE):
        go_to(day)
        states.append(Pack.objects.get().state)
    assert states == ["drafted", "drafted", "frozen", "issued"]


def test_circulating_sends_each_member_one_link_and_no_file(meeting, borough):
    for day in (DRAFT, FREEZE, ISSUE, ISSUE, ISSUE + timedelta(days=1)):
        go_to(day)
    messages = Message.objects.filter(kind="pack.issued")
    assert messages.count() == 6
    assert set(messages.values_list("link", flat=True)) == {f"/steering/packs/{meeting.reference}"}
    assert AuditEvent.objects.filter(verb="pack.issued").count() == 1


def test_i29_the_pack_is_one_tagged_pdf_for_everybody_and_kept_by_its_hash(meeting):
    for day in (DRAFT, FREEZE, ISSUE):
        go_to(day)
    version = Pack.objects.get().version
    content = files.read(version.file)
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [str(failure) for failure in report.failures][:5]
    assert OutboxJob.objects.get(kind="pack.issue").result_hash == version.file.sha256


def test_an_issued_pack_stays_as_it_was_when_records_change(meeting, borough):
    for day in (DRAFT, FREEZE):
        go_to(day)
    before = Pack.objects.get().version.frozen
    a_waiting_referral(borough)
    meeting.panel.authority.name = "Another name"
    meeting.panel.authority.save()
    go_to(ISSUE)
    pack = Pack.objects.get()
    assert pack.version.frozen == before
    assert pack.document.versions.count() == 1


def test_the_chair_approves_and_nobody_else(meeting, borough):
    for day in (DRAFT, FREEZE):
        go_to(day)
    pack = Pack.objects.get()
    assert Message.objects.filter(kind="pack.approve", person=borough.chair).count() == 1
    for who in (borough.panel_administrator, borough.provider_manager, borough.member):
        with pytest.raises(RuleBroken):
            deeds.approve_pack(pack, by=who)
    assert deeds.approve_pack(pack, by=borough.chair).state == PackState.APPROVED
    go_to(ISSUE)
    assert Pack.objects.get().state == PackState.ISSUED


def test_unapproved_it_goes_on_its_day_all_the_same(meeting):
    for day in (DRAFT, FREEZE, ISSUE):
        go_to(day)
    pack = Pack.objects.get()
    assert (pack.state, pack.approved_by) == ("issued", None)


def test_a_pack_whose_day_has_passed_is_made_at_once_and_says_so(meeting):
    go_to(ISSUE + timedelta(days=1))
    pack = Pack.objects.get()
    assert pack.is_late
    assert pack.state == PackState.ISSUED


def test_a_small_count_of_children_stops_it(meeting, borough):
    for day in (DRAFT, FREEZE):
        go_to(day)
    version = Pack.objects.get().version
    version.frozen["referrals"][0]["children"] = "3"
    version.save()
    go_to(ISSUE)
    pack = Pack.objects.get()
    assert pack.state == PackState.STOPPED
    assert "a count of 1 to 5 children" in pack.problem
    assert pack.version.file is None
    assert not Message.objects.filter(kind="pack.issued").exists()


@pytest.mark.parametrize(
    "words", ["2 children waiting", "Four of these: three young people left", "1 of 9 decided", "5 referrals came"]
)
def test_the_check_finds_small_counts_in_words(words):
    assert small_numbers({"finding": words}) != []


@pytest.mark.parametrize(
    "words", ["13 children waiting", "c waiting", "£5,200 is the whole hub", "2.5 children", "12 decided", "0 waiting"]
)
def test_the_check_leaves_other_numbers_alone(words):
    assert small_numbers({"finding": words}) == []


def test_no_pack_for_a_meeting_that_is_cancelled(meeting, borough):
    go_to(DRAFT)
    cancel_meeting(meeting, reason="The chair is ill.", by=borough.chair)
    go_to(ISSUE)
    assert Pack.objects.get().state == PackState.DRAFTED


def test_a_panel_whose_terms_ask_for_no_pack_gets_none(borough):
    group = a_steering_group(borough, pack_draft_working_days=None)
    call_meeting(group, starts_at=clock.moment(MEETS, clock.TEN), venue="Room 1", by=borough.panel_administrator)
    go_to(ISSUE)
    assert not Pack.objects.exists()


def test_a_job_that_fails_is_tried_again_and_then_done(meeting, monkeypatch):
    go_to(DRAFT)
    go_to(FREEZE)
    printing = deeds.pdf.render_pdf

    def no_room(*args, **kwargs):
        raise OSError("no room on the disk")

    monkeypatch.setattr(deeds.pdf, "render_pdf", no_room)
    go_to(ISSUE)
    assert Pack.objects.get().state == PackState.FROZEN
    assert not Message.objects.filter(kind="pack.issued").exists()
    monkeypatch.setattr(deeds.pdf, "render_pdf", printing)
    OutboxJob.objects.filter(kind="pack.issue").update(lease_until=clock.now() - timedelta(days=9999))
    go_to(ISSUE)
    assert Pack.objects.get().state == PackState.ISSUED


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_pack():
    borough = a_borough()
    meeting = a_called_meeting(borough, a_steering_group(borough), on=MEETS)
    done = []

    def work():
        with clock.held_at(clock.moment(ISSUE)):
            plan_due_packs()
            done.append(outbox.sweep(kinds=KINDS))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 3
    pack = Pack.objects.get(meeting=meeting)
    assert pack.document.versions.count() == 1
    assert Message.objects.filter(kind="pack.issued").count() == 6
    assert AuditEvent.objects.filter(verb="pack.issued").count() == 1


def test_a_print_rolled_back_leaves_nothing_half_done(meeting):
    go_to(DRAFT)
    go_to(FREEZE)
    with clock.held_at(clock.moment(ISSUE)), transaction.atomic():
        deeds.issue_pack(meeting.reference)
        transaction.set_rollback(True)
    assert Pack.objects.get().state == PackState.FROZEN
    assert not Message.objects.filter(kind="pack.issued").exists()


def shown_in(borough):
    """The pack's three lists, by what each line counts."""
    rows = referrals_summary(borough.authority)
    return {(row["group"], row["what"]): row["children"] for row in rows}, [row["group"] for row in rows]


def test_e6_the_steering_pack_shows_priorities_for_allocation_by_band_and_hides_few(borough):
    many_waiting(borough, 7)
    a_waiting_referral(borough, band="urgent")

    shown, _ = shown_in(borough)

    assert [what for group, what in shown if group == "Priorities"] == ["Waiting, urgent", "Waiting, high", "Waiting, standard"]
    assert (shown["Priorities", "Waiting, standard"], shown["Priorities", "Waiting, urgent"], shown["Priorities", "Waiting, high"]) == ("7", "c", "0")


def test_e7_engaged_considered_and_priorities_are_three_lists_of_a_standing_item(borough, meeting):
    a_place_given(borough, an_outreach(borough))
    many_waiting(borough, 6)
    (quarter,) = quarters_of(date(2026, 10, 1), date(2027, 1, 1))

    with clock.held_at(clock.moment(date(2027, 1, 15))):
        release_figures(borough.authority, quarter)
        shown, groups = shown_in(borough)

    assert list(dict.fromkeys(groups)) == ["Engaged", "Considered", "Priorities"]
    assert shown["Engaged", "Supported"] == "c"
    assert shown["Considered", "Referrals decided"] == "7"
    assert any("capacity" in item.title.lower() for item in meeting.items.standing())
