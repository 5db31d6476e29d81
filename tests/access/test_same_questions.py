"""No address asks the database more for ten or fifty related rows than for one, whoever opens it (the walk of the benchmark's P3)."""

import pytest
from django.db import connection, transaction

from core.models import Closure
from core.views.working_days import WorkingDaysPage
from tests.access import many, matrix
from tests.access.visits import NOBODY, Visitors, address, named_addresses

pytestmark = pytest.mark.django_db
READERS = 2
# Once a minute a session is marked as still in use, by whatever page is opened then: it is opened once more.
MARKED = 'UPDATE "django_session"'


def walked(scene, names) -> dict[str, int]:
    """How many questions each of these addresses takes, for two for whom it opens; an answer that is none is told as -1."""
    visitors, asked, rows, found = Visitors(scene), named_addresses(), matrix.rows(), {}
    for name in names:
        about, words = rows[name]
        url = address(name, about, asked[name], scene.records["ours"])
        for who in [who for who, word in words.items() if word == "opens" and who != NOBODY][:READERS]:
            visitors.visit(who, name, url)  # its session, and whatever a process reads once
            visit, questions = asked_by(visitors, who, name, url)
            if any(MARKED in sql for sql in questions):
                visit, questions = asked_by(visitors, who, name, url)
            found[f"{name}, {who}"] = len(questions) if visit.word == "opens" else -1
    return found


def asked_by(visitors, *visit) -> tuple:
    """One visit, and what it asked."""
    questions = []
    with connection.execute_wrapper(lambda execute, sql, *more: questions.append(sql) or execute(sql, *more)):
        return visitors.visit(*visit), questions


def at_three_sizes(scene, names) -> dict[str, tuple[int, int, int]]:
    """The questions of each address with the scene as it is, with ten times as many rows, and with fifty."""
    with transaction.atomic():
        first, sizes = many.rows_there(), [walked(scene, names)]
        for least, most in ((2, 10), (11, 50)):
            copied = many.multiply(least, most, first)
            assert len(copied.tables) > 90, copied.once
            sizes.append(walked(scene, names))
        transaction.set_rollback(True)
    return {key: tuple(size[key] for size in sizes) for key in sizes[0]}


def that_grow(counted) -> dict[str, tuple[int, int, int]]:
    """Those that ask more where there is more, or do not answer; what asks one thing more where there is none at all does not grow."""
    return {key: (one, ten, fifty) for key, (one, ten, fifty) in counted.items() if fifty != ten or ten > one + 1 or min(one, ten) < 0}


def test_no_address_asks_more_where_there_is_more(scene):
    counted = at_three_sizes(scene, list(matrix.rows()))

    assert len(counted) > 700
    assert that_grow(counted) == {}


def test_a_page_that_asks_once_a_row_would_be_found(scene, monkeypatch):
    plain = WorkingDaysPage.get_context_data

    def once_a_row(self, **kwargs):
        assert [day.authority.name for day in Closure.objects.all()]
        return plain(self, **kwargs)

    monkeypatch.setattr(WorkingDaysPage, "get_context_data", once_a_row)

    assert len(that_grow(at_three_sizes(scene, ["working_days"]))) == READERS
