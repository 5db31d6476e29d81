"""The pages of triage, waiting, messages and history: refusals beside their fields, few queries, hostile input."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from referrals.actions.referral import save_task, send_referral
from referrals.actions.sign_off import return_referral
from referrals.actions.waiting import log_contact, plan_waiting
from referrals.models import OrderChange, Referral
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
HOSTILE = ["\x00", "a" * 5_000, "<script>alert(1)</script>", "31 2 2026", "1 1 0001", "99999999999", "-1", "\u202e👧"]


@pytest.fixture
def line(borough):
    """Two children who wait for outreach."""
    places.an_outreach(borough, places=2)
    return [builders.a_waiting_referral(borough) for _ in range(2)]


def beside(page, field):
    """What a page says is wrong with a field."""
    return list(page.context["form"].errors.get(field, []))


def test_triage_groups_new_answered_and_urgent_and_goes_to_the_next(borough, sign_in):
    one, two = builders.a_triaged_referral(borough), builders.a_triaged_referral(borough)
    client = sign_in(borough.panel_administrator)
    assert [g["title"] for g in client.get("/triage").context["groups"]] == ["New"]

    answer = client.post(f"/triage/{one.reference}", {"deed": "ready", "band": "standard"})

    assert answer.url == f"/triage/{two.reference}"
    client.post(f"/triage/{two.reference}", {"deed": "more", "question": "Why now?", "tasks": ["needs"]})
    assert [g["title"] for g in client.get("/triage").context["groups"]] == ["Waiting for an answer"]
    task = two.tasks.get(name="needs")
    save_task(task, answers={**task.answers, "story": "More."}, version=task.version, by=borough.social_worker)
    sign_in(borough.social_worker).post(f"/referrals/{two.reference}/check", {})
    groups = sign_in(borough.panel_administrator).get("/triage").context["groups"]
    assert [g["title"] for g in groups] == ["Information received"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "deed"), ({"deed": "ready", "band": "urgent", "band_reason": "Known."}, "agreed_by"),
        ({"deed": "ready", "band": "urgent"}, "band_reason"), ({"deed": "more"}, "question"),
        ({"deed": "away"}, "question"), ({"deed": "more", "question": "Why?", "answer_by": "1 1 2020"}, "answer_by"),
    ],
)  # fmt: skip
def test_triage_refuses_beside_the_field(borough, sign_in, said, field):
    referral = builders.a_triaged_referral(borough)

    page = sign_in(borough.panel_administrator).post(f"/triage/{referral.reference}", said)

    assert page.status_code == 200
    assert beside(page, field) != []
    assert "__all__" not in page.context["form"].errors


@pytest.mark.parametrize(
    ("said", "field"),
    [({"deed": "agree"}, "confirmations"), ({"deed": "return", "comment": "More."}, "tasks"), ({"deed": "return", "tasks": ["risk"]}, "comment"),
     ({"deed": "oppose"}, "comment")],
)  # fmt: skip
def test_sign_off_refuses_beside_the_field(borough, sign_in, said, field):
    referral = builders.a_sent_referral(borough)

    page = sign_in(borough.team_manager).post(f"/referrals/{referral.reference}/sign-off", said)

    assert beside(page, field) != []
    assert "__all__" not in page.context["form"].errors


def test_sign_off_of_words_changed_meanwhile_shows_them_and_keeps_the_comment(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    client = sign_in(borough.team_manager)
    read = client.get(f"/referrals/{referral.reference}/sign-off").context["form"].initial["read"]
    task = referral.tasks.get(name="needs")
    save_task(task, answers={**task.answers, "story": "Zznew story"}, version=task.version, by=borough.social_worker)
    said = {"deed": "agree", "confirmations": ["fit_for_purpose", "clear_summary", "clear_ask", "allowances"], "comment": "Kept words"}

    page = client.post(f"/referrals/{referral.reference}/sign-off", {**said, "read": read})

    text = page.content.decode()
    assert "changed while you read" in text
    assert "Zznew story" in text
    assert "Kept words" in text
    again = client.post(f"/referrals/{referral.reference}/sign-off", {**said, "read": page.context["form"]["read"].value()})
    assert again.status_code == 302


def test_the_waiting_list_logs_a_contact_in_one_post(borough, sign_in, line):
    client = sign_in(borough.provider_manager)
    assert "Log a contact" in client.get("/waiting-list").content.decode()

    answer = client.post(f"/waiting-list/{line[0].reference}/contact", {"with_whom": "referrer", "note": "All well."})

    assert answer.url == "/waiting-list"
    assert line[0].contacts.get().next_contact_on == TODAY + timedelta(days=14)


@pytest.mark.parametrize(("many", "days", "nouns"), [
    (1, 1, ["child waiting", "day, the longest wait", "contacts overdue", "bands to look at again"]),
    (1, 30, ["child waiting", "days, the longest wait", "contact overdue", "band to look at again"]),
    (2, 30, ["children waiting", "days, the longest wait", "contacts overdue", "bands to look at again"]),
])  # fmt: skip
def test_one_of_anything_is_said_as_one(borough, sign_in, line, many, days, nouns):
    Referral.objects.filter(pk__in=[one.pk for one in line[many:]]).update(status="ENDED")
    client = sign_in(borough.provider_manager)
    with clock.held_at(TODAY + timedelta(days=days)):
        stats = client.get("/waiting-list").context["stats"]

    assert [stat["noun"] for stat in stats] == nouns


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_while_waiting_is_an_error_of_ours(borough, sign_in, line, text):
    client = sign_in(borough.provider_manager)
    ref = line[0].reference
    for page, fields in (
        (f"/waiting-list/{ref}/contact", ["note", "next_contact_on", "at_risk_in_days", "band", "band_reason", "agreed_by", "with_whom"]),
        (f"/waiting-list/{ref}/plan", ["meanwhile", "ring_name", "ring_number", "ring_hours"]),
        ("/waiting-list/order?service=outreach", ["seen", "reason", "agreed_by", f"number_{ref}", "up", "save"]),
        (f"/referrals/{ref}/messages", ["words", "to_roles"]),
        (f"/referrals/{ref}/lead-worker", ["person", "reason"]),
        (f"/referrals/{ref}/mental-health", ["state", "home_is_stable", "unstable_plan", "shared_care_note"]),
    ):  # fmt: skip
        assert client.post(page, dict.fromkeys(fields, text)).status_code in {200, 302}
    for query in ("/waiting-list?sort=", "/waiting-list/order?service="):
        assert client.get(query + text.replace("\x00", "")).status_code in {200, 404}
    manager = sign_in(borough.team_manager)
    assert manager.post("/account/delegates", dict.fromkeys(["acts", "from_on", "last_on", "knowingly"], text)).status_code == 200


def test_the_order_is_previewed_then_saved_and_a_stale_page_is_told(borough, sign_in, line):
    client, refs = sign_in(borough.provider_manager), [r.reference for r in line]
    page, said = "/waiting-list/order?service=outreach", {"seen": refs, "reason": "Agreed.", "agreed_by": borough.strategic_manager.pk}

    preview = client.post(page, {**said, "up": refs[1]})
    assert preview.context["is_preview"]
    assert [row["referral"].reference for row in preview.context["rows"]] == refs[::-1]
    assert OrderChange.objects.count() == 0
    numbers = {f"number_{refs[0]}": "2", f"number_{refs[1]}": "1"}
    assert client.post(page, {**said, **numbers, "save": "yes"}).url == "/waiting-list"
    stale = client.post(page, {**said, **numbers, "save": "yes"})

    assert "since you opened this page" in stale.content.decode()
    assert "Agreed." in stale.content.decode()
    assert OrderChange.objects.count() == 1


@pytest.mark.parametrize("page", ["/waiting-list", "/triage", "/sign-off", "/waiting-list/report"])
def test_pages_of_many_ask_the_same_number_of_questions(borough, sign_in, page):
    places.an_outreach(borough, places=9)
    who, make = {
        "/waiting-list": ("provider_manager", builders.a_waiting_referral), "/triage": ("panel_administrator", builders.a_triaged_referral),
        "/sign-off": ("team_manager", builders.a_sent_referral), "/waiting-list/report": ("service_manager", builders.a_waiting_referral),
    }[page]  # fmt: skip
    client = sign_in(getattr(borough, who))

    def one_more():
        referral = make(borough)
        if page == "/waiting-list":
            log_contact(referral, with_whom="carer", note="Well.", by=borough.provider_manager)
            plan_waiting(referral, meanwhile="Club.", ring_name="Tom", ring_number="1", by=borough.provider_manager)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    one_more()
    ask()
    one = ask()
    one_more()
    one_more()

    assert ask() == one


def test_r2_history_says_what_was_changed_in_which_answer_by_whom_and_why(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    return_referral(referral, comment="Say who cares at night.", tasks=["risk"], by=borough.team_manager)
    task = referral.tasks.get(name="risk")
    save_task(task, answers={**task.answers, "safeguarding": "Nan and an aunt."}, version=task.version, by=borough.social_worker)
    send_referral(Referral.objects.get(pk=referral.pk), by=borough.social_worker)

    changes = sign_in(borough.team_manager).get(f"/referrals/{referral.reference}/history").context["changes"]

    assert [(c["label"], c["before"], c["after"], c["by"], c["why"]) for c in changes] == [
        ("Safeguarding issues and risks", "None known.", "Nan and an aunt.", "Social Worker", "Say who cares at night.")
    ]


def test_r2_an_edit_after_signing_asks_why_and_the_history_keeps_it(borough, sign_in):
    referral = builders.a_signed_off_referral(borough)
    client, page = sign_in(borough.social_worker), f"/referrals/{referral.reference}/tasks/needs"
    assert "Why are you changing it" in client.get(page).content.decode()
    task = referral.tasks.get(name="needs")
    said = {**task.answers, "story": "With an aunt now.", "version": task.version}

    client.post(f"{page}/save", said)
    client.post(page, {**said, "version": task.version + 1, "because": "She moved on Friday."})

    changes = client.get(f"/referrals/{referral.reference}/history").context["changes"]
    assert [(c["before"], c["after"], c["why"]) for c in changes] == [("Living with nan.", "With an aunt now.", "She moved on Friday.")]


def test_r5_the_provider_reads_the_history_without_the_signers_comments(borough, sign_in):
    places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    referral.sign_offs.update(comment="Zzinternal note")
    with pgtrigger.ignore("referrals.StatusChange:a_move_is_never_edited"):
        referral.moves.filter(now="SENT").update(reason="Zzinternal note")

    for page in ("/history", "/signatures", ""):
        assert "Zzinternal" not in sign_in(borough.provider_manager).get(f"/referrals/{referral.reference}{page}").content.decode()
    assert "Zzinternal" in sign_in(borough.service_manager).get(f"/referrals/{referral.reference}/history").content.decode()


def test_a26_the_referrer_reads_who_has_it_the_last_contact_and_the_next(borough, sign_in, line):
    log_contact(line[0], with_whom="referrer", note="Spoke.", next_contact_on=date(2026, 12, 1), by=borough.provider_manager)
    plan_waiting(line[0], meanwhile="Keep the Tuesday club.", ring_name="Tom", ring_number="01632 960000", by=borough.provider_manager)

    text = sign_in(borough.social_worker).get(f"/referrals/{line[0].reference}").content.decode()

    for words in ("Next: ART manager", "1 December 2026", "Keep the Tuesday club.", "01632 960000", "The way so far", "With service manager"):
        assert words in text
    sheet = sign_in(borough.social_worker).get(f"/waiting-list/{line[0].reference}/sheet").content.decode()
    assert "Childname" not in sheet
    assert "Tuesday 1 December 2026" in sheet


def test_the_report_hides_small_counts_from_commissioners_and_not_from_those_who_run_it(borough, sign_in):
    places.an_outreach(borough)
    with clock.held_at(TODAY - timedelta(days=40)):
        log_contact(builders.a_waiting_referral(borough), with_whom="carer", note="Well.", by=borough.provider_manager)
    for _ in range(2):
        builders.a_waiting_referral(borough)

    seen = sign_in(borough.service_manager).get("/waiting-list/report").context["report"]
    hidden = sign_in(borough.commissioner).get("/waiting-list/report").context["report"]

    assert ([b["count"] for b in seen.bands], seen.total, seen.longest) == (["2", "0", "1", "0"], "3", "40 days")
    assert {b["count"] for b in hidden.bands} == {"c", "0"}
    assert (hidden.total, hidden.longest, hidden.middle) == ("c", "c", "c")


def test_cover_is_added_from_a_page_and_overlap_is_asked_about(borough, sign_in):
    client = sign_in(borough.team_manager)
    said = {"acts": borough.service_manager.pk, "from_on": "24 11 2026", "last_on": "30 11 2026"}
    assert client.post("/account/delegates", said).url == "/account/delegates"
    page = client.post("/account/delegates", {**said, "acts": borough.other_team_manager.pk})
    assert beside(page, "knowingly") != []

    assert client.post("/account/delegates", {**said, "acts": borough.other_team_manager.pk, "knowingly": "on"}).status_code == 302
    assert "as cover" not in client.get("/sign-off").content.decode()
    builders.a_sent_referral(borough)
    assert "As cover for Team Manager" in sign_in(borough.other_team_manager).get("/sign-off").content.decode()
