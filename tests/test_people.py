"""The borough that tests begin with is the same whether it was made or written again."""

import pytest

from contracts.actions.books import readers_of
from core.actions.authority import add_organisation
from core.actions.person import give_role
from core.models import AuditEvent, RoleHeld, User
from core.roles import Role
from referrals.actions.message import _holding
from referrals.actions.signing import signers_for
from referrals.actions.undoing import _other_managers
from referrals.views.access import _people_round
from referrals.views.around import people_who_lead
from tests import people
from tests.architecture.code import name_of, sources
from tests.conftest import TODAY
from tests.contracts.benefit_builders import a_contract
from tests.referrals import builders as referrals

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


@pytest.fixture
def referral(borough):
    return referrals.a_sent_referral(borough)


@pytest.fixture
def crossed(borough, referral):
    """Somebody who signs for the other team and is something else here; somebody who managed this provider and now manages another."""
    other = add_organisation(slug="another", name="Another", kind="provider", authority=None, by=None)
    both, moved = borough.other_team_manager, borough.practitioner
    give_role(both, Role.SOCIAL_WORKER, organisation=borough.council, authority=borough.authority, teams=[borough.team], from_on=people.SINCE, by=None)
    give_role(
        moved, Role.PROVIDER_MANAGER, organisation=borough.provider, authority=borough.authority, from_on=people.SINCE, until_on=TODAY, by=None
    )
    moved.roles_held.filter(role=Role.PRACTITIONER).update(until_on=TODAY)
    give_role(moved, Role.PROVIDER_MANAGER, organisation=other, authority=borough.authority, from_on=TODAY, by=None)
    return both, moved


def test_a_role_for_one_team_and_another_for_the_other_are_not_taken_together(borough, referral, crossed):
    both, _ = crossed
    found = {
        "signs": signers_for(referral), "reads messages": _holding(Role.TEAM_MANAGER, referral),
        "agrees an undoing": _other_managers(referral.child, borough.social_worker), "is near the child": _people_round(referral.child, borough.social_worker),
    }  # fmt: skip

    assert [what for what, told in found.items() if both in told] == []
    assert [what for what, told in found.items() if borough.team_manager not in told] == []


def test_a_role_that_ended_at_one_provider_and_another_elsewhere_are_not_taken_together(borough, crossed):
    _, moved = crossed
    contract, manager = a_contract(borough), borough.provider_manager.acting_as(Role.PROVIDER_MANAGER)
    found = {"is told of payments": readers_of(contract, Role.PROVIDER_MANAGER), "leads support": people_who_lead(manager)}

    assert [what for what, told in found.items() if moved in told] == []
    assert [what for what, told in found.items() if manager not in told] == []


def test_no_other_place_asks_a_role_and_where_it_is_held_in_two_steps():
    """Everybody who holds a role is asked for by `holding`, which asks one row; these ask for no role at all."""
    no_role = {"core/letters.py", "referrals/models/on_call.py", "panels/views/seats.py", "core/models/user.py"}
    asking = {name_of(path) for path, _ in sources("**/*.py") if "roles_held__" in path.read_text()}

    assert asking == no_role
