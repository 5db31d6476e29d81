"""The child's pages: their words first, what is late, who sees which prices, and bad input."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import DatedSetting
from referrals.actions.closing import record_death
from referrals.actions.journey import record_week
from referrals.models import (
    JourneyEvent,
    JourneyWeek,
    MissingEpisode,
    Placement,
    Scenario,
    SdqScore,
)
from tests.referrals import builders, journeys, places

pytestmark = pytest.mark.django_db
D = date
ROUND = "/journey/week/2026-11-23"


def placed(borough, number=1, **facts):
    """Children with an outreach place from today."""
    outreach = borough.authority.provision_set.filter(kind="outreach").first() or places.an_outreach(borough, places=20)
    found = []
    for _ in range(number):
        child = builders.a_child(borough, **facts)
        places.a_place_given(borough, outreach, referral=builders.a_waiting_referral(borough, child=child))
        found.append(child)
    return found


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_child_page_puts_their_own_latest_words_first(borough, sign_in):
    child = builders.a_child(borough)
    journeys.a_written_journey(child)

    page = page_of(sign_in(borough.social_worker), child.get_absolute_url())

    assert page.index("A day out would be good.") < page.index("Foster carers") < page.index("What needs doing")
    assert "18: cause for concern" in page
    assert "£795" in page
    assert "10 December 2026" in page


def test_the_child_page_stands_before_anything_is_written_down(borough, sign_in):
    child = builders.a_child(borough, born_on=None)
    client = sign_in(borough.social_worker)
    for part in ("", "/journey", "/homes", "/sdq", "/reviews", "/missing", "/journey/compare"):
        page_of(client, child.get_absolute_url() + part)


def test_every_tab_of_a_written_journey_opens(borough, sign_in):
    child = placed(borough)[0]
    journeys.a_written_journey(child)
    client = sign_in(borough.social_worker)
    for part in ("", "/journey", "/journey?from=2026-01-05", "/homes", "/sdq", "/reviews", "/missing", "/journey/compare"):
        page_of(client, child.get_absolute_url() + part)


def test_weeks_nobody_wrote_down_are_hatched_and_say_so(borough, sign_in):
    child = builders.a_child(borough)
    with clock.held_at(D(2026, 10, 5)):
        journeys.a_home(child)
    journeys.an_event(child, "well", words="A good day.")

    page = page_of(sign_in(borough.social_worker), f"{child.get_absolute_url()}/journey")

    assert "strip__hatch" in page
    assert "Not recorded: 7 weeks, the first from 5 October 2026; the date of each is a link to it." in page
    assert f'href="{child.get_absolute_url()}/journey/2026-10-05"' in page


def test_f3_and_f4_the_arithmetic_stands_where_the_cost_is(borough, sign_in):
    places.an_outreach(borough)
    child = placed(borough)[0]

    page = page_of(sign_in(borough.social_worker), f"{child.get_absolute_url()}/journey")

    assert "12 × £660 × 52 = £411,840 a year at full capacity" in page


def test_f4_the_arithmetic_is_recomputed_when_the_rate_changes(borough, sign_in):
    outreach = places.an_outreach(borough)
    child = placed(borough)[0]
    outreach.terms.update(weekly_rate=Decimal(700))

    page = page_of(sign_in(borough.social_worker), f"{child.get_absolute_url()}/journey")

    assert "12 × £700 × 52 = £436,800" in page


def test_a_provider_reads_its_own_price_and_not_anothers(borough, sign_in):
    child = placed(borough)[0]
    with clock.held_at(D(2026, 11, 24)):
        journeys.a_home(child, starts_on=D(2026, 10, 5))

    page = page_of(sign_in(borough.provider_manager), child.get_absolute_url())
    homes = page_of(sign_in(borough.provider_manager), f"{child.get_absolute_url()}/homes")

    assert "795" not in page + homes
    assert "Not shown" in page


def test_a_price_that_is_missing_says_ask_finance(borough, sign_in):
    child = builders.a_child(borough)
    journeys.a_home(child, rate=None)

    assert "Ask finance" in page_of(sign_in(borough.social_worker), child.get_absolute_url())


def test_record_a_move_from_the_page_keeps_what_was_typed_on_a_refusal(borough, sign_in):
    child = builders.a_child(borough)
    journeys.a_home(child, starts_on=D(2026, 10, 5))
    client, url = sign_in(borough.social_worker), f"{child.get_absolute_url()}/homes/move"

    answer = client.post(url, {"kind": "lodgings", "starts_on": "23 11 2026", "ending_reason": "OTHER", "ending_note": "Typed 🙂"})
    page = answer.content.decode()
    assert "Say whether the ending was planned" in page
    assert "Typed 🙂" in page

    client.post(url, {"kind": "lodgings", "starts_on": "23 11 2026", "ending_reason": "OTHER", "was_planned": "yes"})
    assert Placement.objects.get(ends_on=None).kind == "lodgings"


@pytest.mark.parametrize("typed", ["31 2 2026", "1 1 0001", "1 1 99999", "\x00", "🙂", "9" * 400])
def test_bad_days_are_sentences_beside_their_field(borough, sign_in, typed):
    child = builders.a_child(borough)
    client, at = sign_in(borough.social_worker), child.get_absolute_url()
    posts = {
        f"{at}/homes/move": {"kind": "home", "starts_on": typed}, f"{at}/sdq/new": {"on": typed, "score": "9" * 30},
        f"{at}/missing/new": {"kind": "away", "from_on": typed, "from_time": "25:61"},
        f"{at}/reviews/new": {"kind": "bed", "due_on": typed}, f"{at}/events/new": {"kind": "contact", "on": typed},
        f"{at}/journey/2026-11-23": {"how": "changed", "event_kind": "well", "event_on": typed},
        f"{at}/journey/scenario": {"kind": "planned", "basis": "x", "words_1": "A", "starts_1": typed, "rate_1": "1e99"},
        f"{at}/care": {"in_care_since": typed}, f"{at}/learning/new": {"at": "start", "state": "full", "on": typed},
    }  # fmt: skip
    for url, fields in posts.items():
        answer = client.post(url, fields)
        assert answer.status_code == 200, url
        assert "There is a problem" in answer.content.decode(), url
    assert [model.objects.count() for model in (Placement, SdqScore, MissingEpisode, Scenario)] == [0, 0, 0, 0]


@pytest.mark.parametrize("path", ["2026-11-24", "2026-13-01", "soon", "0001-01-01", "2026-11-23x"])
def test_a_week_that_is_no_monday_is_not_found(borough, sign_in, path):
    child = builders.a_child(borough)

    assert sign_in(borough.social_worker).get(f"{child.get_absolute_url()}/journey/{path}").status_code == 404
    assert sign_in(borough.provider_manager).get(f"/journey/week/{path}").status_code == 404


def test_a_week_that_has_not_begun_says_so_and_saves_nothing(borough, sign_in):
    child = builders.a_child(borough)
    client, url = sign_in(borough.social_worker), f"{child.get_absolute_url()}/journey/2026-11-30"

    assert "That week has not begun yet." in page_of(client, url)
    client.post(url, {"how": "same"})
    assert not JourneyWeek.objects.exists()


def test_a_week_sent_twice_is_recorded_once(borough, sign_in):
    child = builders.a_child(borough)
    client, url = sign_in(borough.social_worker), f"{child.get_absolute_url()}/journey/2026-11-23"
    fields = {"how": "changed", "event_kind": "well", "event_on": "23 11 2026", "event_words": "Swam.", "idempotency_key": "once"}

    first, second = client.post(url, fields), client.post(url, fields)

    assert first.url == second.url == f"{child.get_absolute_url()}/journey"
    assert JourneyEvent.objects.count() == 1


def test_the_round_ticks_the_quiet_and_not_those_with_an_exception(borough, sign_in):
    quiet, loud, unseen = placed(borough, 3)
    for child in (quiet, loud):
        journeys.add_event(child, kind="contact", on=clock.today(), by=borough.social_worker)
    journeys.add_event(loud, kind="incident", on=clock.today(), by=borough.social_worker)

    page = page_of(sign_in(borough.provider_manager), ROUND)

    boxes = {name: f'name="same_{child.reference}"' for name, child in (("quiet", quiet), ("loud", loud), ("unseen", unseen))}
    ticked = {name: "checked" in page[page.index(box) : page.index(">", page.index(box))] for name, box in boxes.items()}
    assert ticked == {"quiet": True, "loud": False, "unseen": False}
    assert page.index(boxes["loud"]) < page.index(boxes["quiet"])
    assert "An incident is written down" in page
    assert "No contact logged" in page


def test_the_round_records_ticks_and_changes_and_says_who_had_no_contact(borough, sign_in):
    same, changed, later = placed(borough, 3)
    client = sign_in(borough.provider_manager)

    fields = {
        f"same_{same.reference}": "on", f"kind_{changed.reference}": "well", f"on_{changed.reference}": "23 11 2026",
        f"words_{changed.reference}": "A good day.",
    }  # fmt: skip
    assert client.post(ROUND, fields).url == ROUND
    page = page_of(client, ROUND)

    assert JourneyWeek.objects.get(child=same).is_same is True
    assert JourneyWeek.objects.get(child=changed).is_same is False
    assert not JourneyWeek.objects.filter(child=later).exists()
    assert "2 weeks are confirmed." in page
    assert same.reference in page[page.index("Confirmed without contact") :]


def test_the_round_says_when_a_row_is_both_and_when_a_change_has_no_day(borough, sign_in):
    child = placed(borough)[0]
    client = sign_in(borough.provider_manager)
    both = {f"same_{child.reference}": "on", f"kind_{child.reference}": "well", f"on_{child.reference}": "23 11 2026"}

    assert "a week is one or the other" in client.post(ROUND, both).content.decode()
    assert "Enter the day it happened." in client.post(ROUND, {f"words_{child.reference}": "Swam."}).content.decode()
    assert not JourneyWeek.objects.exists()


def test_the_round_holds_only_children_this_person_may_see(borough, sign_in):
    child = placed(borough)[0]
    client = sign_in(borough.practitioner)
    assert child.reference in page_of(client, ROUND)

    child.is_restricted, child.restricted_because = True, "High profile."
    child.save()

    assert child.reference not in page_of(client, ROUND)


@pytest.mark.parametrize(
    ("path", "who"),
    [("/children", "social_worker"), (ROUND, "provider_manager"), ("/children/early-endings", "service_manager")],
)
def test_lists_ask_as_often_for_three_children_as_for_one(borough, sign_in, path, who):
    client = sign_in(getattr(borough, who))
    for child in placed(borough):
        journeys.a_written_journey(child)
    client.get(path)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        counts.append(len(seen))
        for child in placed(borough, 2):
            journeys.a_written_journey(child)
    assert counts[0] == counts[1]


def test_a_childs_page_asks_as_often_however_much_is_written(borough, sign_in):
    child = placed(borough)[0]
    journeys.a_written_journey(child)
    client, counts = sign_in(borough.social_worker), []
    url = f"{child.get_absolute_url()}/journey"
    client.get(url)
    for turn in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))
        for days in range(3):
            journeys.add_event(child, kind="well", on=clock.today() - timedelta(days=days), words="Good.", by=borough.social_worker)
            journeys.a_home(child, starts_on=D(2026, 11, 12 + 3 * turn + days))
    assert counts[0] == counts[1]


def test_children_are_found_by_place_and_review(borough, sign_in):
    child, other = placed(borough)[0], builders.a_child(borough, full_name="Other Childname")
    with clock.held_at(D(2026, 11, 2)):
        journeys.book_review(other, kind="bed", due_on=D(2026, 11, 10), by=None)
    client = sign_in(borough.social_worker)

    assert other.reference not in page_of(client, "/children?place=in")
    assert child.reference not in page_of(client, "/children?review=overdue")
    assert "Overdue since" in page_of(client, "/children?review=overdue")
    assert "No children match these filters" in page_of(client, "/children?review=overdue&place=in")


def test_f11_the_page_counts_early_endings_by_band(borough, sign_in):
    child = builders.a_child(borough)
    journeys.a_home(child, starts_on=D(2026, 1, 5), is_internal=True)
    journeys.a_home(child, starts_on=D(2026, 2, 5), ending_reason="CREQB")

    page = page_of(sign_in(borough.service_manager), "/children/early-endings?from=1 1 2026&until=1 12 2026")

    assert "Own provision: 1 home of 1 child, 31 days on average" in page
    assert sign_in(borough.service_manager).get("/children/early-endings?from=31 2 2026").status_code == 404


def test_f8_what_was_modelled_stands_apart_and_is_never_added(borough, sign_in):
    child = builders.a_child(borough)
    journeys.a_written_journey(child)
    DatedSetting.objects.create(name="modelled avoided cost", value="About £359,000 was modelled for 2019/20.", from_on=D(2020, 1, 1))

    page = page_of(sign_in(borough.service_manager), f"{child.get_absolute_url()}/journey/compare")

    assert "About £359,000 was modelled for 2019/20." in page
    assert "Modelled, not actual" in page
    assert "cashable only when finance confirms it" in page


def test_f20_the_episode_says_the_place_is_held_and_counts_the_days(borough, sign_in):
    child = placed(borough)[0]
    episode = journeys.an_episode(child, clock.now() - timedelta(hours=30))

    page = page_of(sign_in(borough.social_worker), episode.get_absolute_url())

    assert "The place is held" in page
    assert "2 days counted as missing" in page
    assert "late" in page


@pytest.mark.parametrize("tab", ["", "/plan", "/sharing", "/access", "/sessions", "/moving-on", "/documents", "/sdq"])
def test_every_tab_says_the_status_what_is_next_and_the_one_deed(borough, sign_in, tab):
    child = placed(borough)[0]
    week = f"{child.get_absolute_url()}/journey/2026-11-23"
    client = sign_in(borough.social_worker)

    page = page_of(client, child.get_absolute_url() + tab)
    bar = page.split('class="identity-bar"')[1].split("</section>")[0]
    assert "Supported" in bar
    assert "Next: record this week, by Friday 27 November" in bar
    deed = {"/plan": f"{child.get_absolute_url()}/plan/write", "/sessions": f"{child.get_absolute_url()}/sessions/new"}.get(tab, week)
    assert f'href="{deed}"' in bar

    record_week(child, D(2026, 11, 23), is_same=True, by=borough.social_worker)
    assert "Next: record this week" not in page_of(client, child.get_absolute_url() + tab)


def test_the_auditors_tab_of_who_has_looked_says_no_status(borough, sign_in):
    child = placed(borough)[0]

    page = page_of(sign_in(borough.auditor), f"{child.get_absolute_url()}/access")

    assert "Supported" not in page
    assert child.called not in page


def test_after_a_death_no_tab_asks_for_anything(borough, sign_in):
    child = placed(borough)[0]
    record_death(child, died_on=clock.today(), by=borough.team_manager)

    for tab in ("", "/moving-on", "/documents"):
        page = page_of(sign_in(borough.social_worker), child.get_absolute_url() + tab)
        assert "Record this week" not in page
        assert "Next:" not in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["social_worker", "team_manager", "service_manager", "head_of_service", "panel_administrator", "provider_manager", "practitioner"])
def test_p3_a_childs_page_asks_at_most_ten_questions_whatever_is_written_down(borough, sign_in, who, rows):
    child = placed(borough)[0]
    journeys.a_written_journey(child)
    for number in range(rows - 1):
        builders.a_draft_referral(borough, child)
        SdqScore.objects.create(child=child, on=D(2026, 6, 1) - timedelta(days=number), score=12)
    client = sign_in(getattr(borough, who))
    page_of(client, child.get_absolute_url())

    with CaptureQueriesContext(connection) as asked:
        page_of(client, child.get_absolute_url())

    assert len(asked) <= 10
