"""Assurance: what a contract asks to be shown, days that were held, and evidence packs."""


from contracts.actions.assurance import add_entry, draw_pack, log_day
from contracts.forms.assurance import DayForm, EntryForm, PackForm
from contracts.models import AssuranceEntry, ContractDay, ContractDocument, EvidencePack
from contracts.models.contract_document import attach
from contracts.papers.evidence import file_name
from contracts.rules.assurance import EntryKind, missing, shown
from contracts.views.head import head_of
from contracts.views.register import RegisterPage, RegisterQuestion
from core import clock
from core.reading import record_rows_read
from core.roles import Permission
from core.views.bases import RecordDetail
from core.views.files import stored_attachment

MOST = 200


class Assurance(RegisterPage):
    """Everything that is to be shown under one contract, the missing first."""

    template_name = "contracts/assurance.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        rows = AssuranceEntry.objects.visible_to(user).filter(contract=contract).order_by("-on", "-pk")
        latest = latest_of(rows[: MOST * 5])
        files = ContractDocument.objects.visible_to(user).filter(contract=contract).exclude(entry=None).select_related("file__added_by")
        files = list(files.order_by("-file__added_at", "-pk")[:MOST])
        for one in files:
            one.contract = contract
        attach(latest, files, "entry")
        days = ContractDay.objects.visible_to(user).filter(contract=contract).order_by("-held_on", "-pk")
        packs = EvidencePack.objects.visible_to(user).filter(contract=contract).select_related("drawn_by").order_by("-drawn_at", "-pk")
        return super().get_context_data(
            missing=missing(row.kind for row in latest), days=days[:50], packs=packs[:20],
            shown=[row for row in latest if EntryKind(row.kind).is_required],
            commitments=[row for row in latest if row.kind == EntryKind.SOCIAL_VALUE.value],
            inspections=[row for row in latest if row.kind == EntryKind.INSPECTION.value],
            counts=[{"label": kind, "many": many} for kind, many in _by_kind(days).items()], **kwargs,
        )  # fmt: skip


def latest_of(rows) -> list[AssuranceEntry]:
    """The newest row of each kind and title, in the order of the contract's lines, with how it stands."""
    newest: dict = {}
    for row in rows:
        newest.setdefault((row.kind, row.title.casefold()), row)
    for row in newest.values():
        row.stands = shown(row.due_on, has_evidence=bool(row.evidence), today=clock.today())
        row.source = EntryKind(row.kind).source
    order = [kind.value for kind in EntryKind]
    return sorted(newest.values(), key=lambda row: (order.index(row.kind), row.title))[:MOST]


def _by_kind(days) -> dict[str, int]:
    """How many days of each kind in the last twelve months, by words."""
    since = clock.today().replace(day=1)
    since = since.replace(year=since.year - 1)
    rows = days.filter(held_on__gte=since)
    found: dict[str, int] = {}
    for row in rows[:MOST]:
        found[row.get_kind_display()] = found.get(row.get_kind_display(), 0) + 1
    return found


class AddEntry(RegisterQuestion):
    """Write what was shown into the register."""

    form_class = EntryForm
    tab, back_label = "assurance", "Assurance"
    heading, submit_label = "Add to the register", "Add"
    lead = "What is added takes the place of an earlier row of the same name, which is kept."

    def act(self, form):
        add_entry(self.record, by=self.request.user, **form.cleaned_data)


class LogDay(RegisterQuestion):
    """Log a day apart from performance reviews."""

    form_class = DayForm
    tab, back_label = "assurance", "Assurance"
    heading, submit_label = "Log a day", "Log it"
    lead = "Development days, contact days and training are logged apart from performance reviews."

    def act(self, form):
        log_day(self.record, by=self.request.user, **form.cleaned_data)


class DrawPack(RegisterQuestion):
    """Freeze the registers for an inspection."""

    form_class = PackForm
    tab, back_label = "assurance", "Assurance"
    heading, submit_label = "Make an evidence pack", "Make it"
    lead = "The registers are frozen as they stand now. The files name no child, no worker, and no words of a complaint."
    success_message = "Made. It is kept as it is."

    def act(self, form):
        return draw_pack(self.record, by=self.request.user, **form.cleaned_data).get_absolute_url()


class EvidencePackDetail(RecordDetail):
    """One pack: what it is for, when it was frozen, and its files."""

    permission = Permission.SEE_ASSURANCE
    model = EvidencePack
    template_name = "contracts/evidence_pack.html"

    def records(self):
        return super().records().select_related("contract__authority", "contract__provider", "version__file", "drawn_by")

    def get_context_data(self, **kwargs):
        tables = self.object.version.frozen["tables"]
        return super().get_context_data(
            pack=self.object, tables=[{"file": file_name(n, table), **table, "many": len(table["rows"])} for n, table in enumerate(tables, 1)],
            **head_of(self.object.contract, self.request), **kwargs,
        )  # fmt: skip


class EvidencePackFile(RecordDetail):
    """The pack as one zip, as it was made."""

    permission = Permission.SEE_ASSURANCE
    model = EvidencePack

    def records(self):
        return super().records().select_related("version__file")

    def get(self, request, *args, **kwargs):
        pack = self.get_object()
        answer = stored_attachment(pack.version.file)
        record_rows_read([pack], by=request.user)
        return answer
