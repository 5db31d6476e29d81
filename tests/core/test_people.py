"""People and roles: asked for by one person, agreed by another, ended at once; trust G13 and G21."""

import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.actions import roles
from core.actions.person import give_role
from core.models import AuditEvent, Message, RoleHeld, RoleProposal, User
from core.models.authority import OrganisationKind
from core.people import (
    LAST,
    AskedRole,
    why_not_answer_role,
    why_not_close_account,
    why_not_end_role,
    why_not_open_account,
    why_not_propose_role,
    why_not_send_link,
    why_not_turn_down_role,
)
from core.roles import Role
from core.rules import RuleBroken
from kpis.measures.to_do.people import roles_to_agree
from tests import people
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def asked(**but):
    facts = {
        "role": Role.FINANCE, "kind": OrganisationKind.COUNCIL, "has_teams": False, "teams_are_theirs": True, "from_on": TODAY, "until_on": None,
        "because": "Needed.",
    }  # fmt: skip
    return AskedRole(**facts | but)


@pytest.mark.parametrize(("role", "says"), [
    (asked(), None), (asked(until_on=TOMORROW), None), (asked(role=Role.PANEL_MEMBER, kind="health"), None),
    (asked(role=Role.TEAM_MANAGER, has_teams=True), None), (asked(role=Role.PROVIDER_MANAGER, kind="provider"), None),
    (asked(because=" "), "Say why they need this role."), (asked(from_on=YESTERDAY), "A role begins today or later."),
    (asked(until_on=TODAY), "The last day comes after the first."), (asked(role=Role.PROVIDER_MANAGER), "This role is for people of a provider."),
    (asked(kind="provider"), "This role is for people of the council."), (asked(role=Role.SOCIAL_WORKER), "Choose the teams that this role is for."),
    (asked(has_teams=True), "Choose teams of that organisation, and only for social workers and their managers."),
    (asked(role=Role.TEAM_MANAGER, has_teams=True, teams_are_theirs=False), "Choose teams of that organisation, and only for social workers and their managers."),
])  # fmt: skip
def test_a_role_fits_where_they_work_and_its_days(role, says):
    found = why_not_propose_role(role, is_own=False, is_closed=False, is_there=False, today=TODAY)

    assert [str(one) for one in found] == ([says] if says else [])


def test_a_role_is_not_asked_for_oneself_nor_twice_nor_for_a_closed_account():
    found = why_not_propose_role(asked(), is_own=True, is_closed=True, is_there=True, today=TODAY)

    assert [str(one) for one in found] == [
        "Nobody gives a role to themselves.", "Their account is closed. Open it again first.",
        "They hold that role there already, or it waits for a second person.",
    ]  # fmt: skip


@pytest.mark.parametrize(("facts", "says"), [
    ({}, []), ({"waits": False}, ["It does not wait for an answer any more."]), ({"is_proposer": True}, ["You asked for it: somebody else agrees."]),
    ({"is_own": True}, ["Nobody agrees a role for themselves."]), ({"may_agree": False}, ["Your role does not agree to roles."]),
    ({"is_closed": True}, ["Their account is closed."]), ({"is_over": True}, ["Its last day has passed. Turn it down, and have it asked for anew."]),
])  # fmt: skip
def test_a_role_is_agreed_by_a_second_person(facts, says):
    usual = {"waits": True, "is_proposer": False, "is_own": False, "may_agree": True, "is_closed": False, "is_over": False}

    assert why_not_answer_role(**usual | facts) == says


@pytest.mark.parametrize(("facts", "says"), [
    ({}, []), ({"may_agree": False, "is_proposer": True}, []), ({"waits": False}, ["It does not wait for an answer any more."]),
    ({"may_agree": False}, ["Only whoever asked for it, or may agree it, turns it down."]), ({"because": ""}, ["Say why not."]),
])  # fmt: skip
def test_a_role_is_turned_down_with_why(facts, says):
    assert why_not_turn_down_role(**{"waits": True, "may_agree": True, "is_proposer": False, "because": "No."} | facts) == says


@pytest.mark.parametrize(("facts", "says"), [
    ({}, []), ({"has_ended": True}, ["That role has ended already."]), ({"until_on": YESTERDAY}, ["A role ends today or later."]),
    ({"is_last_administrator": True}, [LAST]), ({"because": ""}, ["Say why it ends."]),
])  # fmt: skip
def test_a_role_ends_with_why_and_not_the_last_administrators(facts, says):
    usual = {"has_ended": False, "until_on": TODAY, "today": TODAY, "is_last_administrator": False, "because": "Left."}

    assert why_not_end_role(**usual | facts) == says


@pytest.mark.parametrize(("facts", "says"), [
    ({}, []), ({"is_closed": True}, ["This account is closed already."]), ({"is_own": True}, ["Nobody closes their own account."]),
    ({"works_elsewhere": True}, ["They hold a role for another council too. End the roles for yours instead."]),
    ({"is_last_administrator": True}, [LAST]), ({"because": ""}, ["Say why it is closed."]),
])  # fmt: skip
def test_an_account_is_closed_by_somebody_else_with_why(facts, says):
    usual = {"is_own": False, "is_closed": False, "works_elsewhere": False, "is_last_administrator": False, "because": "Left."}

    assert why_not_close_account(**usual | facts) == says


def test_a_closed_account_is_opened_by_somebody_else():
    assert why_not_open_account(is_closed=True, is_own=False) == []
    assert why_not_open_account(is_closed=False, is_own=True) == ["This account is open already.", "Nobody opens their own account."]


FORM = {"role": "FIN", "from_on": "24 11 2026", "because": "She looks after payments now."}


@pytest.fixture
def administrator(borough):
    return borough.administrator.acting_as(Role.ADMINISTRATOR)


@pytest.fixture
def proposal(borough, administrator):
    return roles.propose_role(
        borough.member, role=Role.FINANCE, organisation=borough.council, teams=[], from_on=TODAY, until_on=None, because="Needed.", by=administrator
    )


def test_g13_a_role_asked_for_opens_nothing_until_a_head_of_service_agrees(borough, sign_in):
    page = sign_in(borough.administrator).post(
        reverse("add_person"),
        {**FORM, "full_name": "Ada King", "email": "ada.king@example.org", "job_title": "Payments", "organisation": borough.council.pk},
    )  # fmt: skip
    asked_role = RoleProposal.objects.get()

    assert page.url == asked_role.get_absolute_url()
    assert list(asked_role.person.current_roles) == []
    assert Message.objects.get(kind="role.proposed").person == borough.head_of_service
    assert [thing.url for thing in roles_to_agree(borough.head_of_service)] == [page.url]

    sign_in(borough.head_of_service).post(page.url, {"agrees": "yes"})

    assert [held.role for held in User.objects.get(email="ada.king@example.org").current_roles] == ["FIN"]
    assert AuditEvent.objects.filter(verb__in=["role.proposed", "role.given", "role.agreed"], sentence__contains="Ada King").count() == 3


def test_g13_nobody_gives_a_role_alone_by_any_way(borough, administrator, proposal, sign_in):
    """Not by direct post, not by a second role of their own, not for themselves, and not by an answer sent again."""
    give_role(borough.administrator, Role.HEAD_OF_SERVICE, organisation=borough.council, from_on=TODAY, by=None)
    give_role(borough.member, Role.HEAD_OF_SERVICE, organisation=borough.council, from_on=TODAY, by=None)
    for person in (borough.administrator, borough.member):
        for acting in {held.role for held in User.objects.get(pk=person.pk).current_roles}:
            sign_in(User.objects.get(pk=person.pk), acting).post(proposal.get_absolute_url(), {"agrees": "yes", "note": ""})
    sign_in(borough.administrator, "SYS").post(reverse("propose_role", args=[borough.administrator.reference]), {**FORM, "organisation": borough.council.pk})

    assert not RoleHeld.objects.filter(role="FIN", person__in=[borough.administrator, borough.member]).exists()
    assert RoleProposal.objects.count() == 1

    answer = sign_in(borough.head_of_service).post(proposal.get_absolute_url(), {"agrees": "yes"})
    again = sign_in(borough.head_of_service).post(proposal.get_absolute_url(), {"agrees": "yes"})

    assert (answer.status_code, again.status_code) == (302, 200)
    assert RoleHeld.objects.filter(role="FIN", person=borough.member).count() == 1


def test_g13_the_database_refuses_a_role_agreed_by_one_person(borough, proposal):
    for one in (proposal.proposed_by, proposal.person):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleProposal.objects.update(is_agreed=True, answered_by=one, answered_at=clock.now())


def test_g13_with_the_rule_off_one_person_would_and_the_database_still_says_no(borough, administrator, proposal, monkeypatch):
    """The control: without the rule, whoever asked gets as far as the database."""
    monkeypatch.setattr(roles, "why_not_answer_role", lambda **facts: [])

    with pytest.raises(IntegrityError), transaction.atomic():
        roles.agree_role(proposal, by=administrator)


def test_a_role_is_taken_back_or_turned_down_with_why(borough, administrator, proposal, sign_in):
    sign_in(borough.auditor).post(proposal.get_absolute_url(), {"note": "I would rather not."})
    assert RoleProposal.objects.get().answered_at is None

    sign_in(borough.administrator).post(proposal.get_absolute_url(), {"note": "Asked in error."})

    assert (RoleProposal.objects.get().stands, RoleProposal.objects.get().note) == ("Turned down", "Asked in error.")


def test_g21_a_role_ended_on_its_page_opens_nothing_at_the_next_click(borough, sign_in, client):
    theirs = client.__class__()
    theirs.force_login(borough.finance, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert theirs.get("/contracts").status_code == 200
    held = borough.finance.roles_held.get()

    sign_in(borough.administrator).post(reverse("end_role", args=[borough.finance.reference]), {"held": held.pk, "until_on": "24 11 2026", "because": "Moved."})

    held.refresh_from_db()
    assert (held.until_on, held.why_ended) == (TODAY, "Moved.")
    assert theirs.get("/contracts").status_code == 403


def test_g21_a_closed_account_ends_every_session_and_role(borough, administrator, proposal, sign_in, client):
    theirs = client.__class__()
    theirs.force_login(borough.member, backend="allauth.account.auth_backends.AuthenticationBackend")

    sign_in(borough.administrator).post(reverse("close_account", args=[borough.member.reference]), {"because": "Left."})

    assert theirs.get("/").url.startswith("/sign-in")
    assert list(RoleHeld.objects.held_on(TODAY).filter(person=borough.member)) == []
    assert RoleProposal.objects.get().note == roles.CLOSED

    sign_in(borough.administrator).post(reverse("open_account", args=[borough.member.reference]))

    again = User.objects.get(pk=borough.member.pk)
    assert (again.is_active, again.current_roles) == (True, [])


def test_a_role_whose_last_day_passed_while_it_waited_is_not_agreed(borough, administrator, sign_in):
    late = roles.propose_role(
        borough.member, role=Role.FINANCE, organisation=borough.council, teams=[], from_on=TODAY, until_on=TOMORROW, because="Needed.", by=administrator
    )
    with clock.held_at(TOMORROW):
        answer = sign_in(borough.head_of_service).post(late.get_absolute_url(), {"agrees": "yes"})

    assert "Its last day has passed" in answer.content.decode()
    assert list(User.objects.known_to(None)) == []


def test_a_role_given_today_may_end_today(borough, administrator):
    held = give_role(borough.member, Role.AUDITOR, organisation=borough.council, from_on=TODAY, by=None)

    roles.end_role(held, until_on=TODAY, because="A mistake.", by=administrator)

    assert Role.AUDITOR not in {held.role for held in User.objects.get(pk=borough.member.pk).current_roles}


def test_the_last_system_administrator_is_not_ended(borough, administrator):
    other = give_role(borough.member, Role.ADMINISTRATOR, organisation=borough.council, from_on=TODAY, until_on=TOMORROW, by=None)
    last = borough.administrator.roles_held.get()
    roles.end_role(other, until_on=TODAY, because="A mistake.", by=administrator)

    with pytest.raises(RuleBroken, match="Nobody else is system administrator"):
        roles.end_role(last, until_on=TOMORROW, because="Leaves.", by=administrator)


def test_the_list_is_narrowed_by_role_and_account_and_shows_no_other_councils_people(borough, sign_in):
    elsewhere = people.a_borough("elsewhere")
    give_role(borough.practitioner, Role.PRACTITIONER, organisation=borough.provider, authority=elsewhere.authority, from_on=TODAY, by=None)
    browser = sign_in(borough.administrator)

    everybody, narrowed = (browser.get(reverse("people"), query).context["object_list"] for query in ({}, {"role": "PRV"}))

    assert {person.email.partition("@")[2] for person in everybody} == {"testborough.example"}
    assert narrowed == [borough.practitioner]
    assert browser.get(reverse("person", args=[elsewhere.member.reference])).status_code == 404
    assert [one["held"].authority for one in browser.get(reverse("person", args=[borough.practitioner.reference])).context["held"]] == [borough.authority]


def test_an_account_that_another_council_needs_is_not_closed(borough, administrator):
    elsewhere = people.a_borough("elsewhere")
    give_role(borough.practitioner, Role.PRACTITIONER, organisation=borough.provider, authority=elsewhere.authority, from_on=TODAY, by=None)

    with pytest.raises(RuleBroken, match="another council too"):
        roles.close_account(borough.practitioner, because="Left.", by=administrator)


@pytest.mark.parametrize(("facts", "says"), [
    ({}, []), ({"is_closed": True}, ["Their account is closed. Open it again first."]), ({"is_invented": True}, ["Invented people sign in by a button."]),
    ({"by_directory": True}, ["They sign in by their directory, which keeps their password."]),
    ({"holds_a_role": False}, ["They hold no role today. Ask for one first."]),
])  # fmt: skip
def test_a_link_for_a_password_goes_to_whoever_needs_one(facts, says):
    assert why_not_send_link(**{"is_closed": False, "is_invented": False, "by_directory": False, "holds_a_role": True} | facts) == says


RIGHT = "a long and right pass phrase"
LATER = time.time() + 30 * 86_400


@pytest.fixture
def link(borough, sign_in):
    sign_in(borough.administrator).post(reverse("send_password_link", args=[borough.member.reference]))
    return Message.objects.get(kind="account.password", person=borough.member).link


def test_g37_a_link_sets_a_password_once_signs_nobody_in_and_the_second_factor_is_asked(borough, link, client, settings):
    client.logout()
    said = {"password": RIGHT, "again": RIGHT}

    answer = client.post(link, said)
    used = client.post(link, {"password": "another long pass phrase", "again": "another long pass phrase"})

    assert (answer.status_code, answer.url, used.status_code) == (302, "/sign-in", 404)
    assert client.get("/").url.startswith("/sign-in")
    assert User.objects.get(pk=borough.member.pk).check_password(RIGHT)
    settings.TEST = False
    client.post("/sign-in", {"login": borough.member.email, "password": RIGHT})
    assert client.get("/").url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("said", [{"password": "short", "again": "short"}, {"password": "password1234", "again": "password1234"}, {"password": RIGHT, "again": "x"}, {}])
def test_g37_a_password_that_is_short_known_or_mistyped_is_not_set(borough, link, client, said):
    assert client.post(link, said).status_code == 200
    assert not User.objects.get(pk=borough.member.pk).has_usable_password()


def test_g37_a_link_that_was_changed_has_run_out_or_is_of_a_closed_account_opens_nothing(borough, link, client, monkeypatch):
    other = f"{link[:-1]}{'a' if link[-1] != 'a' else 'b'}"
    assert (client.get(link).status_code, client.get(other).status_code) == (200, 404)
    with monkeypatch.context() as later:
        later.setattr("django.core.signing.time.time", lambda: LATER)
        assert client.get(link).status_code == 404
    User.objects.filter(pk=borough.member.pk).update(is_active=False)
    assert client.get(link).status_code == 404
