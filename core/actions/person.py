"""People and the roles they hold."""

from datetime import date

from django.db import transaction

from core import audit
from core.models import Authority, Organisation, RoleHeld, Team, User
from core.rules import refuse_if


@transaction.atomic
def add_person(*, full_name: str, email: str, organisation: Organisation, job_title: str = "",
               telephone: str = "", is_demonstration: bool = False, by: User | None) -> User:  # fmt: skip
    """Make an account without a password; the person sets one, or their directory signs them in."""
    taken = User.objects.filter(email__iexact=email).exists()

    refuse_if(["Somebody already signs in with that address."] if taken else [])

    person = User(
        full_name=full_name,
        email=email.lower(),
        organisation=organisation,
        job_title=job_title,
        telephone=telephone,
        is_demonstration=is_demonstration,
    )
    person.set_unusable_password()
    person.save()

    audit.record("person.added", on=person, by=by, sentence=f"Added {full_name} ({job_title}).")
    return person


@transaction.atomic
def give_role(person: User, role: str, *, organisation: Organisation,
              authority: Authority | None = None, teams: list[Team] | None = None,
              from_on: date, until_on: date | None = None, by: User | None) -> RoleHeld:  # fmt: skip
    """Let somebody act in a role, for an authority, an organisation and teams, between dates."""
    reasons = ["Nobody gives a role to themselves."] if by is not None and by == person else []

    refuse_if(reasons)

    held = RoleHeld.objects.create(
        person=person,
        role=role,
        organisation=organisation,
        authority=authority or organisation.authority,
        from_on=from_on,
        until_on=until_on,
    )
    held.teams.set(teams or [])

    audit.record("role.given", on=held, by=by, sentence=f"{person.full_name} may act as {held}.")
    return held
