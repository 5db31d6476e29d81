"""trust G21 and G22: the check for duplicates, the counts and the next request tell nothing of a restricted child."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from referrals.actions.restriction import restrict_child
from referrals.models import Child
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


def restrict(child, *people):
    """The record is kept to these people alone."""
    return restrict_child(child, ground="profile", because="High profile.", people=people, by=child.social_worker)


@pytest.fixture
def two(borough):
    """Two children of one name and birth date, one of whom the reader may open and one who is kept from them."""
    seen = builders.a_child(borough, full_name="Rowan Sample", case_number="LCS1", born_on=date(2012, 3, 4))
    kept = builders.a_child(
        borough, full_name="Robin Hidden", case_number="LCS2", born_on=date(2012, 3, 5), social_worker=borough.other_social_worker
    )
    restrict_child(kept, ground="profile", because="High profile.", people=[borough.other_social_worker], by=borough.team_manager)
    return seen, kept


def said_of(client, name, number, born_on):
    """What adding a child answers, with what was typed taken out."""
    page = client.post("/children/new", {"full_name": name, "case_number": number, "born_on": f"{born_on.day} {born_on.month} {born_on.year}",
                                         "born_on_0": born_on.day, "born_on_1": born_on.month, "born_on_2": born_on.year})  # fmt: skip
    text = page.content.decode()
    for typed in (name, number, f'value="{born_on.day}"', f"{born_on.day} {born_on.month} {born_on.year}"):
        text = text.replace(typed, "…") if typed else text
    return page.status_code, text.partition("</main>")[0].partition("<main")[2]


def plain(said):
    """The same without what differs at each asking."""
    status, text = said
    return status, [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line and "idempotency_key" not in line]


@pytest.mark.parametrize("by", ["number", "name"])
def test_g22_the_check_for_duplicates_says_the_same_of_both_and_names_neither(borough, sign_in, two, by):
    client = sign_in(borough.social_worker)
    answers = [
        said_of(client, "Somebody Else", child.case_number, child.born_on) if by == "number"
        else said_of(client, child.full_name, "", child.born_on)
        for child in two
    ]  # fmt: skip

    (status, text), (_, of_kept) = answers
    assert plain(answers[0]) == plain(answers[1])
    assert status == 200
    assert "ask your manager" in text
    assert "Hidden" not in of_kept
    assert two[1].reference not in of_kept
    assert Child.objects.count() == 2


def test_g22_finding_the_child_says_the_same_of_a_kept_one_as_of_none(borough, sign_in, two):
    client = sign_in(borough.social_worker)

    for kept, nobody in (("LCS2", "LCS9"), ("Robin Hidden", "Rabin Nobody"), (two[1].reference, "XXX-XXX")):
        of_kept, of_nobody = (client.post("/referrals/new", {"q": typed}, follow=True).content.decode().replace(typed, "…") for typed in (kept, nobody))
        assert two[1].reference not in of_kept
        assert [line for line in of_kept.splitlines() if "csrf" not in line] == [line for line in of_nobody.splitlines() if "csrf" not in line]


def test_g22_counts_differ_by_exactly_the_restricted_one(borough, sign_in):
    children = [builders.a_sent_referral(borough).child for _ in range(3)]
    client = sign_in(borough.head_of_service)
    before = rows_counted(client)

    restrict(children[0], borough.social_worker)

    assert rows_counted(client) == {url: number - 1 for url, number in before.items()}
    assert set(before.values()) == {3}


def rows_counted(client):
    """How many rows each list has and each export holds."""
    found = {url: len(client.get(url).context["object_list"]) for url in ("/referrals?queue=all", "/children")}
    for url in ("/referrals?queue=all", "/children"):
        book = load_workbook(BytesIO(client.post(url, {"deed": "export"}).content))
        found[f"{url} taken away"] = sum(bool(row[0].value) for row in book.active) - 2  # less the caption and the headings
    return found


@pytest.mark.parametrize("end", ["role", "person", "case"])
def test_g21_a_right_that_ends_opens_nothing_from_the_next_request_on(borough, sign_in, end):
    referral = builders.a_sent_referral(borough)
    client = sign_in(borough.social_worker)
    pages = [referral.get_absolute_url(), f"{referral.get_absolute_url()}/answers", referral.child.get_absolute_url()]
    assert {client.get(url).status_code for url in pages} == {200}

    if end == "role":
        borough.social_worker.roles_held.update(until_on=date(2026, 11, 24))
    elif end == "person":
        type(borough.social_worker).objects.filter(pk=borough.social_worker.pk).update(is_active=False)
    else:
        Child.objects.filter(pk=referral.child_id).update(social_worker=borough.other_social_worker)
        type(referral).objects.filter(pk=referral.pk).update(author=borough.other_social_worker)

    assert 200 not in {client.get(url).status_code for url in pages}
    assert b"Zzcanary" not in b"".join(client.get(url).content for url in pages)
    refused = client.post("/referrals?queue=all", {"deed": "export"})
    if "spreadsheet" in refused.headers.get("Content-Type", ""):
        cells = [cell.value for row in load_workbook(BytesIO(refused.content)).active for cell in row]
        assert referral.reference not in cells


def test_g21_a_provider_loses_a_restricted_child_at_once(borough, sign_in):
    stay = places.a_place_given(borough, places.an_outreach(borough, places=1))
    client = sign_in(borough.practitioner)
    assert client.get(stay.child.get_absolute_url()).status_code == 200

    restrict(stay.child, borough.social_worker)

    assert client.get(stay.child.get_absolute_url()).status_code == 404
    assert stay.child.reference not in client.get("/children").content.decode()
