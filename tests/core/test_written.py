"""Questions written once: kept under all that they depend on, let go when they were not asked lately, and compared where they are tested."""

import pytest
from django.db.models.functions import Upper

from core.models import Organisation
from core.written import Records, Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(borough):
    for name in ("Ash", "Birch", "Cedar"):
        Organisation.objects.create(slug=name.lower(), name=name, kind="council", authority=borough.authority)
    return Organisation.objects.order_by("name")


def called(rows):
    return Records(lambda name: rows.filter(name=name))


def asked(shelf, rows, name, *, key="called") -> list:
    return [one.name for one in shelf.ask("stands so", key, called(rows), name)]


@pytest.fixture
def written(monkeypatch):
    """The questions written, one for each time."""
    found, write = [], Records._written
    monkeypatch.setattr(Records, "_written", lambda self, values: found.append(self) or write(self, values))
    return found


def test_a_question_is_kept_under_its_key_and_sent_other_values(names, settings, written):
    settings.QUESTIONS_ARE_COMPARED, shelf = False, Shelf(10)

    assert [asked(shelf, names, name) for name in ("Ash", "Birch", "Elm")] == [["Ash"], ["Birch"], []]
    assert len(written) == 1
    assert written[0]._make is None
    shelf.clear()
    assert asked(shelf, names, "Ash") == ["Ash"]
    assert len(written) == 2


def test_those_asked_least_lately_are_let_go(names, settings, written):
    settings.QUESTIONS_ARE_COMPARED, shelf = False, Shelf(2)
    for key in ("ash", "birch", "ash", "cedar", "ash"):
        asked(shelf, names, "Ash", key=key)
    assert len(written) == 3
    asked(shelf, names, "Ash", key="birch")
    assert len(written) == 4


def test_where_it_is_not_known_how_somebody_stands_each_is_written_anew(names, written):
    shelf = Shelf(2)
    for _ in range(3):
        assert [one.name for one in shelf.ask(None, "called", called(names), "Ash")] == ["Ash"]
    assert len(written) == 3


def test_one_that_depends_on_more_than_its_key_refuses_where_it_is_compared(names, settings):
    """The control: as it is served, the second would be answered with the words of the first."""
    shelf = Shelf(2)
    assert asked(shelf, names, "Ash") == ["Ash"]
    with pytest.raises(ValueError, match="would be written otherwise now"):
        asked(shelf, names.exclude(name="Ash"), "Ash")

    settings.QUESTIONS_ARE_COMPARED = False
    assert asked(shelf, names.exclude(name="Ash"), "Ash") == ["Ash"]


def test_what_can_give_nothing_asks_nothing(names, django_assert_num_queries):
    nothing = Records(lambda name: names.filter(name=name, pk__in=[]))
    with django_assert_num_queries(0):
        assert nothing("Ash") == nothing("Birch") == []


def test_records_are_as_django_makes_them_with_what_is_joined_and_annotated(names, django_assert_num_queries):
    asked = names.select_related("authority").annotate(also=Upper("name"))
    for name in ("Ash", "Cedar"):
        (one,), (other,) = Records(lambda name: asked.filter(name=name))(name), asked.filter(name=name)
        with django_assert_num_queries(0):
            assert (one, one.authority, one.also, one._state.db, one._state.adding) == (other, other.authority, name.upper(), other._state.db, False)
