"""The roles of a person, asked with every page by a question that is written once: each person's own, as they stand on that day."""

from datetime import timedelta

import pytest
from django.db.models import F

from core import clock
from core.models import RoleHeld, User
from core.models.role_held import ROLES_OF
from core.written import Records
from tests.people import a_borough

pytestmark = pytest.mark.django_db


def as_django_reads(person, day):
    return RoleHeld.objects.filter(person=person).held_on(day).select_related("authority", "organisation").with_teams().order_by("pk")


def columns(held) -> dict:
    return {field.attname: getattr(held, field.attname) for field in held._meta.concrete_fields}


def test_everybodys_roles_are_their_own_one_after_another(borough, django_assert_num_queries):
    a_borough("elsewhere")
    today, people = clock.today(), list(User.objects.order_by("pk"))

    for person in people + people[::-1]:
        expected = list(as_django_reads(person, today))
        with django_assert_num_queries(1):
            found = person.current_roles
            told = [(held.person, held.authority, held.organisation, held.team_ids) for held in found]
        assert [columns(held) for held in found] == [columns(held) for held in expected]
        assert told == [(person, held.authority, held.organisation, held.team_ids) for held in expected]
        assert [held._state.adding for held in found] == [False] * len(found)
        del person.current_roles
    assert sum(len(ROLES_OF(person.pk, today)) for person in people) > 20


def test_a_role_is_there_on_its_first_day_and_not_on_its_last(borough):
    person, today = borough.team_manager, clock.today()
    RoleHeld.objects.filter(person=person).update(from_on=today, until_on=today + timedelta(days=2))

    days = [today + timedelta(days=nth) for nth in (-1, 0, 1, 2)]
    assert [len(ROLES_OF(person.pk, day)) for day in days] == [0, 1, 1, 0]


def test_g36_a_role_that_ended_opens_nothing_from_the_next_page_on(borough, sign_in):
    client = sign_in(borough.team_manager)
    assert client.get("/referrals?queue=all").status_code == 200

    RoleHeld.objects.filter(person=borough.team_manager).update(until_on=clock.today(), from_on=F("from_on") - timedelta(days=1))

    assert client.get("/referrals?queue=all").status_code in {302, 403}


def test_a_record_without_what_is_joined_to_it_has_none(borough):
    """A role held for no authority is read with none, and no question is asked for it afterwards."""
    ask = Records(lambda role: RoleHeld.objects.filter(pk=role).select_related("authority"))
    held = RoleHeld.objects.filter(person=borough.chair).get()
    assert ask(held.pk)[0].authority == borough.authority
    RoleHeld.objects.filter(pk=held.pk).update(authority=None)

    assert ask(held.pk)[0].authority is None
