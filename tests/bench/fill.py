"""A database filled in bulk: fourteen authorities with their people, and as many referrals and children as are asked for."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from core.actions.person import add_person, give_role
from core.models import Team, User
from core.roles import Role
from panels.models import Panel, TermsOfReference
from referrals.models import Home, Place, Provision, ProvisionTerms
from tests.people import Borough, a_borough

AUTHORITIES, WORKERS, PLACES = 14, 20, 100
SINCE = date(2020, 1, 1)
SQL = Path(__file__).with_name("fill.sql")
# What is written by hand, whose triggers rest meanwhile, and whose keys go on after.
FILLED = (
    "referrals_child", "referrals_referral", "referrals_statuschange", "referrals_referraltask", "referrals_access", "referrals_stay",
    "panels_meeting", "panels_agendaitem", "panels_decision", "kpis_indicator", "kpis_indicatordefinition", "kpis_indicatorvalue", "core_auditevent",
)  # fmt: skip
# Those that the mark of a filled database and its table of sizes tell of.
COUNTED = ("referrals_referral", "referrals_child", "referrals_stay", "panels_meeting", "panels_decision", "kpis_indicatorvalue", "core_auditevent")


def fill(size: int, *, authorities: int = AUTHORITIES, workers: int = WORKERS, places: int = PLACES) -> dict[str, int]:
    """Fill an empty database with `size` referrals and children and what hangs on them; give how many rows each table has."""
    boroughs = [a_borough(f"bench{nth}") for nth in range(authorities)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '128MB'; SET LOCAL maintenance_work_mem = '512MB'; SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.bench_size, pg_temp.bench_whose, pg_temp.bench_rows, pg_temp.bench_heard")
        cursor.execute("CREATE TEMP TABLE bench_size AS SELECT %s::bigint AS most", [size])
        cursor.execute(
            "CREATE TEMP TABLE bench_whose (place bigint, authority bigint, teams bigint[], workers bigint[], chair bigint, provider bigint,"
            " panel bigint, terms bigint, places bigint[])"
        )
        for nth, borough in enumerate(boroughs):
            cursor.execute("INSERT INTO bench_whose VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)", [nth, *_whose(borough, workers, places)])
        with _laid_aside(cursor):
            cursor.execute(SQL.read_text())
        for table in FILLED:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM {table}), 1))")
    return sizes()


# What is checked and built at once afterwards, for all rows, and not for each row as it comes.
KEYS = """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"""
INDEXES = """SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"""


@contextmanager
def _laid_aside(cursor):
    """Without triggers, foreign keys and indexes of the filled tables; every one of them is back at the end, checked and built."""
    found = []
    for question in (KEYS, INDEXES):
        cursor.execute(question, [list(FILLED)])
        found.append(cursor.fetchall())
    keys, indexes = found
    before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in FILLED]
    before += [f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _ in keys] + [f"DROP INDEX {name}" for name, _ in indexes]
    after = [definition for _, definition in indexes]
    after += [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in keys]
    after += [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in FILLED]
    cursor.execute("; ".join(before))
    yield
    cursor.execute("; ".join(after))


def _whose(borough: Borough, workers: int, places: int) -> list:
    """The keys of one authority's teams, social workers, chair, provider, panel and places, made with the product's own actions."""
    slug, council = borough.authority.slug, borough.council
    small = Team.objects.create(slug=f"{slug}-small", name="Small team", organisation=council)
    _person(borough, "small_manager", Role.TEAM_MANAGER, [small])
    staff = [borough.social_worker, *(_person(borough, f"worker{nth}", Role.SOCIAL_WORKER, [borough.team]) for nth in range(workers))]
    panel = Panel.objects.create(slug=f"{slug}-panel", authority=borough.authority, kind="referral", name="Referral panel")
    terms = TermsOfReference.objects.create(panel=panel, version=1, state="in force", in_force_from=SINCE)
    outreach = Provision.objects.create(slug=f"{slug}-outreach", authority=borough.authority, kind="outreach", name="Outreach", provider=borough.provider)
    Home.objects.create(provision=outreach, name="The office")
    rows = [Place.objects.create(provision=outreach, number=nth + 1, name=f"Place {nth + 1}", opens_on=SINCE).pk for nth in range(places)]
    return [
        borough.authority.pk, [borough.team.pk, borough.other_team.pk, small.pk], [person.pk for person in staff],
        borough.chair.pk, borough.provider.pk, panel.pk, terms.pk, rows,
    ]  # fmt: skip


def _person(borough: Borough, name: str, role: Role, teams: list) -> User:
    """One more person of a council, in a role."""
    person = add_person(full_name=name.title(), email=f"{name}@{borough.authority.slug}.example", organisation=borough.council, by=None)
    give_role(person, role, organisation=borough.council, authority=borough.authority, teams=teams, from_on=SINCE, by=None)
    return person


ALL_WAIT = """
DELETE FROM referrals_stay;
UPDATE referrals_child SET authority_id = %(authority)s, is_restricted = false, restricted_because = '';
UPDATE referrals_referral SET authority_id = %(authority)s, status = 'WAITING', wants = 'outreach', waiting_since = status_since, placed_on = NULL, ended_at = NULL;
INSERT INTO referrals_place (reference, provision_id, number, name, opens_on)
SELECT translate(to_char(n, 'FM000000'), '0123456789', '23467CDFGH'), %(provision)s, n, 'Place ' || n, '2020-01-01' FROM generate_series(%(places)s + 1, 200) AS n;
UPDATE referrals_place SET reference = left(reference, 3) || '-' || right(reference, 3) WHERE length(reference) = 6;
"""


def all_wait() -> None:
    """Make every referral of a filled database wait for the first authority's outreach, which has two hundred places and nobody in them."""
    provision = Provision.objects.get(slug="bench0-outreach")
    ProvisionTerms.objects.create(
        provision=provision, contract_slug="bench", provider=provision.provider, from_on=SINCE, places=200, weekly_rate=660, rate_basis="child week"
    )
    facts = {"authority": provision.authority_id, "provision": provision.pk, "places": provision.places.count()}
    with transaction.atomic(), connection.cursor() as cursor:
        for words in ("DISABLE", "ENABLE"):
            cursor.execute("; ".join(f"ALTER TABLE {table} {words} TRIGGER USER" for table in (*FILLED, "referrals_place")))
            if words == "DISABLE":
                cursor.execute(ALL_WAIT, facts)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def sizes() -> dict[str, int]:
    """How many rows the tables have, as the planner was told by ANALYZE, or counted where they are few."""
    with connection.cursor() as cursor:
        found = {}
        for table in COUNTED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def tidy_up() -> None:
    """Tell the planner what there is; not in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")


def person(name: str, authority: int = 0) -> User:
    """One of the people of a filled database, by the role's name and the authority's number."""
    return User.objects.get(email=f"{name}@bench{authority}.example")


