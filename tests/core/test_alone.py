"""What one writer whom nobody writes beside asks once, and when it is asked again."""

import pytest
from django.db import connection, transaction

from core.alone import alone, while_alone, write_later
from core.models import Organisation, Team
from panels.models import Delegation, SeatHolder
from panels.models.room import people_served
from referrals.models import StatusChange
from tests.panels import builders as panels
from tests.referrals import builders

RENAMES = {
    "by Django": lambda borough: Team.objects.update(name="Another"),
    "by a statement of nobody's": lambda borough: run("UPDATE core_team SET name = 'Another'"),
    "by a statement that says what it writes late": lambda borough: run(
        "WITH one AS (SELECT 1) UPDATE core_team SET name = 'Another'"
    ),
    "taken away": lambda borough: run('DELETE FROM "core_team" WHERE id = 0'),
    "added": lambda borough: Team.objects.bulk_create([Team(slug="new", name="New", organisation=borough.team.organisation)]),
}


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def asked():
    """A question that counts how often it was asked."""
    times = []
    return lambda: times.append(1) or len(times)


def test_a_deed_asks_each_time(asked):
    assert [while_alone("key", asked, Team), while_alone("key", asked, Team)] == [1, 2]


def test_whoever_is_alone_asks_once_for_each_key(asked, db):
    with alone():
        assert [while_alone("key", asked, Team), while_alone("key", asked, Team), while_alone("other", asked, Team)] == [1, 1, 2]
    assert while_alone("key", asked, Team) == 3


@pytest.mark.parametrize("how", RENAMES)
def test_what_was_read_is_asked_again_when_its_table_is_written(borough, asked, how):
    with alone():
        while_alone("key", asked, Organisation, Team)
        RENAMES[how](borough)

        assert while_alone("key", asked, Organisation, Team) == 2


def test_reading_it_and_writing_another_table_forget_nothing(borough, asked):
    with alone():
        while_alone("key", asked, Team)
        list(Team.objects.select_for_update())
        list(Team.objects.filter(pk=1).union(Team.objects.filter(pk=2)))
        Organisation.objects.update(name="Another")

        assert while_alone("key", asked, Team) == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_alone_outside_of_a_transaction():
    with pytest.raises(RuntimeError, match="outside of a transaction"), alone():
        pass


def test_who_is_served_follows_a_seat_given_and_a_delegate_named_by_whoever_is_alone(borough):
    """The one that matters most: nobody's notice is left out for having been asked for before."""
    meeting = panels.a_called_meeting(borough)
    with transaction.atomic(), alone():
        before = people_served(meeting)
        assert people_served(meeting) == before != []
        first = SeatHolder.objects.filter(panel=meeting.panel).order_by("letter").first()
        SeatHolder.objects.filter(pk=first.pk).update(person=borough.finance)
        Delegation.objects.create(
            meeting=meeting, letter=first.letter, holder=borough.finance, delegate=borough.auditor, named_by=borough.finance
        )

        now = [person for _, person in people_served(meeting)]
    assert borough.finance in now
    assert borough.auditor in now
    assert first.person not in now


def test_what_is_written_later_is_there_for_whoever_asks_and_at_the_end_at_the_latest(borough, django_assert_num_queries):
    referral = builders.a_draft_referral(borough)
    with alone():
        with django_assert_num_queries(0):
            for status in ("WITH_TM", "WITH_SM"):
                write_later(StatusChange(referral=referral, was="DRAFT", now=status))
        with django_assert_num_queries(2):
            assert [move.now for move in referral.moves.order_by("pk")][-2:] == ["WITH_TM", "WITH_SM"]
        write_later(StatusChange(referral=referral, was="WITH_SM", now="SENT"))

    assert referral.moves.order_by("pk").last().now == "SENT"


def test_somebody_who_is_not_alone_writes_at_once(borough, django_assert_num_queries):
    referral = builders.a_draft_referral(borough)
    with django_assert_num_queries(1):
        write_later(StatusChange(referral=referral, was="DRAFT", now="WITH_TM"))


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_to_be_written_later_is_kept_of_a_fault(borough):
    referral = builders.a_draft_referral(borough)
    before = StatusChange.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), alone():
        write_later(StatusChange(referral=referral, was="DRAFT", now="WITH_TM")) or 1 / 0

    assert StatusChange.objects.count() == before
