"""Old drafts, copies, second referrers, feedback, the child's sheet, residents, consultations, agencies."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock, outbox
from core.models import Message
from core.references import PATTERN
from referrals.actions.network import log_consultation, record_residency, save_agency
from referrals.actions.provision import add_provision
from referrals.actions.sign_off import return_referral
from referrals.models import Consultation, Referral, Residency
from referrals.tasks import tend_drafts
from tests.conftest import TODAY
from tests.referrals import builders

pytestmark = pytest.mark.django_db
DRAFTS = ["draft.remind", "draft.show", "draft.let_go"]


def days_later(days):
    return clock.held_at(TODAY + timedelta(days=days))


def tend():
    """The timetable looks, twice as it may, and what is due is done."""
    tend_drafts()
    tend_drafts()
    outbox.sweep(kinds=DRAFTS)


def told(kind):
    return list(Message.objects.filter(kind=kind).values_list("person__full_name", flat=True))


def test_a1_a_draft_is_saved_part_way_and_taken_up_again(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    client.post(f"/referrals/{referral.reference}/tasks/needs", {"story": "Half a", "version": 0, "later": "yes"})

    page = client.get(f"/referrals/{referral.reference}/tasks").content.decode()

    assert "In progress" in page
    assert "Saved at 9am" in page
    assert "Half a" in client.get(f"/referrals/{referral.reference}/tasks/needs").content.decode()


def test_a1_a_draft_nobody_touches_is_reminded_shown_and_let_go_with_its_safeguarding_kept(borough, sign_in):
    referral = builders.a_filled_referral(borough)
    with days_later(6):
        tend()
        assert told("draft.remind") == []
    with days_later(7):
        tend()
        assert told("draft.remind") == ["Social Worker"]
    with days_later(83):
        tend()
        assert told("draft.shown") == ["Team Manager"]
        client = sign_in(borough.team_manager)
        assert f"Read the old draft {referral.reference}" in client.get("/").content.decode()
        assert "None known." in client.get("/drafts").content.decode()
        client.post(f"/referrals/{referral.reference}/let-go")
    with days_later(89):
        tend()
        referral.refresh_from_db()
        assert referral.status == "DRAFT"
    with days_later(91):
        tend()

    referral.refresh_from_db()
    assert referral.status == "WITHDRAWN"
    assert referral.answers()["risk"] == {"safeguarding": "None known."}
    assert not any(said for name, said in referral.answers().items() if name != "risk")


def test_a1_a_draft_no_manager_has_read_is_not_let_go_and_they_are_told_again(borough):
    referral = builders.a_filled_referral(borough)
    for days in (83, 90, 97):
        with days_later(days):
            tend()

    referral.refresh_from_db()
    assert referral.status == "DRAFT"
    assert told("draft.shown") == ["Team Manager"] * 3


def test_a1_a_draft_that_is_touched_or_kept_has_another_ninety_days(borough, sign_in):
    referral = builders.a_filled_referral(borough)
    with days_later(84):
        sign_in(borough.team_manager).post(f"/referrals/{referral.reference}/keep")
    with days_later(100):
        tend()

    referral.refresh_from_db()
    assert referral.status == "DRAFT"
    assert referral.answers()["needs"]["story"] == "Living with nan."


def test_a1_old_drafts_are_for_their_own_teams_manager(borough, sign_in):
    referral = builders.a_filled_referral(borough)
    with days_later(84):
        assert referral.reference not in sign_in(borough.other_team_manager).get("/drafts").content.decode()
        assert sign_in(borough.other_team_manager).post(f"/referrals/{referral.reference}/let-go").status_code == 404
        assert sign_in(borough.social_worker).get("/drafts").status_code == 403


def test_j1b_a_copy_starts_with_the_sections_that_are_ticked(borough, sign_in):
    earlier = builders.a_filled_referral(borough)
    client = sign_in(borough.social_worker)
    page = client.get(f"/referrals/{earlier.reference}/copy").content.decode()
    assert page.count("checked") == 6

    answer = client.post(f"/referrals/{earlier.reference}/copy", {"sections": ["needs", "risk"], "idempotency_key": "k"})
    again = client.post(f"/referrals/{earlier.reference}/copy", {"sections": ["needs", "risk"], "idempotency_key": "k"})

    made = Referral.objects.exclude(pk=earlier.pk).get()
    assert answer.url == again.url
    assert made.copied_from == earlier
    said = made.answers()
    assert said["needs"]["story"] == "Living with nan."
    assert "child_view" not in said["views"]
    assert said["consent"] == {}


def test_j1b_sections_over_six_months_old_are_not_ticked(borough, sign_in):
    earlier = builders.a_filled_referral(borough)
    with clock.held_at(date(2027, 6, 1)):
        page = sign_in(borough.social_worker).get(f"/referrals/{earlier.reference}/copy").content.decode()

    assert " checked" not in page.split("<main")[1]


def test_a17_both_referrers_see_how_it_goes_and_one_writes(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    other = borough.other_social_worker
    assert sign_in(other).get(referral.get_absolute_url()).status_code == 404

    sign_in(borough.social_worker).post(f"{referral.get_absolute_url()}/second-referrer", {"person": other.pk})

    client = sign_in(other)
    assert client.get(referral.get_absolute_url()).status_code == 200
    assert client.get(f"{referral.get_absolute_url()}/tasks/needs").status_code == 403
    assert told("referral.joined") == ["Other Social Worker"]


def test_a17_a_manager_or_the_author_is_no_second_referrer(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)

    for person in (borough.team_manager, borough.social_worker):
        assert client.post(f"{referral.get_absolute_url()}/second-referrer", {"person": person.pk}).status_code == 200
    referral.refresh_from_db()
    assert referral.joint_referrer is None


def test_a24_a_reference_is_six_signs_nobody_can_mistake(borough):
    reference = builders.a_draft_referral(borough).reference

    assert re.fullmatch(PATTERN, reference)
    assert not set("01589ABEIOSUZ") & set(reference)


def test_a25_starting_again_shows_the_open_referral(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    page = sign_in(borough.social_worker).get(f"/referrals/new/{referral.child.reference}").content.decode()

    assert "This child has an open referral" in page
    assert referral.reference in page


def test_a25_a_child_added_twice_by_hand_is_asked_about_without_a_name(borough, sign_in):
    builders.a_child(borough, full_name="Zoë  O’Neil", born_on=date(2012, 3, 4), social_worker=borough.other_social_worker)
    client = sign_in(borough.social_worker)
    typed = {"full_name": "zoë o’neil", "born_on": "4 3 2012"}

    page = client.post("/children/new", typed)
    assert page.status_code == 200
    assert "There may be a record of this child already" in page.content.decode()
    assert client.post("/children/new", {**typed, "knowingly": "on"}).status_code == 302


def test_a26_the_referrer_reads_status_next_step_and_reason(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    return_referral(referral, comment="Say what changed in June.", tasks=["needs"], by=borough.team_manager)

    page = sign_in(borough.social_worker).get(referral.get_absolute_url()).content.decode()

    for words in ("Returned to you", "Say what changed in June.", "Next: you, by", "What has happened"):
        assert words in page


def test_a33_the_childs_sheet_says_rights_advocate_and_complaint(borough, sign_in):
    save_agency(authority=borough.authority, kind="advocacy", name="Speak Up", reach="01632 960000", by=None)
    referral = builders.a_sent_referral(borough)

    page = sign_in(borough.social_worker).get(f"{referral.get_absolute_url()}/child-sheet").content.decode()

    for words in ("Your rights", "Speak Up", "You may complain", "I want to stay with nan.", "see what is written about you"):
        assert words in page


@pytest.fixture
def service(borough):
    """A provider that serves this council."""
    return add_provision(
        slug="outreach", authority=borough.authority, kind="outreach", name="Outreach", provider=borough.provider, by=None
    )


def test_a30_a_resident_is_in_service_from_moving_in_to_moving_out_without_a_referral(borough, service, sign_in):
    child = builders.a_child(borough)
    client = sign_in(borough.social_worker)
    at = f"/children/{child.reference}/small-group-home"

    client.post(at, {"home": "Elm Lodge", "moved_in_on": "1 11 2026"})
    assert [r.home for r in Residency.objects.on(TODAY)] == ["Elm Lodge"]
    assert not Referral.objects.exists()
    assert "1 resident in service today" in sign_in(borough.provider_manager).get("/residents").content.decode()
    sign_in(borough.social_worker).post(at, {"home": "Elm Lodge", "moved_in_on": "1 11 2026", "moved_out_on": "24 11 2026"})

    assert list(Residency.objects.on(date(2026, 11, 23))) == [Residency.objects.get()]
    assert not Residency.objects.on(TODAY)


def test_a30_a_restricted_resident_is_not_the_providers_to_see(borough, service, sign_in):
    child = builders.a_child(borough)
    record_residency(child, home="Elm Lodge", moved_in_on=TODAY, by=borough.social_worker)
    type(child).objects.filter(pk=child.pk).update(is_restricted=True, restricted_because="Staff.")

    assert "Elm Lodge" not in sign_in(borough.provider_manager).get("/residents").content.decode()


def test_a18_a32_advice_is_logged_for_anybody_in_the_network_and_counted_apart(borough, sign_in):
    client = sign_in(borough.practitioner)
    for asked_by in ("child", "school"):
        client.post("/consultations/new", {"on": "20 11 2026", "asked_by": asked_by, "about": "A boy of nine"})

    page = client.get("/consultations").content.decode()

    assert "2 consultations in the last 12 months" in page
    assert "1 asked by a child" in page
    assert (Consultation.objects.count(), Referral.objects.count(), Residency.objects.count()) == (2, 0, 0)
    assert "A boy of nine" not in sign_in(borough.other_team_manager).get("/consultations").content.decode()


def test_a18_a_number_nobody_may_see_is_said_beside_its_field_and_the_words_are_kept(borough, sign_in):
    builders.a_child(borough, case_number="LCS7")

    page = sign_in(borough.practitioner).post(
        "/consultations/new", {"on": "20 11 2026", "asked_by": "carer", "about": "Kept words", "number": "LCS7"}
    )

    assert "No child you may see has that number" in page.content.decode()
    assert "Kept words" in page.content.decode()


def test_a28_the_administrator_keeps_the_directory_and_everybody_reads_it(borough, sign_in):
    client = sign_in(borough.panel_administrator)
    client.post("/agencies/new", {"kind": "camhs 3", "name": "Specialist service", "reach": "01632 960000", "is_current": "on"})

    page = sign_in(borough.practitioner).get("/agencies").content.decode()

    assert "Specialist service" in page
    assert "Mental health, specialist (tier 3)" in page
    assert sign_in(borough.social_worker).get("/agencies/new").status_code == 403


@pytest.mark.parametrize("page", ["/consultations", "/residents", "/agencies", "/drafts"])
def test_lists_beside_referrals_ask_the_same_number_of_questions(borough, service, sign_in, page):
    borough.social_worker.acting = borough.social_worker.current_roles[0]
    client = sign_in(borough.team_manager)

    def one_more(turn):
        child = builders.a_child(borough, case_number=str(turn))
        record_residency(child, home="Elm", moved_in_on=TODAY, by=borough.social_worker)
        log_consultation(on=TODAY, asked_by="carer", about="A child", child=child, by=borough.social_worker)
        save_agency(authority=borough.authority, kind="other", name=f"Agency {turn}", reach="Ring", by=None)
        with clock.held_at(TODAY - timedelta(days=85)):
            builders.a_draft_referral(borough, child)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    one_more(1)
    ask()
    one = ask()
    one_more(2)
    one_more(3)

    assert ask() == one
