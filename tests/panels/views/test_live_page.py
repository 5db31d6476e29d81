"""The page of a meeting in progress: what it takes, what it refuses, and what it never loses."""

import pytest

from core import clock
from panels.actions.interest import declare_interest
from panels.actions.live import save_note
from panels.models import AgendaItem, Decision
from tests.panels import builders

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def sitting(borough, record):
    """The meeting to come, in session on its day."""
    with clock.held_at(record.to_come.starts_at):
        builders.begin(borough, record.to_come)
        yield record


def live(record):
    return f"{record.to_come.get_absolute_url()}/live/{record.next_item.number}"


def kept(record):
    return AgendaItem.objects.get(pk=record.next_item.pk)


def test_what_is_half_typed_is_kept_and_shown_again(borough, sitting, sign_in):
    client = sign_in(borough.panel_administrator)

    answer = client.post(
        f"{live(sitting)}/note", {"note": "Half a note", "reasons": "Half a reason", "outcome": "defer", "version": "0"}, **JSON
    )

    assert answer.json() == {"version": 1}
    page = client.get(live(sitting)).content.decode()
    assert "Half a note" in page
    assert "Half a reason" in page
    assert page.count("checked") >= 1
    assert not Decision.objects.filter(item=sitting.next_item).exists()


def test_two_people_minuting_never_lose_a_word(borough, sitting, sign_in):
    save_note(kept(sitting), note="Hers, saved first.", version=0, by=borough.chair)
    client = sign_in(borough.panel_administrator)
    typed = {"note": "His, typed meanwhile.", "version": "0", "outcome": "agree", "reasons": "His reasons."}

    assert client.post(f"{live(sitting)}/note", typed, **JSON).status_code == 409
    for address in (f"{live(sitting)}/note", live(sitting)):
        answer = client.post(address, typed)
        page = answer.content.decode()
        assert answer.status_code == 409
        for words in ("Hers, saved first.", "His, typed meanwhile.", "His reasons.", 'name="version" value="1"'):
            assert words in page, words
    assert kept(sitting).note == "Hers, saved first."
    assert not Decision.objects.filter(item=sitting.next_item).exists()

    assert client.post(live(sitting), {**typed, "note": "Hers, saved first. His, typed meanwhile.", "version": "1"}).status_code == 302
    assert Decision.objects.get(item=sitting.next_item).reasons == "His reasons."


def test_d5_only_principles_without_evidence_are_asked_and_there_is_no_tick_all(borough, sitting, sign_in):
    client = sign_in(borough.panel_administrator)

    page = client.get(live(sitting)).content.decode()

    assert 'name="principle_voice"' not in page
    assert 'name="principle_permanence"' in page
    assert 'type="checkbox" name="principle' not in page
    client.post(live(sitting), {"outcome": "agree", "reasons": "Fits.", "principle_permanence": "A long-term match is being sought."})
    found = Decision.objects.get(item=sitting.next_item).principles
    assert found["voice"] == "I want to stay with nan."
    assert found["permanence"] == "A long-term match is being sought."


def test_d3_actions_for_every_party_are_kept_each_with_who_and_when(borough, sitting, sign_in):
    client = sign_in(borough.panel_administrator)
    typed = {"outcome": "agree", "reasons": "Fits."}
    rows = [("Visit", "Member", "20 1 2027"), ("Ring the school", "The carers", "21 1 2027"), ("Write", "ART", "22 1 2027")]
    for number, (what, who, by) in enumerate(rows, 1):
        end = f"_{number}" if number > 1 else ""
        typed |= {f"what{end}": what, f"who{end}": who, f"by{end}": by}

    page = client.post(live(sitting), {**typed, "by_3": ""}).content.decode()
    assert "An action says what, who and by when" in page
    assert not Decision.objects.filter(item=sitting.next_item).exists()
    client.post(live(sitting), typed)

    kept_rows = sitting.next_item.actions.order_by("pk").values_list("what", "owner_name", "owner__full_name")
    assert list(kept_rows) == [
        ("Visit", "Member", "Member"), ("Ring the school", "The carers", "Panel Administrator"), ("Write", "ART", "Panel Administrator"),
    ]  # fmt: skip


def test_d4_the_referral_proposes_money_and_weeks(borough, sitting, sign_in):
    page = sign_in(borough.panel_administrator).get(live(sitting)).content.decode()

    assert 'name="weeks" value="12"' in page
    assert "14 April 2027" in page or "8 April 2027" in page


@pytest.mark.parametrize("who", ["chair", "panel_administrator", "member", "provider_manager"])
def test_g08_a_recused_person_posts_nothing_of_the_item(borough, sitting, sign_in, who):
    person = getattr(borough, who)
    declare_interest(sitting.to_come, person=person, item=sitting.next_item, nature="x", by=person)
    client = sign_in(person)
    at, number = sitting.to_come.get_absolute_url(), sitting.next_item.number

    for address, typed in (
        (live(sitting), {"outcome": "agree", "reasons": "Mine."}), (f"{live(sitting)}/note", {"note": "Mine.", "version": "0"}),
        (f"{at}/live", {"deed": f"take {number}"}), (f"{at}/live", {"deed": f"next {number}"}),
        (f"{at}/live", {"deed": f"adjourn {number}", "because": "Mine."}), (f"{at}/live", {"deed": f"settle {number}", "settled_as": "ended"}),
    ):  # fmt: skip
        assert client.post(address, typed).status_code == 404, (address, typed)
    assert not Decision.objects.filter(item=sitting.next_item).exists()
    assert (kept(sitting).note, kept(sitting).state) == ("", "to come")


def test_an_interest_said_at_the_table_takes_two_clicks_and_no_reason(borough, sitting, sign_in):
    client = sign_in(borough.panel_administrator)

    client.post(live(sitting), {"deed": f"interest {sitting.next_item.number} {borough.member.reference}"})

    page = client.get(live(sitting)).content.decode()
    assert "Out of the room for this item: Member" in page
    assert not AgendaItem.objects.visible_to(borough.member).filter(pk=sitting.next_item.pk).exists()


def test_the_shared_screen_says_no_name_no_note_and_no_interest(borough, sitting, sign_in):
    item = kept(sitting)
    save_note(item, note="A quiet word", version=0, by=borough.panel_administrator)
    declare_interest(sitting.to_come, person=borough.member, item=item, nature="Secretzz", by=borough.member)
    client = sign_in(borough.panel_administrator)
    client.post(f"{sitting.to_come.get_absolute_url()}/live", {"deed": f"take {item.number}"})
    screen = f"{sitting.to_come.get_absolute_url()}/present"

    page = sign_in(borough.chair).get(screen).content.decode()

    assert item.title in page
    for word in ("A quiet word", "Secretzz", "Member", "Zzcanary"):
        assert word not in page.replace("Panel Member", ""), word
    out = sign_in(borough.member).get(screen).content.decode()
    assert item.title not in out
    assert "You are out of this item." in out
    sign_in(borough.panel_administrator).post(f"{sitting.to_come.get_absolute_url()}/live", {"deed": f"clear {item.number}"})
    page = sign_in(borough.chair).get(screen).content.decode()
    assert "60 seconds" in page
    assert item.title not in page


def test_times_in_and_out_are_shown_for_each_person(borough, sitting, sign_in):
    client = sign_in(borough.panel_administrator)
    at = f"{sitting.to_come.get_absolute_url()}/live"
    with clock.held_at(sitting.to_come.starts_at.replace(minute=20)):
        client.post(at, {"deed": f"out {borough.member.reference}"})
    with clock.held_at(sitting.to_come.starts_at.replace(minute=45)):
        client.post(at, {"deed": f"in {borough.member.reference}"})
        page = client.get(at).content.decode()

    assert "10:00 to 10:20, 10:45 to now" in page


def test_j13_the_words_for_the_case_system_are_two_clicks_away(borough, record, sign_in):
    client = sign_in(borough.panel_administrator)
    assert record.decision.get_absolute_url() in client.get("/decisions?entry=not").content.decode()

    page = client.get(record.decision.get_absolute_url()).content.decode()

    for words in ("data-copy", "Reasons: Reasonszz.", "Action: Tell the carerzz (Member, by 24 December 2026)", "Decision 2026/1"):
        assert words in page, words
    client.post(f"{record.decision.get_absolute_url()}/entered")
    assert record.decision.get_absolute_url() not in client.get("/decisions?entry=not").content.decode()
    assert record.decision.get_absolute_url() in client.get("/decisions?entry=unchecked").content.decode()


def test_the_decisions_list_is_taken_away_as_shown(borough, record, sign_in):
    answer = sign_in(borough.panel_administrator).post("/decisions?entry=not", {"deed": "export"})

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_c14_what_was_needed_is_listed_by_quarter(borough, sitting, sign_in):
    client = sign_in(borough.panel_administrator)
    client.post(live(sitting), {"outcome": "defer", "reasons": "None near.", "unmet_need": "A foster home for two brothers"})

    page = client.get("/unmet-needs").content.decode()

    assert "A foster home for two brothers" in page
    assert "Quarter 4 of 2026/27" in page
