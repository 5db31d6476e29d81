"""A list as one person has it, made again away from any request: for the worker, and to judge a file once more."""

from django.http import HttpRequest, QueryDict
from django.urls import resolve

from core.models import NamedExport, User
from core.roles import Permission


def list_of(export: NamedExport, person: User):
    """The list that was asked for, as this person has it now; or None where their role no longer opens it."""
    found = resolve(export.path)
    view = found.func.view_class(**found.func.view_initkwargs)
    request = HttpRequest()
    request.method, request.path, request.GET, request.user = "GET", export.path, QueryDict(export.query), person
    view.setup(request, *found.args, **found.kwargs)
    opens = not isinstance(view.permission, Permission) or person.can(view.permission)
    return view if person.acting is not None and opens else None


def in_that_role(export: NamedExport) -> User:
    """Whoever asked, read afresh, acting in the role they asked in while they hold it; otherwise in none."""
    person = User.objects.get(pk=export.person_id)
    holds = next((held for held in person.current_roles if held.pk == export.held_id), None)
    person.acting = holds if person.is_active else None
    return person


def rows_seen(export: NamedExport, person: User) -> list:
    """The rows of the file that this person may still see."""
    view = list_of(export, person)
    return list(view.model.objects.visible_to(person).filter(pk__in=export.keys).order_by("pk")) if view else []
