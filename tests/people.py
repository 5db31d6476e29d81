"""An invented borough, made by the product's own actions."""

import pickle
from dataclasses import dataclass, field
from datetime import date

from core.actions.person import add_person, give_role
from core.models import AuditEvent, Authority, Organisation, RoleHeld, Team, User
from core.roles import Role

SINCE = date(2024, 1, 1)
# Every table that making a borough writes to, those first that others point to.
WRITTEN = (Authority, Organisation, Team, User, RoleHeld, RoleHeld.teams.through, AuditEvent)
_kept: list[bytes] = []


@dataclass
class Borough:
    """One authority and the people in it, by what they do."""

    authority: Authority
    council: Organisation
    provider: Organisation
    team: Team
    other_team: Team
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def a_borough(slug="testborough") -> Borough:
    """A borough with one person in each role; `other_*` are in the other team."""
    authority = Authority.objects.create(slug=slug, name=f"{slug.title()} Council")
    council = Organisation.objects.create(
        slug=f"{slug}-council", name=authority.name, kind="council", authority=authority
    )
    provider = Organisation.objects.create(
        slug=f"{slug}-provider", name="Brightwater", kind="provider"
    )
    team, other_team = (
        Team.objects.create(slug=f"{slug}-{name}", name=f"{name.title()} team", organisation=council)
        for name in ("north", "south")
    )
    borough = Borough(authority, council, provider, team, other_team)
    _fill(borough, slug)
    return borough


def the_borough() -> Borough:
    """The borough that most tests begin with: made by the product's actions once, and after that its rows written again as they were."""
    if not _kept:
        assert not Authority.objects.exists(), "another borough is there already: its rows would be kept as well"
        made = a_borough()
        _kept.append(pickle.dumps((made, [list(model._default_manager.all()) for model in WRITTEN])))
        return made
    borough, tables = pickle.loads(_kept[0])
    for model, rows in zip(WRITTEN, tables, strict=True):
        if model is AuditEvent:
            for row in rows:
                row.pk = None  # the trail's own order has no way back
        model._default_manager.bulk_create(rows)
    return borough


def _fill(borough: Borough, slug: str) -> None:
    """One person a role, and a second social worker and managers for the other team."""
    t, o = [borough.team], [borough.other_team]
    rows = [
        ("social_worker", Role.SOCIAL_WORKER, t),
        ("other_social_worker", Role.SOCIAL_WORKER, o),
        ("team_manager", Role.TEAM_MANAGER, t),
        ("other_team_manager", Role.TEAM_MANAGER, o),
        ("service_manager", Role.SERVICE_MANAGER, [borough.team, borough.other_team]),
        ("strategic_manager", Role.STRATEGIC_MANAGER, []),
        ("head_of_service", Role.HEAD_OF_SERVICE, []),
        ("panel_administrator", Role.PANEL_ADMINISTRATOR, []),
        ("chair", Role.CHAIR, []),
        ("member", Role.PANEL_MEMBER, []),
        ("practitioner", Role.PRACTITIONER, []),
        ("provider_manager", Role.PROVIDER_MANAGER, []),
        ("commissioner", Role.COMMISSIONER, []),
        ("finance", Role.FINANCE, []),
        ("governance", Role.GOVERNANCE, []),
        ("auditor", Role.AUDITOR, []),
        ("administrator", Role.ADMINISTRATOR, []),
    ]
    for name, role, teams in rows:
        is_provider = role in {Role.PRACTITIONER, Role.PROVIDER_MANAGER}
        organisation = borough.provider if is_provider else borough.council
        person = add_person(
            full_name=name.replace("_", " ").title(),
            email=f"{name}@{slug}.example",
            organisation=organisation,
            job_title=role.label,
            by=None,
        )
        give_role(
            person,
            role,
            organisation=organisation,
            authority=borough.authority,
            teams=teams,
            from_on=SINCE,
            by=None,
        )
        borough.people[name] = person
