"""Steps of migrations: an index that is made while people write, and made again where that was cut short."""

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations.state import ProjectState

from core.models import Authority, Document
from core.together import VALID, MakeIndex

NAME = "made_while_people_write"


def step(index):
    """The step that makes it, with the picture of the models before and after."""
    before = ProjectState.from_apps(Document._meta.apps)
    operation = MakeIndex("document", index)
    after = before.clone()
    operation.state_forwards("core", after)
    return lambda: _make(operation, before, after)


def _make(operation, before, after):
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("core", editor, before, after)


def is_whole():
    """True, False where it was cut short, None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(VALID, [NAME])
        return next(iter(cursor.fetchone() or [None]))


@pytest.fixture
def gone(transactional_db):
    """No index of this name is left."""
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")


@pytest.mark.usefixtures("gone")
def test_an_index_that_was_cut_short_is_made_again_and_one_that_is_whole_is_left():
    authority = Authority.objects.create(slug="x", name="X")
    for about in "12":
        Document.objects.create(authority=authority, kind="k", about_type="t", about_id=about, title="The same")
    make = step(models.Index(fields=["title"], name=NAME))
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        # Two rows are alike, so a unique one cannot be finished, and its half stays: as when its maker is killed.
        cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON core_document (title)")
    assert is_whole() is False

    make()

    assert is_whole() is True
    make()
    assert is_whole() is True
