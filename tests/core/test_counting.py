"""Counting a list no further than is said: each row once however many parts have it, and no part looked at once it is known."""

import pytest
from django.db import DataError, transaction

from core.counting import Counts
from core.keyset import Part
from referrals.models import Child
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def count_each(queries, most, *, whole=None):
    return Counts(lambda: queries, most, whole=whole)()


def count_up_to(rows, most):
    return count_each([rows], most)[0]


@pytest.fixture
def children(borough):
    """Five children: three named A, of whom one has a restricted record as do two others."""
    names = ("Ann", "Ada", "Amy", "Ben", "Bea")
    rows = [builders.a_child(borough, full_name=f"{name} Quill") for name in names]
    Child.objects.filter(pk__in=[rows[2].pk, rows[3].pk, rows[4].pk]).update(is_restricted=True, restricted_because="Kept.")
    return Child.objects.filter(pk__in=[row.pk for row in rows])


def parts(children):
    return [Part(children.filter(full_name__startswith="A"), "full_name"), Part(children.filter(is_restricted=True), "full_name")]


@pytest.mark.parametrize(("most", "found"), [(2, (2, True)), (3, (3, True)), (4, (4, True)), (5, (5, False)), (6, (5, False))])
def test_p1_a_row_in_two_parts_is_counted_once_and_no_further_than_is_said(children, most, found):
    assert count_up_to(parts(children), most) == found


@pytest.mark.parametrize("most", range(1, 8))
def test_p1_several_counts_in_one_question_are_those_asked_one_by_one(children, most, django_assert_num_queries):
    queries = [parts(children), children.filter(full_name__startswith="B"), children, [], [Part(children.none(), "full_name")], children.none()]
    one_by_one = [(min(len(rows), most), len(rows) > most) for rows in ([0] * 5, [0] * 2, [0] * 5, [], [], [])]

    with django_assert_num_queries(1):
        assert count_each(queries, most) == one_by_one
    with django_assert_num_queries(1):
        assert count_each(queries, most, whole=2) == one_by_one


def test_p1_what_need_not_be_known_is_not_looked_at(children):
    """A part that would fail is behind one that has enough, and a whole that would fail behind a queue that has enough; the controls fail."""
    fails = Child.objects.extra(where=["1 / (referrals_child.id - referrals_child.id) = 1"])
    first = Part(children.filter(full_name__startswith="A"), "full_name")

    assert count_up_to([first, Part(fails, "full_name")], 2) == (2, True)
    assert count_each([children, fails], 4, whole=1) == [(4, True), (4, True)]
    for asked in (lambda: count_up_to([first, Part(fails, "full_name")], 3), lambda: count_each([children, fails], 5, whole=1), lambda: count_each([children, fails], 4)):
        with pytest.raises(DataError, match="division by zero"), transaction.atomic():
            asked()
