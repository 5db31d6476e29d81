"""What is read before a list in one question, written once for each role: every reader's own, whoever was before them."""

from datetime import timedelta

import pytest
from django.db.models import Func, TextField, Value

from core import clock, once
from core.actions.closure import close_day
from core.actions.lists import save_view
from core.closures import closed_days
from core.dated import setting_in_force
from core.lists import kept_views, kept_views_within
from core.models import SavedView, User
from core.written import Question
from referrals.choices import Basis
from referrals.models import Access
from referrals.models.before_a_list import (
    folded,
    read_before_a_list,
    read_before_search,
    teams_of,
)
from referrals.models.cover import standing_in
from referrals.models.told import COLUMNS, Right, few_rights, few_special
from referrals.models.turn import terms_of_each
from tests.people import a_borough
from tests.referrals.builders import a_sent_referral
from tests.referrals.test_told import READERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(borough):
    """Two people of every role, of two authorities, each with a right, a withheld one, a view and a closed day that another has not."""
    other = a_borough("elsewhere")
    referrals = [a_sent_referral(borough), a_sent_referral(other)]
    found = [getattr(each, name) for name in READERS for each in (borough, other)]
    for nth, person in enumerate(found):
        about = referrals[nth % 2]
        Access.objects.create(child=about.child, referral=about, person=person, basis=Basis.NAMED)
        Access.objects.create(child=about.child, organisation=person.acting.organisation, roles=[person.acting.role], basis=Basis.PLACED)
        Access.objects.create(child=about.child, person=person, basis=Basis.PLACED, until_at=clock.now() - timedelta(days=1))
        Access.objects.create(child=referrals[0].child, person=person, withheld_because=f"Because {nth}.", basis=Basis.NAMED)
        save_view(path="/referrals", query="queue=all", name=f"View {nth}", by=person)
    close_day(other.authority, on=clock.today() + timedelta(days=30), name="Elsewhere", by=other.panel_administrator)
    return found


def afresh(person) -> list[Right]:
    return [Right(*row) for row in Access.objects.current().of(person).values_list(*COLUMNS)]


def test_each_reader_is_read_their_own_and_nobody_elses(people):
    for person in people + people[::-1]:
        person, authority = User.objects.get(pk=person.pk), person.acting.authority_id
        views = [view.name for view in SavedView.objects.visible_to(person)]
        teams, days, terms = teams_of(authority), closed_days(authority), terms_of_each([authority])

        once._begin(environ={"REQUEST_METHOD": "GET"})
        read_before_a_list(person, "/referrals")

        assert sorted(few_rights(person), key=str) == sorted(afresh(person), key=str)
        assert sorted(few_special(person), key=str) == sorted((right for right in afresh(person) if right.withheld_because or right.basis in {"named", "break glass"}), key=str)
        assert [view.name for view in kept_views(person, "/referrals")] == views
        assert (teams_of(authority), closed_days(authority), terms_of_each([authority])) == (teams, days, terms)
        assert standing_in(person) == []
        once._end()


@pytest.mark.parametrize("typed", ["O’Brien", "Siân", "%s", "%", "'; DROP TABLE x; --", "a" * 100, "\x01 the value at 3 \x01"])
def test_a_search_reads_the_readers_own_rights_and_what_they_typed(people, typed):
    for person in (people[0], people[3], people[-1], people[0]):
        expected = folded(typed)
        once._begin(environ={"REQUEST_METHOD": "GET"})
        read_before_search(person, typed)

        assert sorted(few_rights(person), key=str) == sorted(afresh(person), key=str)
        assert folded(typed) == expected
        once._end()


def test_what_begins_later_or_is_over_is_read_as_the_clock_stands(people):
    """The moment and the day are sent with each question, and are not those of the first."""
    person = people[0]
    right = Access.objects.current().of(person).filter(basis=Basis.NAMED, withheld_because="").get()
    seen = []
    for until_at in (None, clock.now() - timedelta(seconds=1), clock.now() + timedelta(hours=1)):
        Access.objects.filter(pk=right.pk).update(until_at=until_at)
        once._begin(environ={"REQUEST_METHOD": "GET"})
        read_before_a_list(person, "/referrals")
        seen.append(len(few_rights(person)))
        once._end()

    assert seen[0] == seen[1] + 1 == seen[2]


def test_columns_come_as_django_makes_them_with_every_value(people, settings):
    """Records and words, for each value; where a value is none it is another question, written anew."""
    made, settings.QUESTIONS_ARE_COMPARED = [], False

    def views(person, path, authority):
        made.append(person)
        upper = Func(Value(path), function="upper", output_field=TextField())
        return User.objects.filter(pk=person).values_list(kept_views_within(person, path), setting_in_force("none such", authority), upper)

    ask = Question(views)
    for person, path, authority in ((people[0], "/referrals", 1), (people[1], "/referrals", 2), (people[1], "/children", 1), (people[1], "/referrals", None)):
        ((kept, value, upper),) = ask(person.pk, path, authority)
        assert [view.name for view in kept] == [view.name for view in SavedView.objects.visible_to(person).filter(path=path)]
        assert (value, upper) == (None, path.upper())
    assert len(made) == 2


def test_a_question_that_changes_one_of_its_values_is_not_written_once(people):
    """A part of a word is sent with signs around it, and would be sent as the word it was written with."""
    ask = Question(lambda person, part: User.objects.filter(pk=person, full_name__contains=part).values_list("pk"))

    with pytest.raises(ValueError, match="sent as it is"):
        ask(people[0].pk, "a")
