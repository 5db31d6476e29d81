"""The people of the borough, all invented."""

from datetime import date
from types import SimpleNamespace

from core.actions.authority import add_authority, add_organisation, add_team
from core.actions.person import add_person, give_role
from core.roles import Role

# key, name, job title as the sign-in page shows it, organisation, [(role, teams)]
PEOPLE = [
    ("sw", "Nadia Okafor", "Social worker", "council", [(Role.SOCIAL_WORKER, ["north"])]),
    ("tm", "Martin Feeney", "Team manager", "council", [(Role.TEAM_MANAGER, ["north"])]),
    ("sm", "Joan Adeyemi", "Service manager, children in care", "council",
     [(Role.SERVICE_MANAGER, ["north", "south"])]),
    ("pa", "Priya Nair", "Panel administrator", "council", [(Role.PANEL_ADMINISTRATOR, [])]),
    ("chair", "Helen Marsh", "Assistant Director and chair", "council", [(Role.CHAIR, [])]),
    ("art", "Tom Whitlock", "ART manager (provider)", "provider", [(Role.PROVIDER_MANAGER, [])]),
    ("com", "Ruth Calder", "Commissioner", "council",
     [(Role.COMMISSIONER, []), (Role.PANEL_MEMBER, [])]),
    ("hos", "David Achebe", "Head of service", "council", [(Role.HEAD_OF_SERVICE, [])]),
    ("fostering", "Karen Lisle", "Service manager, fostering", "council", [(Role.PANEL_MEMBER, [])]),
    ("dad", "Simon Yates", "Deputy Assistant Director", "council", [(Role.CHAIR, [])]),
    ("school", "Amina Begum", "Virtual School Head", "council", [(Role.PANEL_MEMBER, [])]),
    ("health", "Colin Frost", "Health representative", "health", [(Role.PANEL_MEMBER, [])]),
    ("sw2", "Chloe Arden", "Social worker, north", "council", [(Role.SOCIAL_WORKER, ["north"])]),
    ("sw3", "Jake Ellison", "Social worker, south", "council", [(Role.SOCIAL_WORKER, ["south"])]),
    ("sw4", "Grace Mbeki", "Social worker, south", "council", [(Role.SOCIAL_WORKER, ["south"])]),
    ("tm2", "Laura Penn", "Team manager, south", "council", [(Role.TEAM_MANAGER, ["south"])]),
    ("strategic", "Peter Vane", "Strategic manager", "council", [(Role.STRATEGIC_MANAGER, [])]),
    ("worker", "Ella Rowe", "ART worker (provider)", "provider", [(Role.PRACTITIONER, [])]),
    ("finance", "Omar Siddiq", "Contract and payments officer", "council", [(Role.FINANCE, [])]),
    ("ig", "Beth Carver", "Information governance officer", "council", [(Role.GOVERNANCE, [])]),
    ("auditor", "Neil Strand", "Auditor", "council", [(Role.AUDITOR, [])]),
    ("sys", "Dana Hope", "System administrator", "council", [(Role.ADMINISTRATOR, [])]),
]  # fmt: skip


def build(*, since: date) -> SimpleNamespace:
    """The authority, its organisations and teams, and everybody with the roles they hold."""
    authority, council = add_authority(slug="ashmere", name="Ashmere Council", by=None)
    organisations = {
        "council": council,
        "provider": add_organisation(
            slug="larkrise", name="Larkrise Support", kind="provider", authority=None, by=None
        ),
        "before": add_organisation(
            slug="harrow-lane", name="Harrow Lane Trust", kind="provider", authority=None, by=None
        ),
        "health": add_organisation(
            slug="ashmere-health", name="Ashmere Health", kind="health", authority=authority, by=None
        ),
    }
    teams = {
        name: add_team(council, slug=f"ashmere-{name}", name=f"{name.title()} team", by=None)
        for name in ("north", "south")
    }
    borough = SimpleNamespace(authority=authority, teams=teams, **organisations)
    for key, name, title, where, roles in PEOPLE:
        setattr(borough, key, _person(borough, name, title, organisations[where], roles, since))
    return borough


def _person(borough, name, title, organisation, roles, since):
    """One invented person and their roles."""
    person = add_person(
        full_name=name,
        email=f"{name.lower().replace(' ', '.')}@{organisation.slug}.example",
        organisation=organisation,
        job_title=title,
        telephone="01632 960000",
        is_demonstration=True,
        by=None,
    )
    for role, teams in roles:
        give_role(
            person,
            role,
            organisation=organisation,
            authority=borough.authority,
            teams=[borough.teams[team] for team in teams],
            from_on=since,
            by=None,
        )
    return person
