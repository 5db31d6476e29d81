"""Whatever is typed: a sentence beside the field, everything kept, and never an error of ours."""

from datetime import timedelta

import pytest

from core import clock
from core.actions.person import give_role
from core.roles import Role
from panels.actions.live import save_note
from panels.models import Decision, Meeting
from tests import people
from tests.panels import builders
from tests.panels.views.conftest import ON_THE_DAY

pytestmark = pytest.mark.django_db

HOSTILE = ["", "\x00", "x", "²", "31 2 2026", "1 1 0001", "31 12 9999", "2199-12-31", "a" * 5000, "-1", "9" * 30,
           "<script>alert(1)</script>"]  # fmt: skip
FIELDS = {
    "/panels/{slug}/call": ("panel_administrator", ["on", "at", "lasts_minutes", "venue", "kind", "reason"]),
    "/meetings/{meeting}/agenda": ("panel_administrator", ["title", "minutes", "is_reserved"]),
    "/meetings/{meeting}/agenda/{number}?kind=section+17": (
        "panel_administrator", ["weekly_cost", "one_off_cost", "starts_on", "until_on", "committed_elsewhere", "family_total"]),
    "/meetings/{meeting}/agenda/{number}?kind=assessment": (
        "panel_administrator", ["assessment", "one_off_cost", "above_rate_because", "note"]),
    "/meetings/{meeting}/circulate": ("panel_administrator", ["short_because"]),
    "/meetings/{meeting}/late": ("panel_administrator", ["item", "change_note", "words"]),
    "/meetings/{meeting}/papers/{number}": ("member", ["note", "deed"]),
    "/account/interests": ("member", ["kind", "nature", "organisation", "since_on"]),
    "/meetings/{meeting}/attend": ("member", ["answer"]),
    "/meetings/{meeting}/interests": ("member", ["item", "nature", "depth", "minuted_by"]),
    "/meetings/{meeting}/move": ("panel_administrator", ["on", "at", "lasts_minutes", "venue", "reason", "seen"]),
    "/meetings/{meeting}/cancel": ("chair", ["deed", "reason"]),
    "/referrals/{ready}/book": ("panel_administrator", ["meeting", "place", "beside"]),
    "/referrals/{ready}/continuing-care": ("panel_administrator", ["decided_by", "decided_on", "outcome", "share"]),
    "/children/{child}/high-risk": ("social_worker", ["why"]),
    "/high-risk/{vulnerable}": ("panel_administrator", ["meeting"]),
    "/meetings/{meeting}/live": (
        "panel_administrator", ["outcome", "reasons", "conditions", "weeks", "review_on", "what", "who", "by"]),
    "/meetings/{meeting}/live/{number}": (
        "panel_administrator", ["outcome", "reasons", "conditions", "weeks", "review_on", "what", "who", "by"]),
    "/meetings/{meeting}/live/{number}/note": ("panel_administrator", ["note", "version"]),
    "/meetings/{held}/minutes": ("chair", ["deed", "at"]),
}  # fmt: skip
DEEDS = {
    "/meetings/{meeting}/agenda": ("panel_administrator", ["list", "off", "move", "list {0}", "off {0}", "move {0} {0}", "late", "save", "reviews"]),
    "/meetings/{meeting}/agenda/{number}": ("panel_administrator", ["accept", "presenters", "{0}"]),
    "/meetings/{meeting}/late": ("chair", ["accept {0}", "refuse {0}", "take {0}"]),
    "/account/interests": ("member", ["confirm", "end {0}"]),
    "/meetings/{meeting}/live": (
        "panel_administrator",
        ["start", "finish", "in {0}", "in {0} {0}", "out {0}", "all", "take {0}", "agree {0}", "agree-all {0}"]),
    "/meetings/{held}/minutes": ("chair", ["send", "compose", "check", "agree"]),
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_is_an_error_of_ours(borough, record, sign_in, text):
    for page, (who, fields) in FIELDS.items():
        answer = sign_in(getattr(borough, who)).post(record.at(page), dict.fromkeys(fields, text))
        assert answer.status_code in {200, 302, 404, 409}, page
        assert "<script>alert" not in answer.content.decode()
    delegate = f"/meetings/{record.to_come.reference}/delegates/{borough.member.reference}"
    assert sign_in(borough.member).post(delegate, {"delegate": text}).status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_while_the_meeting_runs_is_an_error_of_ours(borough, record, sign_in, text):
    client = sign_in(borough.panel_administrator)
    with clock.held_at(record.to_come.starts_at):
        builders.begin(borough, record.to_come)
        for page in ("/meetings/{meeting}/live", "/meetings/{meeting}/live/{number}"):
            fields = dict.fromkeys(FIELDS[page][1], text)
            for typed in (fields, {**fields, "outcome": "agree", "reasons": "Fits.", "weeks": ""}):
                assert client.post(record.at(page), typed).status_code in {200, 302}
        for deed in DEEDS["/meetings/{meeting}/live"][1]:
            answer = client.post(record.at("/meetings/{meeting}/live"), {"deed": deed.format(text), "mode": text})
            assert answer.status_code in {200, 302, 404}, deed


@pytest.mark.parametrize("text", HOSTILE)
def test_no_button_is_an_error_of_ours(borough, record, sign_in, text):
    for page, (who, deeds) in DEEDS.items():
        client = sign_in(getattr(borough, who))
        for deed in deeds:
            answer = client.post(record.at(page), {"deed": deed.format(text), "at": text, "mode": text})
            assert answer.status_code in {200, 302, 404}, deed


@pytest.mark.parametrize("page", ["/panels", "/terms-of-reference", "/meetings", "/papers", "/decisions", "/actions"])
def test_odd_pages_of_a_list_are_not_found(borough, record, sign_in, page):
    client = sign_in(borough.member)

    for typed in ("x", "-1", "²", "9" * 30, "%00"):
        assert client.get(f"{page}?page={typed}").status_code in {400, 404}, typed
    assert client.get(f"{page}?page=400").status_code == 200


def test_calling_says_what_is_missing_beside_each_field_and_keeps_the_rest(borough, record, sign_in):
    page = sign_in(borough.panel_administrator).post(
        record.at("/panels/{slug}/call"), {"on": "31 2 2027", "at": "quarter past", "venue": "Room zz", "reason": "Kept words"}
    ).content.decode()  # fmt: skip

    for said in ("Date of the meeting must be a real day", "Enter length in minutes", "Answer this question", "Room zz",
                 "Kept words", 'value="31 2 2027"', 'value="quarter past"'):  # fmt: skip
        assert said in page, said


def test_calling_refuses_late_notice_with_what_was_typed(borough, sign_in):
    panel = builders.a_steering_group(borough)

    page = sign_in(borough.panel_administrator).post(
        f"/panels/{panel.slug}/call",
        {"on": "1 12 2026", "at": "10:00", "lasts_minutes": "90", "venue": "Room zz", "kind": "ordinary"},
    ).content.decode()  # fmt: skip

    assert "the last day to give it was" in page
    assert "Room zz" in page
    assert not Meeting.objects.exists()


def test_checking_a_date_needs_nothing_but_the_date(borough, sign_in):
    panel = builders.a_steering_group(borough)

    page = sign_in(borough.panel_administrator).post(
        f"/panels/{panel.slug}/call", {"on": "11 3 2027", "check": "yes"}
    ).content.decode()  # fmt: skip

    assert "Thursday 11 March 2027" in " ".join(page.replace("\xa0", " ").split())
    assert "in 2027 so far" in page
    assert not Meeting.objects.exists()


def test_a_refused_cancellation_keeps_each_view(borough, record, sign_in):
    page = sign_in(borough.chair).post(
        record.at("/meetings/{meeting}/cancel"),
        {"deed": "business", "reason": "Kept reason", f"view_{borough.member.pk}": "Kept view"},
    )

    assert page.status_code == 200
    assert "Kept reason" in page.content.decode()
    assert "Kept view" in page.content.decode()
    assert Meeting.objects.get(pk=record.to_come.pk).status == "circulated"


def test_an_agenda_item_needs_a_title(borough, record, sign_in):
    page = sign_in(borough.panel_administrator).post(record.at("/meetings/{meeting}/agenda"), {"title": " "})

    assert "Enter title of the item" in page.content.decode()


def test_a_decision_with_no_item_at_hand_says_so(borough, record, sign_in):
    page = sign_in(borough.panel_administrator).post(
        record.at("/meetings/{meeting}/live"), {"outcome": "agree", "reasons": "Kept reasons"}
    ).content.decode()  # fmt: skip

    assert "Choose an item before recording a decision" in page
    assert Decision.objects.count() == 1


def test_half_an_action_is_refused_with_the_decision_kept(borough, record, sign_in):
    with clock.held_at(record.to_come.starts_at):
        builders.begin(borough, record.to_come)
        page = sign_in(borough.panel_administrator).post(
            record.at("/meetings/{meeting}/live/{number}"),
            {"outcome": "agree", "reasons": "Kept reasons", "what": "Ring nan"},
        ).content.decode()  # fmt: skip

    assert "An action says what, who and by when" in page
    assert "Kept reasons" in page
    assert "Ring nan" in page


def test_two_typists_see_both_notes(borough, record, sign_in):
    save_note(record.next_item, note="theirs", version=0, by=borough.chair)

    page = sign_in(borough.panel_administrator).post(
        record.at("/meetings/{meeting}/live/{number}/note"), {"note": "mine", "version": "0"}
    )

    assert page.status_code == 409
    assert "theirs" in page.content.decode()


def test_somebody_of_another_authority_is_never_in_the_room_or_given_an_action(borough, record, sign_in):
    elsewhere = people.a_borough("otherborough")
    client = sign_in(borough.panel_administrator)
    with clock.held_at(record.to_come.starts_at):
        builders.begin(borough, record.to_come)

        assert client.post(record.at("/meetings/{meeting}/live"), {"deed": f"in {elsewhere.member.reference}"}).status_code == 404
        client.post(
            record.at("/meetings/{meeting}/live/{number}"),
            {"outcome": "agree", "reasons": "Fits.", "what": "Ring nan", "who": "Finance", "by": "1 2 2027"},
        )

    assert record.next_item.actions.get().owner == borough.finance


def test_a_delegate_with_two_roles_can_be_named(borough, record, sign_in):
    give_role(borough.head_of_service, Role.PANEL_MEMBER, organisation=borough.council, from_on=ON_THE_DAY - timedelta(days=365), by=None)

    answer = sign_in(borough.member).post(
        f"/meetings/{record.to_come.reference}/delegates/{borough.member.reference}", {"delegate": borough.head_of_service.pk}
    )

    assert answer.status_code == 302
    assert record.to_come.delegations.get().delegate == borough.head_of_service
