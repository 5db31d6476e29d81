"""What a list of referrals or children asks beside its rows and their counts, read in one question before them.

Each is kept for the one page that is read, under the name by which whoever needs it asks; where nothing was read they ask by themselves.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Func, JSONField, QuerySet, TextField, Value

from core import clock
from core.lists import kept_views_within, know_kept_views
from core.models import Team, User
from core.once import is_reading, know, once
from core.written import Question
from referrals.models.cover import has_cover, know_of_no_cover
from referrals.models.told import know_rights, rights_within
from referrals.models.turn import know_terms, terms_within

RIGHTS = ("rights", "special")
LIST = (*RIGHTS, "has_cover", "views", "teams", "closed", "allowed")
SEARCH = (*RIGHTS, "folded")


def read_before_a_list(user, path: str) -> None:
    """Read a person's rights by name, cover and saved views of the list at `path`, and their authority's teams, terms and closed days."""
    if not is_reading():
        return
    authority = user.acting.authority_id
    found = _asked(_before_a_list, LIST, user, authority, clock.today(), path)
    know_rights(user, found)
    know_kept_views(user, path, found["views"])
    know(("teams", authority), [tuple(team) for team in found["teams"]])
    know_terms(authority, found)
    if not found["has_cover"]:
        know_of_no_cover(user)


def read_before_search(user, typed: str) -> None:
    """Read a person's rights by name, and what they typed as names are compared."""
    if is_reading():
        found = _asked(_before_search, SEARCH, user, typed)
        know_rights(user, found)
        know(("folded", typed), found["folded"])


def _asked(of_role: Callable[[str], Question], names: tuple[str, ...], user, *values: int | str | date | None) -> dict:
    """What a question that is written once for each role gives of this person, by name."""
    (found,) = of_role(user.acting.role)(user.pk, user.acting.organisation_id, clock.now(), *values)
    return dict(zip(names, found, strict=True))


@cache
def _before_a_list(role: str) -> Question:
    """What is read before a list by whoever acts in a role."""

    def make(person: int, organisation: int, now: datetime, authority: int | None, today: date, path: str) -> QuerySet:
        teams = ArraySubquery(_teams(authority).values(row=Func("pk", "name", function="jsonb_build_array", output_field=JSONField())))
        asked = {
            **rights_within(person, organisation, role, now), "has_cover": has_cover(person, today), "views": kept_views_within(person, path),
            "teams": teams, **terms_within(authority, today),
        }  # fmt: skip
        return User.objects.filter(pk=person).values_list(*(asked[name] for name in LIST))

    return Question(make)


@cache
def _before_search(role: str) -> Question:
    """What is read before a search by whoever acts in a role."""

    def make(person: int, organisation: int, now: datetime, typed: str) -> QuerySet:
        asked = {**rights_within(person, organisation, role, now), "folded": Func(Value(typed), function="folded_name", output_field=TextField())}
        return User.objects.filter(pk=person).values_list(*(asked[name] for name in SEARCH))

    return Question(make)


def folded(typed: str) -> str:
    """What was typed as names are compared: no capitals, accents or apostrophes; asked of the database, so that both agree."""
    return " ".join(once(("folded", typed), lambda: _folded(typed)).split())


def _folded(typed: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT folded_name(%s)", [typed])
        return cursor.fetchone()[0]


def teams_of(authority_id: int | None) -> list[tuple[int, str]]:
    """The teams of an authority, by name: the key and the name of each."""
    return once(("teams", authority_id), lambda: list(_teams(authority_id).values_list("pk", "name")))


def _teams(authority_id):
    return Team.objects.filter(organisation__authority=authority_id).order_by("name", "pk")
