"""The borough that tests begin with is the same whether it was made or written again."""

import pytest

from core.actions.person import give_role
from core.models import AuditEvent, RoleHeld, User
from core.roles import Role
from tests import people

pytestmark = pytest.mark.django_db


def told(borough):
    """What there is, in words that no key stands in."""
    held = {(row.person.email, row.role, row.organisation.slug, *sorted(team.slug for team in row.teams.all())) for row in RoleHeld.objects.all()}
    return held, sorted(borough.people), sorted(AuditEvent.objects.values_list("verb", "sentence"))


def test_a_borough_written_again_is_the_one_that_was_made(borough):
    again = told(borough)
    assert all(person.pk and type(person).objects.get(pk=person.pk) == person for person in borough.people.values())
    made = told(people.a_borough("elsewhere"))
    assert [len(part) for part in made] == [2 * len(again[0]), len(again[1]), 2 * len(again[2])]


def test_nothing_that_making_a_borough_writes_is_left_out(django_assert_max_num_queries, db):
    with django_assert_max_num_queries(400) as asked:
        people.a_borough("elsewhere")
    tables = {query["sql"].split('"')[1] for query in asked.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))}
    assert tables == {model._meta.db_table for model in people.WRITTEN}


def test_what_one_test_does_to_a_person_is_not_met_in_the_next(borough):
    first = people.pickle.loads(people._kept[0])[0]
    borough.chair.full_name = "Somebody Else"
    assert first.chair.full_name == "Chair"


def test_whoever_holds_a_role_elsewhere_and_had_another_here_does_not_hold_it_here(borough):
    elsewhere = people.a_borough("elsewhere")
    there = elsewhere.panel_administrator
    give_role(
        there, Role.SOCIAL_WORKER, organisation=borough.council, authority=borough.authority, teams=[borough.team], from_on=people.SINCE, by=None
    )

    assert there not in User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=borough.authority)
    assert there in User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=elsewhere.authority)
    assert borough.panel_administrator in User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=borough.authority)
