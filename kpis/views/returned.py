"""The figures of stored statutory returns, year by year."""

from datetime import date

from django.db import transaction
from django.http import Http404

from core.reading import counts_read
from core.roles import Permission
from core.views.bases import Page
from kpis.measures.returned_behind import MOST, behind
from kpis.measures.returned_page import figure_groups, years_of


class ReturnedFigures(Page):
    """One period's figures; small counts hidden from all who do not need to know them, and told to those who do with a note of it."""

    permission = Permission.SEE_KPIS

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user = self.request.user
        years = years_of(user.acting.authority_id)
        year_end = _chosen(self.request.GET.get("to", ""), years)
        hide = not user.can(Permission.SEE_RETURNED_ROWS)
        if year_end and not hide:
            counts_read(f"statutory figures to {year_end.isoformat()}", by=user)
        groups = figure_groups(user.acting.authority_id, year_end, hide=hide) if year_end else []
        return super().get_context_data(
            years=years, year_end=year_end, hides=hide, groups=groups, may_import=user.can(Permission.IMPORT_FILES), **kwargs
        )


class ReturnedBehind(Page):
    """The children behind one figure, by the council's own code; that it was read is in the log."""

    permission = Permission.SEE_RETURNED_ROWS

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, slug = self.request.user, kwargs["slug"]
        year_end = _chosen(self.request.GET.get("to", ""), years_of(user.acting.authority_id))
        found = behind(user, slug, year_end) if year_end else None
        if found is None:
            raise Http404
        line, rows = found
        counts_read(f"children behind {line.slug} to {year_end.isoformat()}", by=user)
        return super().get_context_data(line=line, rows=rows, year_end=year_end, most=MOST, **kwargs)


def _chosen(typed: str, years: list[date]) -> date | None:
    """The period that was asked for, or the newest; one that nobody counted is not found."""
    if not typed:
        return years[0] if years else None
    found = [day for day in years if day.isoformat() == typed]
    if not found:
        raise Http404
    return found[0]
