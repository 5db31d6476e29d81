"""What a list of referrals or children asks beside its rows and their counts, read in one question before them.

Each is kept for the one page that is read, under the name by which whoever needs it asks; where nothing was read they ask by themselves.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Func, JSONField, TextField, Value

from core.lists import kept_views_within, know_kept_views
from core.models import Team, User
from core.once import is_reading, know, once
from referrals.models.cover import has_cover, know_of_no_cover
from referrals.models.told import know_rights, rights_within
from referrals.models.turn import know_terms, terms_within

ASKED = "asked_"  # what is asked may be called as a person's own columns are


def read_before_a_list(user, path: str) -> None:
    """Read a person's rights by name, cover and saved views of the list at `path`, and their authority's teams, terms and closed days."""
    if not is_reading():
        return
    authority = user.acting.authority_id
    found = _asked(
        user, **rights_within(user), has_cover=has_cover(user), views=kept_views_within(user, path),
        teams=ArraySubquery(_teams(authority).values(row=Func("pk", "name", function="jsonb_build_array", output_field=JSONField()))),
        **terms_within(authority),
    )  # fmt: skip
    know_rights(user, found)
    know_kept_views(user, path, found["views"])
    know(("teams", authority), [tuple(team) for team in found["teams"]])
    know_terms(authority, found)
    if not found["has_cover"]:
        know_of_no_cover(user)


def read_before_search(user, typed: str) -> None:
    """Read a person's rights by name, and what they typed as names are compared."""
    if is_reading():
        found = _asked(user, **rights_within(user), folded=Func(Value(typed), function="folded_name", output_field=TextField()))
        know_rights(user, found)
        know(("folded", typed), found["folded"])


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


def _asked(user, **expressions) -> dict:
    asked = User.objects.filter(pk=user.pk).values(**{f"{ASKED}{name}": one for name, one in expressions.items()}).get()
    return {name.removeprefix(ASKED): answer for name, answer in asked.items()}
