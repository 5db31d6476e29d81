"""Figures that are kept: every cell is what a recount comes to, whatever changed and whoever wrote it."""

import os
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from config.management.commands.seed_demo import load, nothing_kept
from contracts.models import Contract
from core import clock
from core.models import Authority, RoleHeld, User
from core.references import drawn_from
from core.roles import Role
from kpis.actions.keeping import keep_figures
from kpis.measures.capacity import capacity, provisions_for, waiting_now
from kpis.measures.goals import aims_of
from kpis.measures.indicator_rows import groups_to_keep
from kpis.measures.keeping import BEHIND, TOUCHES, kept_span
from kpis.models import FigureChange, Indicator, KeptBoard
from kpis.models.kept_figure import SOURCES
from kpis.tasks import keep_due_figures
from referrals.models import Access, Child, Provision, Referral
from referrals.models.board import board, ordered_provisions, shown_provisions
from referrals.models.in_use import places_now, with_numbers
from tests.conftest import TODAY
from tests.kpis.kept import unlike

pytestmark = pytest.mark.django_db
UNLIKE_EACH_TIME = re.compile(r"Counted at [^.]*|name=\"csrfmiddlewaretoken\" value=\"\w+\"|nonce=\"[^\"]*\"")
SEED = int(os.environ.get("THROUGHLINE_SEED", "20261128"))


@pytest.fixture
def demonstration(db):
    """The demonstration borough, with its year and a half."""
    with drawn_from(random.Random(7)):
        load()
    return Authority.objects.order_by("pk").first()


def told_columns() -> dict[str, set[str]]:
    """The tables that tell of changes, each with the columns that they look at, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgname = 'tells_kept_figures'")
        return {table: set(re.findall(r'NEW\."(\w+)"', said)) for table, said in cursor.fetchall()}


def test_every_table_that_figures_are_counted_from_tells_of_its_changes(borough):
    """Asked of the questions themselves: a measure that reads another table turns this red."""
    first, last = kept_span(clock.today())
    with CaptureQueriesContext(connection) as asked:
        for gather in BEHIND:
            gather(borough.authority.pk, first, last)
        aims_of(borough.authority.pk)
        groups_to_keep(borough.authority, hide=True)
    read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}

    assert read - told_columns().keys() == set()
    assert len(read) > 20


def test_every_change_that_the_database_writes_down_is_known_here():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgname = 'tells_kept_figures'")
        told = {source for (said,) in cursor.fetchall() for source in re.findall(r"SELECT '([a-z ]+)', a,", said)}

    assert told == TOUCHES.keys() == set(SOURCES)


def test_only_the_loader_of_an_empty_database_is_told_nothing_and_everybody_after_it_is(borough):
    places = Provision.objects.create(authority=borough.authority, provider=borough.provider, kind="hub", name="A hub")
    with nothing_kept():
        places.places.create(number=1, opens_on=TODAY)
        assert not FigureChange.objects.exists()
    places.places.create(number=2, opens_on=TODAY)
    assert FigureChange.objects.count() == 1

    names_it = [path.name for path in Path(settings.BASE_DIR).glob("[a-z]*/**/*.py") if "throughline.nothing_is_kept" in path.read_text()]
    assert set(names_it) == {"seed_demo.py", "0007_records_tell_kept_figures.py", "test_kept_figures.py"}


def changed(field, row, draw):
    """Another value for a column of a row."""
    value = getattr(row, field.attname)
    if field.get_internal_type() == "DateTimeField":
        return clock.moment(TODAY - timedelta(days=draw.randrange(600)))
    if field.get_internal_type() == "DateField":
        return TODAY - timedelta(days=draw.randrange(-30, 600))
    if field.choices:
        return draw.choice([key for key, _ in field.flatchoices])
    if field.is_relation:
        return draw.choice(list(field.related_model.objects.values_list("pk", flat=True)[:200]))
    if field.get_internal_type() == "JSONField":
        return {"quorate": draw.random() < 0.5} if field.name == "quorum" else value
    return draw.randrange(1, 5) if "Integer" in field.get_internal_type() else value


def change_something(draw, columns) -> str:
    """One row of one table written past every rule, or deleted; "" where a constraint does not let it be."""
    table = draw.choice(sorted(columns))
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    keys = list(model.objects.values_list("pk", flat=True))
    if not keys:
        return ""
    row = model.objects.get(pk=draw.choice(keys))
    names = sorted(columns[table]) or [field.column for field in model._meta.fields if field.choices or "Decimal" in field.get_internal_type()]
    name = draw.choice(names)
    field = next(field for field in model._meta.fields if field.column == name)
    try:
        with transaction.atomic():
            if draw.random() < 0.15:
                model.objects.filter(pk=row.pk)._raw_delete("default")
            else:
                model.objects.filter(pk=row.pk).update(**{field.attname: changed(field, row, draw)})
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except Error:
        return ""
    return f"{table}.{field.column}"


def days_passed(authority):
    """The clock moved on, over the end of a month and of a year, and back."""
    for day in (TODAY + timedelta(days=1), TODAY + timedelta(days=9), date(2027, 4, 2), TODAY):
        with clock.held_at(day):
            keep_due_figures()
            assert unlike(authority) == [], day
    assert keep_figures(authority) == 0


PAGES = ("/kpis", "/kpis?view=all", "/kpis?view=all&service=hub", "/kpis?view=all&period=2025-26", "/kpis?view=commissioner&period=2026-10", "/kpis?contract={}")
READERS = (Role.HEAD_OF_SERVICE, Role.COMMISSIONER, Role.CHAIR, Role.PANEL_ADMINISTRATOR, Role.PROVIDER_MANAGER)


def pages_are_alike(authority, client):
    """Each reader reads of kept figures, on each page, what they read of figures gathered for it."""
    contract = Contract.objects.filter(authority=authority, lots__prices__isnull=False).first()
    for role in READERS:
        held = RoleHeld.objects.filter(role=role, person__is_active=True).select_related("person").first()
        client.force_login(held.person, backend="allauth.account.auth_backends.AuthenticationBackend")
        for page in PAGES:
            with transaction.atomic():
                kept = client.get(page.format(contract.slug)).content.decode()
                KeptBoard.objects.update(rules="others")
                afresh = client.get(page.format(contract.slug)).content.decode()
                transaction.set_rollback(True)
            assert "nothing that is counted has changed since" in kept
            assert ", for this page" in afresh
            assert UNLIKE_EACH_TIME.sub("", kept).split("\n") == UNLIKE_EACH_TIME.sub("", afresh).split("\n"), (role, page)


def places_are_as_on_the_board():
    """What pages of figures tell of places and of who waits is what the board and the rule of counts say, for everybody."""
    provisions = shown_provisions(with_numbers(Provision.objects.all()), everything=True)
    told, drawn = places_now(provisions), board(provisions, names=False)
    numbers = ("name", "kind", "used", "places", "closed", "free", "rate", "basis", "cost", "is_confirmed", "other_reading")
    assert [[getattr(group, name) for name in numbers] for group in told.groups] == [[getattr(group, name) for name in numbers] for group in drawn.groups]
    assert (told.cost, told.free, [len(group.rows) for group in told.groups]) == (drawn.cost, drawn.free, [len(group.rows) for group in drawn.groups])
    rows = Referral.objects.waiting()
    Child.objects.filter(pk__in=rows.order_by("pk").values_list("child", flat=True)[:2]).update(is_restricted=True, restricted_because="Safety.")
    kept = rows.filter(child__is_restricted=True).order_by("pk").first()
    people = User.objects.filter(is_active=True)
    # Each second person was given it, so that somebody of nearly every role counts it and somebody does not.
    Access.objects.bulk_create(Access(child=kept.child, person=person, basis="named") for person in people.order_by("pk")[::2])
    for person in people:
        person.acting = next(iter(person.current_roles), None)
        for kinds in (None, {"hub"}):
            for hide in (False, True):
                mine = [each for each in provisions_for(person, hide=hide) if kinds is None or each.kind in kinds]
                shown = ordered_provisions(mine, everything=kinds is not None)
                assert capacity(person, hide=hide, kinds=kinds).waiting == waiting_now(shown, hide=hide, user=None if hide else person), person
    assert rows.filter(child__is_restricted=True).exists()


def test_whatever_is_written_past_every_rule_every_cell_is_as_a_recount_says(demonstration, client):
    """The clock is moved; then two hundred rows are changed at random, ten at a time, in all tables that figures are counted from."""
    draw, columns, written = random.Random(SEED), told_columns(), []
    keep_due_figures()
    assert unlike(demonstration) == []
    pages_are_alike(demonstration, client)
    places_are_as_on_the_board()
    days_passed(demonstration)
    for _ in range(20):
        some = [change_something(draw, columns) for _ in range(10)]
        written += [each for each in some if each]
        keep_due_figures()
        assert unlike(demonstration) == [], some

    assert len(written) > 60
    assert len({each.split(".")[0] for each in written}) > 15
    # The control: a change that is lost is found by the comparison.
    Indicator.objects.filter(authority=demonstration).update(name="Another name")
    FigureChange.objects.all().delete()
    assert unlike(demonstration) != []
