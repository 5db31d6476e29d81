"""Authorities and their organisations."""

from django.db import transaction

from core import audit
from core.models import Authority, Organisation, Team
from core.rules import refuse_if


@transaction.atomic
def add_authority(*, slug: str, name: str, by) -> tuple[Authority, Organisation]:
    """Make an authority and its council, which share a name."""
    taken = Authority.objects.filter(slug=slug).exists()

    refuse_if(["There is an authority with that short name already."] if taken else [])

    authority = Authority.objects.create(slug=slug, name=name)
    council = Organisation.objects.create(
        slug=slug, name=name, kind="council", authority=authority
    )

    audit.record(
        "authority.added", on=authority, by=by, sentence=f"Added {name}.", authority=authority
    )
    return authority, council


@transaction.atomic
def add_organisation(*, slug: str, name: str, kind: str, authority: Authority | None, by):
    """Make a provider (of no authority) or a partner of one."""
    taken = Organisation.objects.filter(slug=slug).exists()

    refuse_if(["There is an organisation with that short name already."] if taken else [])

    organisation = Organisation.objects.create(
        slug=slug, name=name, kind=kind, authority=authority
    )

    audit.record(
        "organisation.added", on=organisation, by=by, sentence=f"Added {name}.", authority=authority
    )
    return organisation


@transaction.atomic
def add_team(organisation: Organisation, *, slug: str, name: str, by) -> Team:
    """Make a team of an organisation."""
    taken = Team.objects.filter(slug=slug).exists()

    refuse_if(["There is a team with that short name already."] if taken else [])

    team = Team.objects.create(slug=slug, name=name, organisation=organisation)

    audit.record(
        "team.added", on=team, by=by, sentence=f"Added {name}.", authority=organisation.authority
    )
    return team
