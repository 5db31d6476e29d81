"""References: one that is taken is drawn again, by the statement that adds the record."""

import random

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from core import references
from core.models import Document, SavedView, User
from core.references import ReferenceField, drawn_from, new_reference

pytestmark = pytest.mark.django_db


class Loaded(random.Random):
    """A source that gives the same six signs a number of times, and others after."""

    def __init__(self, times):
        super().__init__(4)
        self.left = times * 6

    def choice(self, seq):
        self.left -= 1
        return seq[0] if self.left >= 0 else super().choice(seq)


def a_view(person, **facts):
    return SavedView.objects.create(person=person, name=new_reference(), path="/referrals", **facts)


def test_a_reference_that_is_taken_is_drawn_again_in_the_same_statement(borough, monkeypatch):
    monkeypatch.setattr(references, "_system", Loaded(times=5))
    taken = SavedView.objects.create(person=borough.chair, name="first", path="/referrals")

    with CaptureQueriesContext(connection) as asked:
        second = SavedView.objects.create(person=borough.chair, name="second", path="/referrals")

    assert str(taken.reference) == "222-222"
    assert second.reference != taken.reference
    assert len(asked) == 1
    assert SavedView.objects.get(name="second").reference == second.reference


def test_many_at_once_are_drawn_again_as_well(borough, monkeypatch):
    a_view(borough.chair, reference="222-222")
    monkeypatch.setattr(references, "_system", Loaded(times=1))
    rows = SavedView.objects.bulk_create(SavedView(person=borough.chair, name=name, path="/referrals") for name in "abc")

    assert len({row.reference for row in rows} | {"222-222"}) == 4
    assert {row.reference for row in rows} == set(SavedView.objects.filter(name__in="abc").values_list("reference", flat=True))


def test_a_chosen_reference_that_is_taken_is_refused(borough):
    a_view(borough.chair, reference="RK4-7QX")

    with pytest.raises(IntegrityError):
        a_view(borough.chair, reference="RK4-7QX")


def test_a_seeded_source_gives_the_same_references_also_where_one_is_taken(borough):
    def three():
        with drawn_from(Loaded(times=2)):
            rows = [SavedView.objects.create(person=borough.chair, name=name, path="/referrals") for name in "abc"]
        SavedView.objects.all().delete()
        return [row.reference for row in rows]

    first = three()

    assert three() == first
    assert len(set(first)) == 3


def test_every_reference_that_must_be_unique_is_drawn_again():
    drawn = [field for model in apps.get_models() for field in model._meta.local_fields if field.default is new_reference and field.unique]

    assert {Document._meta.get_field("reference"), User._meta.get_field("reference")} <= set(drawn)
    assert [str(field) for field in drawn if not isinstance(field, ReferenceField)] == []
