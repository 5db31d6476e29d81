"""Roles asked for, agreed by a second person and ended; accounts closed and opened again."""

from datetime import date

from django.db import transaction

from core import audit, clock, post
from core.actions.person import add_person, give_role
from core.dates import day_in_words
from core.models import Authority, Organisation, RoleHeld, RoleProposal, Team, User
from core.people import (
    AskedRole,
    why_not_answer_role,
    why_not_close_account,
    why_not_end_role,
    why_not_open_account,
    why_not_propose_role,
    why_not_turn_down_role,
)
from core.references import new_reference
from core.roles import PERMISSIONS, Permission, Role
from core.rules import refuse_if

MOST_TOLD = 20
CLOSED = "The account was closed meanwhile."


def _lock(authority_id: int) -> None:
    """One change of people and roles at a time, so that of two each is judged by what the other did."""
    Authority.objects.select_for_update(of=("self",)).get(pk=authority_id)


def _is_last_administrator(person: User, authority_id: int, on: date) -> bool:
    """Whether nobody else would be system administrator of this council on a day, where this person is one."""
    keepers = User.objects.holding(Role.ADMINISTRATOR, on=on, authority=authority_id)
    is_one = person.roles_held.held_on(on).filter(role=Role.ADMINISTRATOR, authority=authority_id).exists()
    return is_one and not keepers.exclude(pk=person.pk).exists()


@transaction.atomic
def add_person_with_role(*, full_name: str, email: str, job_title: str, organisation: Organisation, by: User, **asked) -> RoleProposal:
    """Make an account that opens nothing, and ask for its first role; until that is agreed nobody is there to sign in as."""
    person = add_person(full_name=full_name, email=email, organisation=organisation, job_title=job_title, by=by)
    return propose_role(person, organisation=organisation, by=by, **asked)


@transaction.atomic
def propose_role(person: User, *, role: str, organisation: Organisation, teams: list[Team], from_on: date,
                 until_on: date | None, because: str, by: User) -> RoleProposal:  # fmt: skip
    """Ask that somebody is given a role; those who may agree are told, and nothing is open before one does."""
    authority_id = by.acting.authority_id
    _lock(authority_id)
    same = {"person": person, "role": role, "organisation": organisation, "authority": authority_id}
    is_there = RoleProposal.objects.waiting().filter(**same).exists() or RoleHeld.objects.held_on(from_on).filter(**same).exists()

    refuse_if(why_not_propose_role(
        AskedRole(role, organisation.kind, bool(teams), all(team.organisation_id == organisation.pk for team in teams), from_on, until_on, because),
        is_own=person == by, is_closed=not person.is_active, is_there=is_there, today=clock.today(),
    ))  # fmt: skip

    proposal = RoleProposal.objects.create(
        person=person, role=role, organisation=organisation, authority_id=authority_id, from_on=from_on, until_on=until_on,
        because=because[:300], proposed_by=by,
    )  # fmt: skip
    proposal.teams.set(teams)
    _tell_who_agrees(proposal, by)

    audit.record(
        "role.proposed", on=proposal, by=by, sentence=f"Asked that {person.full_name} may act as {proposal} from {day_in_words(from_on)}."
    )
    return proposal


def _tell_who_agrees(proposal: RoleProposal, by: User) -> None:
    """Write to whoever may agree, by reference only."""
    agree = [role for role, opened in PERMISSIONS.items() if Permission.AGREE_ROLES in opened]
    people = User.objects.holding(*agree, authority=proposal.authority_id).exclude(pk__in=[by.pk, proposal.person_id])
    post.send_each(
        "role.proposed", people.order_by("pk")[:MOST_TOLD], key=f"role:{proposal.reference}",
        subject=f"Role {proposal.reference} waits for a second person", link=proposal.get_absolute_url(), about=proposal,
        body="A role was asked for. Read for whom and why, then agree or turn it down.",
    )  # fmt: skip


def _locked(proposal: RoleProposal) -> RoleProposal:
    _lock(proposal.authority_id)
    found = RoleProposal.objects.select_related("person", "organisation", "authority")
    return found.select_for_update(of=("self",)).get(pk=proposal.pk)


def _may_agree(proposal: RoleProposal, by: User) -> bool:
    return by.can(Permission.AGREE_ROLES) and by.acting.authority_id == proposal.authority_id


@transaction.atomic
def agree_role(proposal: RoleProposal, *, by: User) -> RoleHeld:
    """A second person agrees, and the role is held from its day, or from today where that has passed."""
    proposal = _locked(proposal)

    refuse_if(why_not_answer_role(
        waits=proposal.answered_at is None, is_proposer=by.pk == proposal.proposed_by_id, is_own=by.pk == proposal.person_id,
        may_agree=_may_agree(proposal, by), is_closed=not proposal.person.is_active,
        is_over=proposal.until_on is not None and proposal.until_on <= clock.today(),
    ))  # fmt: skip

    held = give_role(
        proposal.person, proposal.role, organisation=proposal.organisation, authority=proposal.authority,
        teams=list(proposal.teams.all()), from_on=max(proposal.from_on, clock.today()), until_on=proposal.until_on, by=by,
    )  # fmt: skip
    _answer(proposal, is_agreed=True, note="", by=by)

    audit.record("role.agreed", on=proposal, by=by, sentence=f"Agreed that {proposal.person.full_name} may act as {proposal}.")
    return held


@transaction.atomic
def turn_down_role(proposal: RoleProposal, *, note: str, by: User) -> RoleProposal:
    """Whoever may agree says no, or whoever asked takes it back; nothing is held."""
    proposal = _locked(proposal)

    refuse_if(why_not_turn_down_role(
        waits=proposal.answered_at is None, may_agree=_may_agree(proposal, by), is_proposer=by.pk == proposal.proposed_by_id, because=note,
    ))  # fmt: skip

    _answer(proposal, is_agreed=False, note=note, by=by)

    audit.record("role.turned_down", on=proposal, by=by, sentence=f"{proposal.person.full_name} is not to act as {proposal}.")
    return proposal


def _answer(proposal: RoleProposal, *, is_agreed: bool, note: str, by: User) -> None:
    proposal.is_agreed, proposal.answered_by, proposal.answered_at, proposal.note = is_agreed, by, clock.now(), note[:300]
    proposal.save()
    if proposal.proposed_by_id != by.pk:
        word = "agreed" if is_agreed else "turned down"
        post.send(
            "role.answered", key=f"role:{proposal.reference}:answered", to=proposal.proposed_by, about=proposal,
            subject=f"Role {proposal.reference} is {word}", body="Its page says what follows.", link=proposal.get_absolute_url(),
        )  # fmt: skip


@transaction.atomic
def end_role(held: RoleHeld, *, until_on: date, because: str, by: User) -> RoleHeld:
    """A role is over from a day on; from today it opens nothing at the next request."""
    _lock(held.authority_id)
    held = RoleHeld.objects.select_for_update(of=("self",)).select_related("person", "organisation").get(pk=held.pk)
    until_on = max(until_on, held.from_on)

    refuse_if(why_not_end_role(
        has_ended=held.until_on is not None and held.until_on <= until_on, until_on=until_on, today=clock.today(), because=because,
        is_last_administrator=held.role == Role.ADMINISTRATOR and _is_last_administrator(held.person, held.authority_id, until_on),
    ))  # fmt: skip

    held.until_on, held.why_ended = until_on, because[:300]
    held.save()

    audit.record(
        "role.ended", on=held, by=by, sentence=f"{held.person.full_name} does not act as {held} from {day_in_words(until_on)}."
    )
    return held


@transaction.atomic
def close_account(person: User, *, because: str, by: User) -> User:
    """Nobody signs in by it any more; its roles end, every session of it is over, and what waits for a second person is dropped."""
    today, authority_id = clock.today(), by.acting.authority_id
    _lock(authority_id)
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    current = RoleHeld.objects.filter(person=person).exclude(until_on__lte=today)

    refuse_if(why_not_close_account(
        is_own=person == by, is_closed=not person.is_active, works_elsewhere=current.exclude(authority=authority_id).exists(),
        is_last_administrator=_is_last_administrator(person, authority_id, today), because=because,
    ))  # fmt: skip

    for held in current.select_for_update(of=("self",)):
        held.until_on, held.why_ended = max(today, held.from_on), because[:300]
        held.save()
    for proposal in person.roles_proposed.waiting().filter(authority=authority_id):
        _answer(proposal, is_agreed=False, note=CLOSED, by=by)
    person.is_active, person.why_closed, person.session_mark = False, because[:300], new_reference()
    person.save()

    audit.record("account.closed", on=person, by=by, sentence=f"Closed the account of {person.full_name}.")
    return person


@transaction.atomic
def open_account(person: User, *, by: User) -> User:
    """It may sign in again, and opens nothing until a role is agreed."""
    _lock(by.acting.authority_id)
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)

    refuse_if(why_not_open_account(is_closed=not person.is_active, is_own=person == by))

    person.is_active, person.why_closed = True, ""
    person.save()

    audit.record("account.opened", on=person, by=by, sentence=f"Opened the account of {person.full_name} again.")
    return person
