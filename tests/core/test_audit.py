"""The trail can only grow."""

import pytest
from django.db import DatabaseError, connection, transaction

from core import audit
from core.gathering import gathered
from core.models import AuditEvent

pytestmark = pytest.mark.django_db


def an_event(borough):
    return audit.record("thing.done", on=borough.team, by=borough.chair, sentence="Did a thing.")


def test_record_keeps_who_what_and_in_which_role(borough):
    event = an_event(borough)

    assert (event.person_name, event.role, event.sentence) == ("Chair", "CH", "Did a thing.")


def test_many_at_once_are_kept_as_one_by_one(borough):
    audit.record_for_each("thing.done", [borough.team], by=borough.chair, sentence=lambda row: f"Did {row.pk}.")

    one, many = an_event(borough), AuditEvent.objects.get(sentence=f"Did {borough.team.pk}.")
    kept = ("verb", "subject_type", "subject_id", "child_id", "authority_id", "person_id", "person_name", "role")
    assert [getattr(many, name) for name in kept] == [getattr(one, name) for name in kept]


def test_a_gathered_trail_is_written_in_its_order_and_found_meanwhile(borough, django_assert_num_queries):
    assert borough.chair.acting
    with gathered():
        with django_assert_num_queries(0):
            an_event(borough)
            audit.record_for_each("thing.ended", [borough.team], by=borough.chair, sentence="Ended a thing.")
        assert audit.about(borough.team).count() == 2
        audit.record("thing.begun", on=borough.team, by=borough.chair, sentence="Began another.")

    assert list(audit.about(borough.team).order_by("pk").values_list("verb", flat=True)) == ["thing.done", "thing.ended", "thing.begun"]


def test_what_a_deed_gathers_is_written_with_what_is_gathered_around_it(borough, django_assert_num_queries):
    assert borough.chair.acting
    with gathered():
        with django_assert_num_queries(0), gathered():
            an_event(borough)
        audit.record("thing.begun", on=borough.team, by=borough.chair, sentence="Began another.")

    assert list(audit.about(borough.team).order_by("pk").values_list("verb", flat=True)) == ["thing.done", "thing.begun"]


def test_a_gathered_trail_is_not_written_where_its_deeds_are_not_kept(borough):
    def fails():
        with transaction.atomic(), gathered():
            an_event(borough)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert not audit.about(borough.team).exists()
    assert an_event(borough).pk  # and the next is written at once


@pytest.mark.django_db(transaction=True)
def test_the_trail_is_gathered_in_one_transaction_only(borough):
    with pytest.raises(RuntimeError), gathered():
        an_event(borough)


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_trail_refuses_to_be_edited_in_code(borough, deed):
    an_event(borough)

    with pytest.raises(TypeError):
        getattr(AuditEvent.objects.all(), deed)()


@pytest.mark.parametrize(
    "sql", ["UPDATE core_auditevent SET sentence = 'x'", "DELETE FROM core_auditevent"]
)
def test_the_trail_refuses_to_be_edited_in_sql(borough, sql):
    an_event(borough)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert AuditEvent.objects.filter(sentence="Did a thing.").count() == 1
