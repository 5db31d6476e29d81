"""The pages of records: done by form from end to end, in as many questions for three rows as for one, and To do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import outbox
from kpis.actions.relied_on import add_relied_document
from kpis.measures.to_do.records import (
    disposals_to_answer,
    holds_to_answer,
    records_due,
    subject_requests,
)
from kpis.models import Disposal, ReliedDocument, SubjectRequest
from referrals.models import Child, Hold
from tests.kpis.records.builders import a_due_child, a_hold, acting, proposed
from tests.kpis.records.test_subject_access import a_request, settle_all
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def posted(browser, url, **fields) -> str:
    """Post a form that is accepted; where it led."""
    answer = browser.post(url, fields)
    assert answer.status_code == 302, words(answer)
    return answer["Location"]


def test_k9_from_the_list_to_the_certificate_by_two_people(borough, sign_in):
    child = a_due_child(borough)
    browser = sign_in(borough.governance)
    shown = words(browser.get("/records"))
    assert child.reference in shown
    assert "75 years from birth, 24 November 1951." in shown
    assert "Zzcanary" not in shown
    page = posted(browser, f"/records/due/{child.reference}", note="The paper file.")
    assert "Agree" not in words(browser.get(page))

    browser = sign_in(borough.head_of_service)
    assert "The paper file." in words(browser.get(page))
    assert "Say why it is refused." in words(browser.post(page, {"agrees": "no"}))
    posted(browser, page, agrees="yes")

    assert not Child.objects.filter(pk=child.pk).exists()
    for who in (borough.head_of_service, borough.governance, borough.auditor):
        certificate = words(sign_in(who).get(page))
        assert child.reference not in certificate
        assert "Disposed of" in certificate
        assert Disposal.objects.get().sha256 in certificate


def test_g41_a_hold_is_placed_and_lifted_on_its_page_by_two_people(borough, sign_in):
    child = a_due_child(borough)
    browser = sign_in(borough.governance)
    assert "No record that you may open has this reference" in words(browser.post("/records/holds/new", {"reaches": "child", "child": "XXX-XXX", "because": "x"}))
    assert "Choose the team" in words(browser.post("/records/holds/new", {"reaches": "team", "because": "x"}))
    page = posted(browser, "/records/holds/new", reaches="child", child=child.reference, because="An inquiry.")
    assert "On legal hold" in words(browser.get("/records"))
    posted(sign_in(borough.head_of_service), page, agrees="yes")
    posted(sign_in(borough.governance), page, because="It is over.")
    assert Hold.objects.get().state == "lifting"
    posted(sign_in(borough.head_of_service), page, agrees="yes")

    assert Hold.objects.get().state == "lifted"
    assert "On legal hold" not in words(sign_in(borough.governance).get("/records"))


def test_k10_a_request_is_answered_on_its_pages_by_three_people(borough, sign_in):
    child = referrals.a_child(borough)
    browser = sign_in(borough.governance)
    page = posted(
        browser, "/subject-access/new", child=child.reference, asked_by="self", asker_name="A name", identity_seen="A passport.", received_on="24 11 2026"
    )
    posted(browser, f"{page}/gather")
    posted(browser, f"{page}/parts/1", given="Only this.", withheld="", because="", version="0")
    shown = browser.post(f"{page}/parts/2", {"given": "Nan was there.", "withheld": "", "because": "", "version": "0"})
    assert "Still to be read: Nan." in words(shown)
    assert "Nan was there." in shown.content.decode()
    settle_all(borough, SubjectRequest.objects.get())
    posted(browser, f"{page}/finish")
    assert browser.get(f"{page}/pack").status_code == 404
    posted(sign_in(borough.team_manager), f"{page}/harm", words="Nothing would.")
    posted(sign_in(borough.head_of_service), f"{page}/check", agrees="yes")
    outbox.sweep(kinds=["disclosure.make"])
    browser = sign_in(borough.governance)
    answer = browser.get(f"{page}/pack")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    posted(browser, f"{page}/given", given_on="24 11 2026", how="By hand, to the person.")
    assert SubjectRequest.objects.get().state == "given"


def test_an_auditor_sees_that_there_is_a_request_and_none_of_its_words(borough, sign_in):
    request = a_request(borough, referrals.a_child(borough), asker_name="Somebody Asking")
    page = words(sign_in(borough.auditor).get(request.get_absolute_url()))

    assert "Due 24 December 2026" in page
    assert "Somebody Asking" not in page


def test_a_restricted_childs_request_and_reference_are_kept_to_those_named(borough, sign_in):
    child = a_due_child(borough)
    request = a_request(borough, child)
    Child.objects.filter(pk=child.pk).update(is_restricted=True, restricted_because="Staff.")

    assert sign_in(borough.head_of_service).get(request.get_absolute_url()).status_code == 404
    assert child.reference not in words(sign_in(borough.head_of_service).get("/records"))
    assert child.reference not in words(sign_in(borough.auditor).get("/records"))
    assert child.reference in words(sign_in(borough.governance).get("/records"))


def test_k12_the_register_says_what_is_not_supplied_and_who_owns_it(borough, sign_in):
    row = add_relied_document(borough.authority, title="Clause 59", relied_on_by="Disputes.", owner_role="Commissioner", source="000:178", by=None)
    page = words(sign_in(borough.commissioner).get("/records/documents"))
    assert all(said in page for said in ("Clause 59", "Not supplied", "Commissioner", "000:178"))
    browser = sign_in(borough.governance)
    assert "Say where it is kept" in words(browser.post(row.get_absolute_url(), {"held_on": "24 11 2026"}))
    posted(browser, row.get_absolute_url(), held_on="24 11 2026", held_where="The file plan, 12.")
    posted(browser, "/records/documents/new", title="Appendix A", relied_on_by="Prices.", owner_role="Commissioner")

    assert ReliedDocument.objects.missing().get().title == "Appendix A"
    assert "The file plan, 12., since 24 November 2026" in words(browser.get("/records/documents"))


LISTS = {
    "/records": lambda borough, _: a_due_child(borough),
    "/records/disposals": lambda borough, _: proposed(borough),
    "/records/holds": lambda borough, _: a_hold(borough, child=referrals.a_child(borough)),
    "/records/documents": lambda borough, n: add_relied_document(borough.authority, title=f"D{n}", relied_on_by="x", owner_role="x", by=None),
    "/subject-access": lambda borough, _: a_request(borough, referrals.a_child(borough)),
}


@pytest.mark.parametrize("url", LISTS)
def test_as_many_queries_for_three_rows_as_for_one(borough, sign_in, url):
    browser, counts = sign_in(borough.governance), []
    browser.get(url)
    for first, last in ((0, 1), (1, 3)):
        for number in range(first, last):
            LISTS[url](borough, number)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 20


def test_as_many_queries_for_a_long_record_as_for_a_short_one(borough, sign_in):
    browser, request = sign_in(borough.governance), a_request(borough, referrals.a_child(borough))
    browser.post(f"{request.get_absolute_url()}/gather")
    counts = []
    for keep in (1, 3):
        if keep == 1:
            request.entries.filter(order__gt=1).delete()
        else:
            referrals.a_sent_referral(borough, child=request.child)
            browser.post(f"{request.get_absolute_url()}/gather")
        with CaptureQueriesContext(connection) as queries:
            browser.get(request.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_to_do_tells_each_whose_step_it_is(borough):
    governance, manager, head = (acting(person) for person in (borough.governance, borough.team_manager, borough.head_of_service))
    child = a_due_child(borough)
    assert [thing.url for thing in records_due(governance)] == ["/records"]
    disposal, hold = proposed(borough, child), a_hold(borough, agreed=False, team=borough.other_team)
    assert records_due(governance) == []
    assert [thing.url for thing in disposals_to_answer(head)] == [disposal.get_absolute_url()]
    assert [thing.url for thing in holds_to_answer(head)] == [hold.get_absolute_url()]
    request = a_request(borough, referrals.a_child(borough))
    assert [len(subject_requests(who)) for who in (governance, manager, head)] == [1, 0, 0]
    SubjectRequest.objects.filter(pk=request.pk).update(state="harm")
    assert [len(subject_requests(who)) for who in (governance, manager, head)] == [0, 1, 1]
    assert subject_requests(acting(borough.other_team_manager)) == []
    SubjectRequest.objects.filter(pk=request.pk).update(state="check", redacted_by=governance, redacted_at=request.entered_at)
    assert [len(subject_requests(who)) for who in (governance, manager, head)] == [0, 0, 1]
