"""Imports: those that were made, a new one, and one with what was found in its files."""


from django.db.models import Prefetch, Sum
from django.urls import reverse

from core.copied import csv_of
from core.roles import Permission
from core.views.bases import ActionView, ButtonDeed, RecordDetail, RecordList
from core.views.files import CSV, streamed_attachment
from kpis.actions.imports import Sent, begin_import, confirm_import, throw_away_import
from kpis.choices import ImportKind, ImportState
from kpis.forms.imports import BeginImportForm
from kpis.models import Import, ImportFile
from kpis.models.imports import kinds_for

MOST_SHOWN = 200


class Imports(RecordList):
    """What was imported, by whom, and what came of it; the newest first."""

    permission = Permission.IMPORT_FILES
    model = Import

    def records(self):
        rows = super().records().select_related("made_by", "stored_by").prefetch_related("files")
        counts = {name: Sum(f"files__parts__{name}") for name in ("rows", "added", "changed", "gone")}
        return rows.annotate(**{f"{name}_all": total for name, total in counts.items()}).order_by("-made_at", "-pk")


class BeginImport(ActionView):
    """Choose files and have them checked."""

    permission = Permission.IMPORT_FILES
    form_class = BeginImportForm
    template_name = "kpis/begin_import.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kinds": kinds_for(self.request.user)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="New import", submit_label="Check these files", back_url=reverse("kpis:imports"), back_label="Imports", **kwargs
        )

    def act(self, form):
        said, chosen = form.cleaned_data, self.request.FILES.getlist("files")
        sent = [Sent(file.name.replace("\x00", ""), file.size, file.read) for file in chosen]
        batch = begin_import(
            self.request.user.acting.authority, kind=said["kind"], sent=sent, last_day=said["last_day"], matches=said["headings"],
            by=self.request.user,
        )  # fmt: skip
        return batch.get_absolute_url()


class ImportDetail(RecordDetail):
    """One import: how far the service is, what is wrong, or what it would change or has changed."""

    permission = Permission.IMPORT_FILES
    model = Import
    template_name = "kpis/import_detail.html"

    def records(self):
        files = Prefetch("files", ImportFile.objects.order_by("order").prefetch_related("parts"))
        return super().records().select_related("made_by", "stored_by", "progress").prefetch_related(files)

    def get_context_data(self, **kwargs):
        batch = self.object
        files = list(batch.files.all())
        parts = [part for file in files for part in file.parts.all()]
        return super().get_context_data(
            batch=batch, files=files, parts=parts, state=ImportState(batch.state), kind=ImportKind(batch.kind),
            problems=list(batch.problems.order_by("pk")[:MOST_SHOWN]), is_stuck=batch.is_stuck,
            changes=any(part.changes for part in parts), sees_figures=self.request.user.can(Permission.SEE_KPIS), **kwargs,
        )  # fmt: skip


class ImportProblems(ImportDetail):
    """All that is wrong with an import's files, as a file."""

    def render_to_response(self, context, **kwargs):
        heads, rows = ["File", "Line", "Column", "What is wrong"], self.object.problems.order_by("pk")
        lines = csv_of(heads, rows, "file", "line", "column", "sentence", for_excel=True)
        return streamed_attachment(lines, media_type=CSV, name=f"import-{self.object.reference}-errors.csv")


class ImportDeed(ButtonDeed):
    """A deed on the page of an import."""

    permission = Permission.IMPORT_FILES
    model = Import


class StoreImport(ImportDeed):
    """Store what was checked."""

    def act(self, form):
        confirm_import(self.record, by=self.request.user)


class ThrowAwayImport(ImportDeed):
    """Let the files go, unstored."""

    success_message = "Thrown away. Nothing of these files was stored."

    def act(self, form):
        throw_away_import(self.record, by=self.request.user)
