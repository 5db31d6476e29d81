"""The pages of intake: filled in any order, saved as typed, seen by those who may."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from referrals.actions.referral import save_task
from referrals.models import Referral, ReferralTask
from tests.referrals import builders

pytestmark = pytest.mark.django_db

HOSTILE = ["\x00", "a" * 10_000, "<script>alert(1)</script>", "31/31/2026", "’; DROP", "\u202e", "-1", "99999999999"]


def url(referral, rest=""):
    return f"/referrals/{referral.reference}{rest}"


def test_a_social_worker_finds_a_child_starts_fills_and_sends(borough, sign_in):
    child = builders.a_child(borough)
    client = sign_in(borough.social_worker)
    found = client.post("/referrals/new", {"q": "zzcan"}, follow=True)
    assert child.reference in found.content.decode()
    assert "zzcan" not in found.request["QUERY_STRING"]

    answer = client.post(f"/referrals/new/{child.reference}", {"idempotency_key": "k1"})
    referral = Referral.objects.get()
    assert answer.url == url(referral, "/tasks")
    for name, answers in builders.ANSWERS.items():
        task = referral.tasks.get(name=name)
        page = client.post(url(referral, f"/tasks/{name}"), {**task.answers, **answers, "version": task.version, "says_complete": "yes"})
        assert page.status_code == 302, page.content.decode()[:2000]
    assert client.get(url(referral, "/check")).status_code == 200
    sent = client.post(url(referral, "/check"), {"idempotency_key": "k2"})

    assert sent.url == url(referral, "/sent")
    referral.refresh_from_db()
    assert referral.status == "WITH_TM"
    assert client.get(sent.url).status_code == 200


def test_pressing_twice_makes_one_referral(borough, sign_in):
    child = builders.a_child(borough)
    client = sign_in(borough.social_worker)

    first = client.post(f"/referrals/new/{child.reference}", {"idempotency_key": "same"})
    second = client.post(f"/referrals/new/{child.reference}", {"idempotency_key": "same"})

    assert first.url == second.url
    assert Referral.objects.count() == 1


def test_what_is_typed_is_saved_even_when_it_is_not_valid(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    page = sign_in(borough.social_worker).post(
        url(referral, "/tasks/child"), {"born_on": "the 31st", "address": " two  spaces ", "version": 0}
    )

    assert page.status_code == 200
    assert "must be a real day" in page.content.decode()
    assert 'value="the 31st"' in page.content.decode()
    saved = referral.tasks.get(name="child").answers
    assert (saved["born_on"], saved["address"]) == ("the 31st", " two  spaces ")


def test_autosave_answers_with_the_time_and_version(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    answer = sign_in(borough.social_worker).post(
        url(referral, "/tasks/needs/save"), {"story": "So far", "version": 0}
    )

    assert answer.json() == {"saved_at": "9am", "version": 1}


def test_two_people_one_task_shows_both_texts(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    save_task(
        referral.tasks.get(name="needs"), answers={"story": "theirs"}, version=0, by=borough.team_manager
    )
    client = sign_in(borough.social_worker)

    page = client.post(url(referral, "/tasks/needs"), {"story": "mine", "version": 0})

    assert page.status_code == 409
    assert "theirs" in page.content.decode()
    assert "mine" in page.content.decode()
    assert referral.tasks.get(name="needs").answers["story"] == "theirs"
    assert client.post(url(referral, "/tasks/needs/save"), {"story": "mine", "version": 0}).status_code == 409
    assert client.post(url(referral, "/tasks/needs"), {"story": "mine", "version": 1}).status_code == 302
    assert referral.tasks.get(name="needs").answers["story"] == "mine"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error_of_ours(borough, sign_in, text):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)

    for name in builders.ANSWERS:
        fields = dict.fromkeys(referral.tasks.get(name=name).answers, text) | {"story": text, "weeks": text}
        assert client.post(url(referral, f"/tasks/{name}"), {**fields, "version": text}).status_code in {200, 302, 409}
    for query in ("/referrals?page=", "/referrals?status=", "/referrals?words=", "/referrals/new?s="):
        assert client.get(query + text.replace("\x00", "")).status_code in {200, 404}
    assert client.post("/children/new", {"full_name": text, "born_on": text}).status_code in {200, 302}


def test_stored_script_never_runs(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    client.post(url(referral, "/tasks/views"), {"child_view": "<script>alert(1)</script>", "version": 0})

    for page in ("", "/answers", "/check", "/tasks/views"):
        assert "<script>alert" not in client.get(url(referral, page)).content.decode()


@pytest.mark.parametrize(
    "who",
    ["other_social_worker", "other_team_manager", "provider_manager", "practitioner", "commissioner",
     "administrator", "auditor", "finance", "chair", "member"],
)  # fmt: skip
@pytest.mark.parametrize("page", ["", "/tasks", "/tasks/child", "/answers", "/history", "/check"])
def test_a_referral_is_not_found_by_those_it_is_not_for(borough, sign_in, who, page):
    referral = builders.a_sent_referral(borough)

    answer = sign_in(getattr(borough, who)).get(url(referral, page))

    assert answer.status_code in {403, 404}
    assert "Zzcanary" not in answer.content.decode()


def test_a_draft_is_the_writers_and_the_teams_own(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    seen = {
        who: sign_in(getattr(borough, who)).get(url(referral)).status_code
        for who in ("social_worker", "team_manager", "service_manager", "panel_administrator", "head_of_service")
    }

    assert seen == {
        "social_worker": 200, "team_manager": 200, "service_manager": 404,
        "panel_administrator": 404, "head_of_service": 404,
    }  # fmt: skip


def test_a_restricted_child_is_for_named_people(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    referral.child.is_restricted, referral.child.restricted_because = True, "relative of staff"
    referral.child.save()

    for who in ("social_worker", "team_manager", "panel_administrator"):
        client = sign_in(getattr(borough, who))
        assert client.get(url(referral)).status_code == 404
        assert referral.reference not in client.get("/referrals").content.decode()
    assert client.get(f"/children/{referral.child.reference}").status_code == 404


def test_reading_a_referral_is_recorded_and_nothing_else_is_written(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    client = sign_in(borough.team_manager)
    client.get("/account")

    with CaptureQueriesContext(connection) as queries:
        client.get(url(referral))

    writes = re.findall(r'(?:INSERT INTO|UPDATE|DELETE FROM) "\w+"', " ".join(q["sql"] for q in queries))
    assert len(writes) == 1
    assert "core_auditevent" in writes[0]
    assert AuditEvent.objects.filter(verb="record.read", child_id=referral.child_id).exists()


@pytest.mark.parametrize("page", ["/referrals", "/children", "/sign-off", "/triage"])
def test_lists_ask_the_same_number_of_questions(borough, sign_in, page):
    who = {"/sign-off": "team_manager", "/triage": "panel_administrator"}.get(page, "social_worker")
    make = builders.a_triaged_referral if page == "/triage" else builders.a_sent_referral
    client = sign_in(getattr(borough, who))

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    make(borough)
    ask()
    one = ask()
    make(borough)
    make(borough)

    assert ask() == one


def test_sign_off_on_one_page_then_the_next(borough, sign_in):
    first, second = builders.a_sent_referral(borough), builders.a_sent_referral(borough)
    client = sign_in(borough.team_manager)
    page = client.get(url(first, "/sign-off"))
    assert "I want to stay with nan." in page.content.decode()

    answer = client.post(
        url(first, "/sign-off"),
        {"deed": "agree", "confirmations": ["fit_for_purpose", "clear_summary", "clear_ask", "allowances"]},
    )

    assert answer.url == url(second, "/sign-off")


def test_sign_off_says_every_reason_and_keeps_the_comment(borough, sign_in):
    referral = builders.a_sent_referral(borough)

    page = sign_in(borough.team_manager).post(
        url(referral, "/sign-off"), {"deed": "agree", "comment": "Kept words"}
    )

    assert page.status_code == 200
    assert page.content.decode().count("Confirm this, or return the referral") >= 4
    assert "Kept words" in page.content.decode()


def test_documents_are_told_by_their_content(borough, sign_in, tmp_path):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)

    refused = client.post(
        url(referral, "/tasks/documents"), {"version": 0, "files": [Upload("plan.pdf", b"MZ\x90\x00\x03\x00\x00")]}
    )
    assert "is not one of these kinds" in refused.content.decode()
    assert client.post(
        url(referral, "/tasks/documents"), {"version": 0, "files": [Upload("a.pdf", b"%PDF-1.7 x"), Upload("b.txt", b"hello")]}
    ).status_code == 302

    document = referral.documents.order_by("pk").first()
    answer = client.get(url(referral, f"/documents/{document.file.reference}"))
    assert answer.content == b"%PDF-1.7 x"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sign_in(borough.other_social_worker).get(url(referral, f"/documents/{document.file.reference}")).status_code == 404


def test_an_unknown_task_is_not_found(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    assert sign_in(borough.social_worker).get(url(referral, "/tasks/nonsense")).status_code == 404
    assert ReferralTask.objects.count() == 8
