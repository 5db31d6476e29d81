"""Figures taken away as a file: with definitions, intervals and what is hidden, exactly as this reader may see them."""

from itertools import chain, islice

from django.urls import reverse

from core import clock
from core.actions.lists import export_list
from core.exporting import MOST_ROWS
from core.roles import Permission
from core.rules import RuleBroken
from core.sheets import Sheet, csv_lines, workbook
from core.views.bases import Question
from core.views.files import CSV, attachment, streamed_attachment
from core.views.lists import EXCEL
from kpis.forms.figures import ALL, ExportFiguresForm
from kpis.forms.figures import CSV as AS_CSV
from kpis.measures.figures import COLUMNS, as_row, counted_now, definition_rows, figures
from kpis.views.dashboard import hides

LEAVES = "Figures validated for release"
INSIDE = "Figures for use inside the service, provisional ones among them: not to be sent on"
SIGN = "c is a count of 1 to 5 children, or a figure that would give one back; nought is shown."


class ExportFigures(Question):
    """Take the figures away, released ones or all, as CSV or Excel; that they were taken is kept."""

    permission = Permission.SEE_KPIS
    form_class = ExportFiguresForm
    heading, submit_label, back_label = "Take figures away", "Download the file", "KPIs"
    lead = "Each figure comes with its definition, what it was counted from, how sure it is, its rating, and whether something is hidden."

    def back(self):
        return reverse("kpis:kpis")

    def form_valid(self, form):
        said, user, hide = form.cleaned_data, self.request.user, hides(self.request.user)
        rows = self._figures(form, hide)
        try:
            export_list(path=self.request.path, query=f"which={said['which']}&period={form.chosen.slug}", rows=rows, by=user)
        except RuleBroken as refusal:
            return self.refused(form, refusal)
        return self._file(said, rows, hide)

    def _figures(self, form, hide) -> list:
        """The figures asked for, as this reader may have them."""
        user, everything = self.request.user, form.cleaned_data["which"] == ALL
        entered = figures(user, only_validated=not everything, hide=hide or not everything)
        own = counted_now(user, form.chosen, hide=hide) if everything else ()
        return list(islice(chain(entered, own), MOST_ROWS + 1))

    def _file(self, said, found, hide):
        """The answer: a file to keep."""
        everything, day = said["which"] == ALL, clock.today()
        name = f"figures-{'inside' if everything else 'released'}-{day.isoformat()}"
        rows = (as_row(figure) for figure in found)
        if said["file"] == AS_CSV:
            return streamed_attachment(csv_lines(list(COLUMNS), rows), media_type=CSV, name=f"{name}.csv")
        says = f"{INSIDE if everything else LEAVES}, {day.day} {day:%B %Y}. {SIGN if hide or not everything else ''}".strip()
        heads, definitions = definition_rows(found)
        content = workbook("Figures", [Sheet("Figures", says, list(COLUMNS), rows), Sheet("Definitions", "What each figure means", heads, definitions)])
        return attachment(content, media_type=EXCEL, name=f"{name}.xlsx")
