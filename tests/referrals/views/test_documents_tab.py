"""A referral's documents as one list: read by right, added by whoever fills it in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referrals.actions.document import add_documents
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a plan"


def at(referral):
    return f"{referral.get_absolute_url()}/documents"


def test_the_list_says_what_each_file_is_who_added_it_and_who_may_have_it(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    client = sign_in(borough.social_worker)
    client.post(at(referral), {"files": [Upload("plan.pdf", PDF)]})

    answer = client.post(at(referral), {"files": [Upload("home.txt", b"For us")], "private": "on"})

    assert answer.url == at(referral)
    page = client.get(at(referral)).content.decode()
    for words in ("plan.pdf", "PDF, ", "home.txt", "Not scanned", "Social Worker", "The panel and the provider too", "The council only"):
        assert words in page
    assert [d.is_shareable for d in referral.documents.order_by("pk")] == [True, False]


def test_the_provider_and_the_panel_are_not_told_of_what_is_for_the_council(borough, sign_in):
    referral = builders.a_filled_referral(borough)
    add_documents(referral, uploads=[("private letter.txt", b"x")], is_shareable=False, by=borough.social_worker)
    add_documents(referral, uploads=[("plan.pdf", PDF)], by=borough.social_worker)
    waiting = places.a_place_given(borough, places.an_outreach(borough)).referral
    waiting.documents.set(referral.documents.all())

    page = sign_in(borough.provider_manager).get(at(waiting)).content.decode()
    ours = sign_in(borough.panel_administrator).get(at(waiting)).content.decode()

    assert ("plan.pdf" in page, "private letter" in page, "Who may have it" in page) == (True, False, False)
    assert "private letter.txt" in ours
    assert "Add them" not in page + ours


def test_nobody_else_adds_and_nothing_chosen_is_said(borough, sign_in):
    referral = builders.a_sent_referral(borough)

    assert sign_in(borough.team_manager).post(at(referral), {"files": [Upload("a.pdf", PDF)]}).status_code == 403
    assert sign_in(borough.other_social_worker).post(at(referral), {"files": [Upload("a.pdf", PDF)]}).status_code == 404
    page = sign_in(borough.social_worker).post(at(referral), {})
    assert "Choose at least one file." in page.content.decode()
    page = sign_in(borough.social_worker).post(at(referral), {"files": [Upload("a.exe", b"MZ\x00\x01"), Upload("b.pdf", PDF)]})
    assert "is not one of these kinds of file" in page.content.decode()
    assert not referral.documents.exists()


def test_a_referral_that_cannot_be_changed_takes_no_files_and_says_why(borough, sign_in):
    referral = builders.a_triaged_referral(borough)
    client = sign_in(borough.social_worker)

    assert "Add them" not in client.get(at(referral)).content.decode()
    page = client.post(at(referral), {"files": [Upload("a.pdf", PDF)]}).content.decode()

    assert "cannot be edited now" in page
    assert not referral.documents.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(borough, sign_in, rows):
    referral = builders.a_filled_referral(borough)
    add_documents(referral, uploads=[(f"{n}.txt", f"Text {n}".encode()) for n in range(rows)], by=borough.social_worker)
    client = sign_in(borough.social_worker)
    client.get(at(referral))

    with CaptureQueriesContext(connection) as queries:
        client.get(at(referral))

    assert len(queries) <= 17, len(queries)
