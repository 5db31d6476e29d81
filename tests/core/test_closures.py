"""The calendar of Working Days: closed ahead, followed by open deadlines, and never changing what was judged."""

from datetime import date, timedelta

import pytest

from core import clock
from core.actions.closure import close_day, reopen_day
from core.closures import working_days_of
from core.rules import RuleBroken
from kpis.measures.to_do import thing
from panels.models.served import proclaimed_since
from referrals.models import Telling
from tests import people
from tests.panels import builders
from tests.panels.views.test_queries import questions
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db
PAGE = "/admin/working-days"
DAY = date(2026, 11, 27)  # a Friday; the tests' clock stands on the Tuesday before


def test_p2_an_open_deadline_follows_a_closed_day_and_another_authority_does_not(borough):
    elsewhere = people.a_borough("elsewhere")
    referral = referrals.a_sent_referral(borough)
    before = referral.due_on
    assert before == date(2026, 11, 26)

    closure = close_day(borough.authority, on=before, name="Offices closed", by=borough.administrator)

    assert referral.due_on == DAY
    assert working_days_of(borough.authority.pk).add(date(2026, 11, 25), 1) == DAY
    assert working_days_of(elsewhere.authority.pk).is_working(before)
    reopen_day(closure, by=borough.administrator)
    assert referral.due_on == before


def test_p2_what_is_due_that_day_moves_to_the_next_working_day(borough):
    referral = referrals.a_sent_referral(borough)
    rows = [
        Telling.objects.create(child=referral.child, referral=referral, teller=referral.author, words="x", due_on=on)
        for on in (DAY, DAY - timedelta(days=1))
    ]

    close_day(borough.authority, on=DAY, name="Offices closed", by=borough.administrator)

    for row in rows:
        row.refresh_from_db()
    assert [row.due_on for row in rows] == [date(2026, 11, 30), date(2026, 11, 26)]


def test_p2_to_do_counts_by_the_calendar_of_whoever_it_is_for(borough):
    close_day(borough.authority, on=DAY, name="Offices closed", by=borough.administrator)

    thing.count_for(borough.administrator)

    assert thing.calendar().add(date(2026, 11, 26), 1) == date(2026, 11, 30)


def test_i15_a_holiday_proclaimed_after_service_warns_and_undoes_nothing(borough):
    panel = builders.a_steering_group(borough)
    meeting = builders.a_called_meeting(borough, panel, on=date(2026, 12, 15))  # the last day for notice is today
    assert proclaimed_since(meeting) == []

    close_day(borough.authority, on=date(2026, 12, 8), name="A state occasion", kind="holiday", by=borough.administrator)

    meeting.refresh_from_db()
    assert meeting.last_day_for_notice == clock.today()
    assert (meeting.breach, meeting.status) == ("", "called")
    assert proclaimed_since(meeting) == [
        "8 December 2026 has become a holiday since notice was served. Notice stands as it was judged then."
    ]
    with pytest.raises(RuleBroken, match="the last day to give it was 23 November 2026"):
        builders.a_called_meeting(borough, panel, on=date(2026, 12, 15))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 24), "is not to come"),
        (date(2026, 11, 28), "is a Saturday"),
        (date(2026, 12, 25), "is a bank holiday already"),
    ],
)
def test_p2_only_a_working_day_to_come_is_closed(borough, on, said):
    with pytest.raises(RuleBroken, match=said):
        close_day(borough.authority, on=on, name="x", by=borough.administrator)


def test_p2_the_administrator_keeps_it_on_a_page_and_another_authoritys_is_not_there(borough, sign_in):
    client = sign_in(borough.administrator)
    typed = {"on": "27 11 2026", "name": "Kept words", "kind": "closure"}

    wrong = client.post(f"{PAGE}/close", {**typed, "on": "28 11 2026"}).content.decode()
    assert "is a Saturday, which does not count already" in wrong
    assert "Kept words" in wrong
    assert client.post(f"{PAGE}/close", typed).status_code == 302

    assert "Kept words" in client.get(PAGE).content.decode()
    closure = borough.authority.closures.get()
    elsewhere = people.a_borough("elsewhere")
    assert "Kept words" not in sign_in(elsewhere.administrator).get(PAGE).content.decode()
    assert sign_in(elsewhere.administrator).post(f"{PAGE}/{closure.reference}/reopen").status_code == 404
    assert sign_in(borough.social_worker).get(f"{PAGE}/close").status_code == 403
    sign_in(borough.administrator).post(f"{PAGE}/{closure.reference}/reopen")
    closure.refresh_from_db()
    assert closure.removed_by == borough.administrator
    with pytest.raises(RuleBroken, match="open already"):
        reopen_day(closure, by=borough.administrator)


def test_p2_the_page_asks_the_same_number_of_questions_for_one_closed_day_or_three(borough, sign_in):
    client = sign_in(borough.administrator)
    close_day(borough.authority, on=DAY, name="One", by=borough.administrator)
    before = questions(client, PAGE)

    for n in (3, 4):
        closure = close_day(borough.authority, on=DAY + timedelta(days=n), name=f"Day {n}", by=borough.administrator)
    reopen_day(closure, by=borough.administrator)

    assert questions(client, PAGE) == before


def test_p2_closed_days_are_read_once_for_one_request_and_never_kept_for_the_next(borough, sign_in):
    client = sign_in(borough.administrator)
    client.get("/")

    close_day(borough.authority, on=DAY, name="Offices closed", by=borough.administrator)

    assert not working_days_of(borough.authority.pk).is_working(DAY)
