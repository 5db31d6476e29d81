"""The year planner: a pattern proposes, each date says what clashes, and all are agreed or none."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from panels.forms.year import each_month, every_so_many_weeks
from panels.models import Meeting
from tests.panels import builders

pytestmark = pytest.mark.django_db

FIRST_THURSDAYS = {"repeats": "month", "which": "1", "weekday": "3", "propose": "yes"}


def page_of(panel, year=2027):
    return f"/panels/{panel.slug}/year/{year}"


def read(answer):
    """The words of a page, on one line."""
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", unescape(answer.content.decode()).replace("\xa0", " "))
    return " ".join(text.split())


def with_rows(*days, **more):
    """A form sent with these days, all ticked."""
    rows = {f"on_{n}": day for n, day in enumerate(days, 1)} | {f"keep_{n}": "on" for n in range(1, len(days) + 1)}
    return {"rows": len(days), "at": "10:00", "venue": "Room 1", **rows, **more}


@pytest.fixture
def panel(borough):
    return builders.a_steering_group(borough)


@pytest.fixture
def planner(borough, sign_in):
    return sign_in(borough.panel_administrator)


def test_a_month_or_some_weeks_make_a_pattern():
    assert each_month(2027, "1", 3)[:3] == [date(2027, 1, 7), date(2027, 2, 4), date(2027, 3, 4)]
    assert each_month(2027, "4", 0)[1] == date(2027, 2, 22)
    assert each_month(2027, "last", 4)[0] == date(2027, 1, 29)
    assert len(every_so_many_weeks(date(2027, 1, 6), 2)) == 26
    assert every_so_many_weeks(date(2027, 12, 31), 1) == [date(2027, 12, 31)]


def test_the_panels_page_leads_to_it(borough, panel, planner, sign_in):
    link = f'href="{page_of(panel)}"'

    assert link in planner.get(panel.get_absolute_url()).content.decode()
    assert link not in sign_in(borough.head_of_service).get(panel.get_absolute_url()).content.decode()


def test_first_thursdays_give_twelve_dates_with_their_last_days_for_notice(panel, planner):
    text = read(planner.post(page_of(panel), FIRST_THURSDAYS))

    assert "12 meetings in 2027: 0 called already and 12 ticked here." in text
    assert "That is within the terms’ 6 to 12 a year." in text
    assert "Thursday Monday 14 December 2026" in text  # 14 clear Working Days before 7 January, over three bank holidays
    assert "Nothing clashes" in text
    assert not Meeting.objects.exists()


def test_a_bank_holiday_is_moved_to_the_next_working_day_and_says_so(panel, planner):
    answer = planner.post(page_of(panel), {**FIRST_THURSDAYS, "weekday": "0"})

    assert "Moved: the pattern gives Monday 3 May 2027, which is not a Working Day." in read(answer)
    assert 'value="4 May 2027"' in answer.content.decode()


def test_a_date_changed_to_a_bank_holiday_or_weekend_says_so(panel, planner):
    text = read(planner.post(page_of(panel), with_rows("31 5 2027", "5 6 2027", check="yes")))

    assert "A bank holiday. The next Working Day is Tuesday 1 June 2027." in text
    assert "A Saturday. The next Working Day is Monday 7 June 2027." in text
    assert "2 meetings in 2027" in text
    assert "That is 4 fewer than the 6 the terms ask for." in text


def test_clashes_are_said_in_words(borough, panel, planner):
    builders.a_called_meeting(borough, panel, on=date(2027, 2, 4))
    builders.a_called_meeting(borough, builders.a_referral_panel(borough), on=date(2027, 3, 4))

    answer = planner.post(page_of(panel), FIRST_THURSDAYS)
    text = read(answer)

    assert "This body already meets that day." in text
    assert "ART Referral Panel meets that day too." in text
    assert "12 meetings in 2027: 1 called already and 11 ticked here." in text
    assert not re.search(r'<input[^>]*name="keep_2"[^>]*checked', answer.content.decode())


def test_days_past_are_left_out_and_days_too_soon_are_not_ticked(panel, planner):
    text = read(planner.post(page_of(panel, 2026), FIRST_THURSDAYS))

    assert "0 meetings in 2026: 0 called already and 0 ticked here." in text
    assert "A meeting on 3 December 2026 needs 14 clear Working Days' notice" in text


def test_a_pattern_whose_days_have_all_passed_says_so(panel, planner):
    pattern = {"repeats": "weeks", "weeks": "26", "first_on": "7 1 2026", "propose": "yes"}

    assert "Every date of this pattern in 2026 has passed." in read(planner.post(page_of(panel, 2026), pattern))


def test_too_many_dates_are_counted_in_words(panel, planner):
    text = read(planner.post(page_of(panel), {"repeats": "weeks", "weeks": "2", "first_on": "14 1 2027", "propose": "yes"}))

    assert "That is 14 more than the 12 the terms allow." in text


def test_terms_with_no_number_and_no_last_day(borough, planner):
    panel = builders.a_referral_panel(borough)
    panel.terms.update(notice_working_days=None)

    text = read(planner.post(page_of(panel), FIRST_THURSDAYS))

    assert "These terms set no number a year." in text
    assert "These terms set no notice" in text


def test_agree_year_calls_every_ticked_date(panel, planner):
    form = with_rows("7 1 2027", "Thursday 4 February 2027", "x", idempotency_key="k1")
    del form["keep_3"]

    answer = planner.post(page_of(panel), form)
    again = planner.post(page_of(panel), form)

    assert answer.url == again.url == panel.get_absolute_url()
    assert [m.on for m in Meeting.objects.soonest_first()] == [date(2027, 1, 7), date(2027, 2, 4)]
    assert AuditEvent.objects.filter(verb="year.agreed").count() == 1
    assert "Agreed 2 dates for 2027. Notice is on its way" in read(planner.get(answer.url))


def test_agree_year_is_all_or_none_with_the_reason_beside_its_date(panel, planner):
    answer = planner.post(page_of(panel), with_rows("8 12 2026", "17 12 2026", venue="Room zz", at="14.30") | {"idempotency_key": "k"})
    assert answer.status_code == 200
    answer = planner.post(page_of(panel, 2026), with_rows("31 12 2026", "8 12 2026", venue="Room zz", at="14.30"))
    text = answer.content.decode()

    assert re.search(r'id="id_on_2_error".*A meeting on 8 December 2026 needs 14 clear', text)
    for kept in ("Room zz", 'value="14.30"', 'value="31 12 2026"', 'value="8 12 2026"'):
        assert kept in text
    assert not Meeting.objects.exists()


def test_more_than_the_terms_allow_is_refused_whole(panel, planner):
    days = [f"{day} 6 2027" for day in range(1, 14)]

    text = read(planner.post(page_of(panel), with_rows(*days)))

    assert "2027 already has 12 meetings, and the terms allow no more than 12." in text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (with_rows("31 2 2027"), "Date 1 must be a real day, for example 27 3 2027"),
        (with_rows(""), "Enter date 1, or take its tick away"),
        (with_rows("7 1 2028"), "Date 1 must be in 2027"),
        (with_rows("7 1 2027", "2027-01-07"), "Date 2 is there twice"),
        (with_rows("7 1 2027", venue=""), "Enter place or link"),
        (with_rows("7 1 2027", at="25:00"), "Start time must be a time of day"),
        (with_rows("7 1 2027", venue="\x00"), "has a character in it that cannot be saved"),
        (with_rows(), "Tick at least one date"),
        ({"propose": "yes"}, "Answer this question: How often does it meet?"),
        ({"propose": "yes", "repeats": "weeks"}, "Enter weeks from one meeting to the next"),
        ({"propose": "yes", "repeats": "weeks", "weeks": "2", "first_on": "1 1 2028"}, "must be in 2027"),
        ({"propose": "yes", "repeats": "month", "which": "9", "weekday": "3"}, "select one of the answers"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_everything_is_kept(panel, planner, form, said):
    answer = planner.post(page_of(panel), {**form, "first_on": form.get("first_on", "Kept words")})

    assert said in read(answer)
    assert answer.content.decode().count(said) == (1 if said == "Tick at least one date" else 2)
    assert form.get("first_on", "Kept words") in answer.content.decode()
    assert "Error: " in answer.content.decode()
    assert not Meeting.objects.exists()


def test_proposing_again_keeps_the_time_and_place(panel, planner):
    text = planner.post(page_of(panel), {**FIRST_THURSDAYS, **with_rows("x", venue="Room zz", at="quarter past")}).content.decode()

    assert "Room zz" in text
    assert 'value="quarter past"' in text
    assert "There is a problem" not in text


@pytest.mark.parametrize("text", ["", "\x00", "²", "-1", "9" * 30, "1 1 0001", "31 12 9999", "<script>alert(1)</script>"])
def test_nothing_typed_is_an_error_of_ours(panel, planner, text):
    names = ["repeats", "which", "weekday", "weeks", "first_on", "at", "venue", "on_1", "keep_1"]

    for step in ("propose", "check", "agree"):
        for rows in (text, "1", "999"):
            answer = planner.post(page_of(panel), {**dict.fromkeys(names, text), step: "yes", "rows": rows})
            assert answer.status_code == 200
            assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("year", ["2025", "2029", "0", "9999", "9" * 30])
def test_a_year_out_of_reach_is_not_found(panel, planner, year):
    assert planner.get(page_of(panel, year)).status_code == 404


def test_a_body_with_no_terms_says_why_nothing_can_be_called(panel, planner):
    panel.terms.update(state="proposed")

    assert "has no terms in force, so it cannot meet." in read(planner.get(page_of(panel)))
    assert "has no terms in force, so it cannot meet." in read(planner.post(page_of(panel), with_rows("7 1 2027")))


def test_members_look_and_do_not_plan(borough, panel, sign_in):
    for who in ("chair", "head_of_service", "provider_manager"):
        assert sign_in(getattr(borough, who)).get(page_of(panel)).status_code == 403


def test_it_asks_the_same_number_of_questions_for_one_date_or_three(panel, planner):
    def ask(*days):
        with CaptureQueriesContext(connection) as queries:
            assert planner.post(page_of(panel), with_rows(*days, check="yes")).status_code == 200
        return len(queries)

    ask("7 1 2027")

    assert ask("7 1 2027") == ask("7 1 2027", "4 2 2027", "4 3 2027")
