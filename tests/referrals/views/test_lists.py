"""Lists: queues, filters in the address, sorting, saved views, files to take away, and several at once."""

import io
import os
import subprocess
import sys

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import outbox
from core.actions.lists import export_list, save_view
from core.models import AuditEvent, ListExport, NamedExport, SavedView
from core.rules import RuleBroken
from core.sheets import defused
from referrals.actions.batch import make_several_ready
from referrals.actions.outcome import book_referral, record_panel_outcome
from referrals.models import Referral, StatusChange
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def book_of(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_l1_my_work_the_teams_and_all_have_counts_and_leave_out_what_is_over(borough, sign_in):
    mine = builders.a_draft_referral(borough)
    over = builders.a_draft_referral(borough)
    builders.a_sent_referral(borough)
    Referral.objects.filter(pk=over.pk).update(status="WITHDRAWN")

    text = page(sign_in(borough.social_worker), "/referrals")
    everything = page(sign_in(borough.social_worker), "/referrals?queue=all")
    to_sign = page(sign_in(borough.team_manager), "/referrals")

    assert "(2 referrals)" in text
    assert "(3 referrals)" in text
    assert over.reference not in text
    assert over.reference in everything
    assert mine.reference not in to_sign
    assert "1 referral</p>" in to_sign


def test_l2_filters_stand_in_the_address_and_a_chip_takes_one_away(borough, sign_in):
    draft, sent = builders.a_draft_referral(borough), builders.a_sent_referral(borough)

    text = page(sign_in(borough.social_worker), "/referrals?status=DRAFT&band=standard&queue=mine")

    assert draft.reference in text
    assert sent.reference not in text
    assert 'href="?band=standard&amp;queue=mine"' in text
    assert text.count("Apply filters") == 2
    assert "Status: Draft" in text


def test_l2_no_filter_takes_a_childs_name_into_the_address(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    text = page(sign_in(borough.social_worker), "/referrals?words=Zzcanary&reference=Zzcanary")

    assert referral.reference not in text
    assert "Nothing matches these filters" in text


@pytest.mark.parametrize(("sort", "says"), [("reference", "ascending"), ("-reference", "descending")])
def test_a_column_sorts_both_ways_and_says_so(borough, sign_in, sort, says):
    references = sorted(builders.a_draft_referral(borough).reference for _ in range(3))
    expected = references if says == "ascending" else references[::-1]

    text = page(sign_in(borough.social_worker), f"/referrals?sort={sort}")

    assert f'aria-sort="{says}"' in text
    assert sorted(expected, key=text.index) == expected


@pytest.mark.parametrize(
    "query",
    [
        "sort=child__social_worker__password", "sort=-", "per=7", "per=9999999", "page=0", "queue=nobody", "sent_from=31+2+2026",
        "sent_from=1+1+0001", "sent_to=99999-1-1", "team=99999999999999999999", "team=x", "status=NO", "reference=" + "x" * 400,
        "reference=%F0%9F%98%80", "band=%27", "sent_from=%E2%80%AE",
    ],
)  # fmt: skip
def test_g25_no_address_of_a_list_is_an_error(borough, sign_in, query):
    builders.a_draft_referral(borough)

    assert sign_in(borough.social_worker).get(f"/referrals?{query}").status_code == 200
    assert sign_in(borough.social_worker).get(f"/children?{query}").status_code == 200


def test_g22_a_decision_that_is_not_released_is_in_no_filter(borough, sign_in):
    referral = book_referral(builders.a_signed_off_referral(borough), meeting="a test", by=borough.panel_administrator)
    record_panel_outcome(referral, outcome="agree", weeks=12, by=borough.chair)
    author, chair = sign_in(borough.social_worker), "/referrals?queue=all&status="

    assert "Nothing matches" in page(author, f"{chair}AGREED")
    assert referral.reference in page(author, f"{chair}BOOKED")
    assert referral.reference in page(sign_in(borough.panel_administrator), f"{chair}AGREED")


def test_l3_a_view_is_saved_by_name_and_is_its_owners_alone(borough, sign_in):
    client = sign_in(borough.social_worker)

    answer = client.post("/referrals?status=DRAFT&page=3&evil=1", {"deed": "save", "name": " My  drafts "})

    view = SavedView.objects.get()
    assert (view.name, view.query, answer.url) == ("My drafts", "status=DRAFT&queue=mine", "/referrals?status=DRAFT&queue=mine")
    assert "My drafts" in page(client, "/referrals")
    assert "My drafts" not in page(sign_in(borough.team_manager), "/referrals")
    assert sign_in(borough.team_manager).post(f"/saved-views/{view.reference}/remove").status_code == 404
    sign_in(borough.social_worker).post(f"/saved-views/{view.reference}/remove")
    assert not SavedView.objects.exists()


def test_l3_a_view_made_usual_opens_the_list_and_clearing_its_filters_shows_everything(borough, sign_in):
    draft, sent = builders.a_draft_referral(borough), builders.a_sent_referral(borough)
    client = sign_in(borough.social_worker)
    client.post("/referrals?status=DRAFT", {"deed": "save", "name": "Drafts", "usual": "yes"})

    opened = client.get("/referrals", follow=True)
    text = opened.content.decode()

    assert opened.redirect_chain == [("/referrals?status=DRAFT&queue=mine", 302)]
    assert (draft.reference in text, sent.reference in text) == (True, False)
    assert 'href="?queue=mine">Clear filters' in text
    assert sent.reference in page(client, "/referrals?queue=mine")
    assert sign_in(borough.team_manager).get("/referrals").status_code == 200
    assert sign_in(borough.social_worker).get("/children").status_code == 200


def test_l3_one_view_is_the_usual_one_it_is_its_owners_and_is_let_go_again(borough, sign_in):
    first, second = (save_view(path="/referrals", query=f"queue={q}", name=q, by=borough.chair) for q in ("team", "all"))
    client = sign_in(borough.chair)
    assert sign_in(borough.member).post(f"/saved-views/{first.reference}/usual").status_code == 404

    client = sign_in(borough.chair)
    for view in (first, second):
        client.post(f"/saved-views/{view.reference}/usual")
    assert list(SavedView.objects.filter(is_default=True)) == [second]
    client.post(f"/saved-views/{second.reference}/usual")

    assert not SavedView.objects.filter(is_default=True).exists()
    assert client.get("/referrals").status_code == 200


def test_l3_a_usual_view_with_no_filters_opens_without_going_round(borough, sign_in):
    view = save_view(path="/meetings", query="", name="All", by=borough.member)
    client = sign_in(borough.member)
    client.post(f"/saved-views/{view.reference}/usual")

    assert client.get("/meetings", follow=True).redirect_chain == [("/meetings?view=all", 302)]


def test_l3_the_same_name_replaces_and_the_twenty_first_is_refused(borough):
    for number in range(20):
        save_view(path="/referrals", query="", name=f"v{number}", by=borough.chair)

    assert save_view(path="/referrals", query="queue=all", name="v1", by=borough.chair).query == "queue=all"
    with pytest.raises(RuleBroken, match="20 views"):
        save_view(path="/referrals", query="", name="one more", by=borough.chair)
    with pytest.raises(RuleBroken, match="Give the view a name"):
        save_view(path="/referrals", query="", name=" \x00 ", by=borough.chair)


def test_n4_an_export_holds_exactly_what_is_filtered_without_names(borough, sign_in):
    draft = builders.a_draft_referral(borough)
    builders.a_sent_referral(borough)

    answer = sign_in(borough.social_worker).post("/referrals?status=DRAFT", {"deed": "export"})

    rows = [[cell.value for cell in row] for row in book_of(answer)]
    assert "without names" in rows[0][0]
    assert [row[0] for row in rows[2:]] == ["Reference", draft.reference]
    assert "Child" not in rows[2]
    assert b"Zzcanary" not in answer.content
    assert (ListExport.objects.get().query, ListExport.objects.get().rows) == ("status=DRAFT", 1)
    assert AuditEvent.objects.filter(verb="list.exported", person_id=borough.social_worker.pk).count() == 1
    assert "Zzcanary" not in answer["Content-Disposition"]


def with_names(borough, sign_in, who, path, because="An inspection."):
    """A list with names, asked for by one person, agreed by the head of service, made by the worker and taken."""
    asked = sign_in(who).post(path, {"deed": "export", "who": "names", "because": because})
    sign_in(borough.head_of_service).post(asked.url, {"agrees": "yes"})
    outbox.sweep(kinds=["export.make"])
    return sign_in(who).post(f"{asked.url}/file")


def test_n4_names_need_the_right_and_a_reason_and_are_in_the_childs_log(borough, sign_in):
    child = builders.a_draft_referral(borough).child
    refused = sign_in(borough.social_worker).post("/referrals?queue=all", {"deed": "export", "who": "names", "because": "x"})
    silent = sign_in(borough.team_manager).post("/referrals?queue=all", {"deed": "export", "who": "names"})
    assert (refused.status_code, silent.status_code, NamedExport.objects.count()) == (302, 302, 0)

    given = with_names(borough, sign_in, borough.team_manager, "/referrals?queue=all")

    assert book_of(given)["B4"].value == child.called
    assert AuditEvent.objects.filter(verb="record.exported", child_id=child.pk, person_id=borough.team_manager.pk).count() == 1
    assert "Taken away in an exported list" in page(sign_in(borough.social_worker), f"/children/{child.reference}/access")


@pytest.mark.parametrize("words", ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1"])
def test_n4_no_words_become_a_formula(borough, sign_in, words):
    builders.a_child(borough, full_name=words)

    answer = with_names(borough, sign_in, borough.team_manager, "/children?queue=all")

    cell = book_of(answer)["A4"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    assert cell.value.endswith(words.strip())
    assert defused(words).startswith("'")


def test_n4_more_rows_than_fit_are_refused(borough):
    with pytest.raises(RuleBroken, match="more than 5,000 rows"):
        export_list(path="/referrals", query="", rows=[None] * 5001, by=borough.team_manager)


def test_n4_the_web_process_loads_no_excel_and_no_second_factors_until_somebody_needs_them():
    code = "import django,sys; django.setup(); import config.urls; print([m for m in ('xlsxwriter','openpyxl','weasyprint','docx','fido2','cryptography') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"})

    assert done.stdout.strip() == "[]"


def test_l4_several_are_made_ready_each_with_its_own_outcome(borough, sign_in):
    ready, sent = builders.a_triaged_referral(borough), builders.a_sent_referral(borough)

    text = sign_in(borough.panel_administrator).post(
        "/referrals/several", {"pick": [ready.reference, sent.reference, "XXX-XXX"]}
    ).content.decode()  # fmt: skip

    ready.refresh_from_db()
    sent.refresh_from_db()
    assert (ready.status, sent.status) == ("READY", "WITH_TM")
    assert text.count("Not done") == 2
    assert "Not found among what you can see." in text


def test_l4_a_second_press_changes_nothing_and_says_so(borough):
    referral = builders.a_triaged_referral(borough)
    first = make_several_ready([referral.reference] * 2, by=borough.panel_administrator)
    second = make_several_ready([referral.reference], by=borough.panel_administrator)

    referral.refresh_from_db()
    assert ([o.is_done for o in first], [o.is_done for o in second], referral.status) == ([True], [False], "READY")


def test_l4_nothing_ticked_and_too_many_are_refused(borough, sign_in):
    for picked in ([], [f"AAA-{n:03}" for n in range(51)]):
        with pytest.raises(RuleBroken):
            make_several_ready(picked, by=borough.panel_administrator)
    assert "Tick at least one" in sign_in(borough.panel_administrator).post("/referrals/several", {}).content.decode()


@pytest.mark.parametrize("path", ["/referrals?queue=all", "/children?queue=all"])
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_often_for_three_rows_as_for_one(borough, sign_in, path, rows, django_assert_max_num_queries):
    for _ in range(rows):
        builders.a_draft_referral(borough)
    client = sign_in(borough.team_manager)
    client.get(path)

    with django_assert_max_num_queries(6 if path.startswith("/referrals") else 9):
        client.get(path)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["social_worker", "team_manager", "service_manager", "head_of_service", "panel_administrator"])
def test_p3_a_referrals_page_asks_at_most_twelve_questions_whatever_was_done_with_it(borough, sign_in, who, rows):
    referral = builders.a_sent_referral(borough)
    for _ in range(rows):
        StatusChange.objects.create(referral=referral, was="WITH_TM", now="WITH_TM", by=borough.team_manager)
    client = sign_in(getattr(borough, who))
    client.get(referral.get_absolute_url())

    with CaptureQueriesContext(connection) as asked:
        assert client.get(referral.get_absolute_url()).status_code == 200

    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 10


@pytest.mark.parametrize("who", ["social_worker", "team_manager", "service_manager", "head_of_service", "panel_administrator"])
def test_p3_the_page_of_one_who_waits_asks_no_more_than_twelve(borough, sign_in, who):
    referral = builders.a_waiting_referral(borough)
    client = sign_in(getattr(borough, who))
    client.get(referral.get_absolute_url())

    with CaptureQueriesContext(connection) as asked:
        assert client.get(referral.get_absolute_url()).status_code == 200

    assert len(asked) <= 12


def test_k7_whoever_was_referred_stays_on_the_list_of_the_period_whatever_became_of_them(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    Referral.objects.filter(pk=referral.pk).update(status="WITHDRAWN")

    inside = page(sign_in(borough.team_manager), "/referrals?queue=all&sent_from=1+11+2026&sent_to=30+11+2026")
    outside = page(sign_in(borough.team_manager), "/referrals?queue=all&sent_from=1+12+2026")

    assert referral.reference in inside
    assert referral.reference not in outside
