"""The propose page takes clauses out and changes seats, quorum and agenda; the proposal draws what it would make."""

from datetime import date

import pytest

from core import clock
from panels.models import Alteration
from tests.panels import builders
from tests.panels.views.test_terms import page_of, read, typed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(borough):
    group = builders.a_steering_group(borough)
    with clock.held_at(date(2026, 11, 2)):
        builders.a_called_meeting(borough, group, on=date(2026, 12, 15))
    return group


def test_j1_one_page_proposes_all_of_it_and_shows_it_struck_and_underlined(borough, group, sign_in):
    client = sign_in(borough.fostering)
    page = client.get(page_of(group, "propose"))
    order = group.terms.get().clauses.get(number="7.4").order
    sent = {
        **typed_in(page), "reason": "It has grown.", f"remove_{order}": "on", "seat_out_e": "on", "new_seat_letter": "h",
        "new_seat_title": "Head of the Virtual School", "new_seat_kind": "member", "new_item_title": "What carers say",
        "new_item_minutes": "15", "new_item_after": "Risks and interdependencies",
    }  # fmt: skip

    answer = client.post(page_of(group, "propose"), sent)

    alteration = Alteration.objects.get()
    assert {(part.kind, part.deed, part.key) for part in alteration.parts.all()} == {
        ("seat", "remove", "e"), ("seat", "add", "h"), ("item", "add", "What carers say"),
    }  # fmt: skip
    assert [change.number for change in alteration.changes.filter(is_removed=True)] == ["7.4"]
    html = client.get(answer.url).content.decode()
    assert "(taken out)" in html
    assert "<ins>" in html.split("What carers say, 15 minutes")[0][-80:]
    assert "[taken out:</span>e." in html


def test_nothing_ticked_changes_no_part(borough, group, sign_in):
    client = sign_in(borough.fostering)
    sent = {**typed_in(client.get(page_of(group, "propose"))), "reason": "Nothing."}

    page = read(client.post(page_of(group, "propose"), sent))

    assert "Change the words or a number of at least one clause" in page
    assert not Alteration.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"new_seat_letter": "h"}, "Enter: title of the new seat"),
        ({"new_limb_role": "Health"}, "Enter: how many people the new part needs"),
        ({"new_item_title": "More", "new_item_minutes": "0"}, "Minutes of the new standing item"),
        ({"seat_out_a": "on"}, "No seat would take the chair."),
        ({"new_item_title": "Benefits", "new_item_minutes": "5"}, "There is a standing item called Benefits already."),
    ],
)
def test_what_does_not_fit_gets_a_sentence(borough, group, sign_in, typed, says):
    client = sign_in(borough.fostering)
    sent = {**typed_in(client.get(page_of(group, "propose"))), "reason": "Kept reason.", **typed}

    page = read(client.post(page_of(group, "propose"), sent))

    assert says in page
    assert "Kept reason." in page
    assert not Alteration.objects.exists()
