"""A pack's commentary, corrections, supplements, its versions and their proof, and its files for Word and Excel."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.roles import Permission
from core.views.bases import ActionView, Question, RecordDetail
from core.views.files import RecordFile, StoredFileDetail, attachment
from kpis.actions.pack_commentary import write_commentary
from kpis.actions.pack_later import add_supplement, correct_pack
from kpis.forms.packs import CommentaryForm, CorrectForm, SupplementForm
from kpis.models import PackCommentary
from kpis.papers.charts import with_drawings
from kpis.papers.pack import cover_facts, pack_facts
from kpis.papers.pack_files import WORD, WORKBOOK, pack_document, pack_workbook
from kpis.papers.proof import proofs_of
from kpis.rules.packs import why_not_add, why_not_correct, why_not_write
from kpis.views.packs import PackRecord, readable


class WriteCommentary(ActionView):
    """The person asked writes about one part, with that part's figures above the box."""

    permission = Permission.SEE_PACKS
    model = PackCommentary
    form_class = CommentaryForm
    success_message = "Commentary saved. You can change it until the figures are frozen."

    def records(self):
        rows = super().records().select_related("pack__meeting__panel__authority", "pack__meeting__terms", "asked_of")
        return rows if self.request.user.can(Permission.BUILD_PACKS) else rows.filter(asked_of=self.request.user)

    def load(self):
        return get_object_or_404(self.records(), pack__meeting__reference=self.kwargs["reference"], part=self.kwargs["part"])

    def get_initial(self):
        return {"words": self.record.words}

    def why_not(self):
        return why_not_write(self.record.pack.state, is_asked=True, small_counts=[])

    def get_context_data(self, **kwargs):
        facts = pack_facts(self.record.pack.meeting)
        return super().get_context_data(
            pack=facts, charts=[], section=f"kpis/pack/{self.record.part}.html", heading=str(self.record), submit_label="Save commentary",
            lead=f"For the pack of {self.record.pack.meeting}. It is printed above these figures.", **kwargs,
        )  # fmt: skip

    def act(self, form):
        write_commentary(self.record, words=form.cleaned_data["words"], by=self.request.user)

    def get_success_url(self):
        may_open = readable(self.request.user).filter(pk=self.record.pack_id).exists()
        return self.record.pack.get_absolute_url() if may_open else self.record.get_absolute_url()


class CorrectPack(PackRecord, Question):
    """A circulated pack is corrected by a new version."""

    permission = Permission.BUILD_PACKS
    form_class = CorrectForm
    heading, submit_label, back_label = "Correct the pack", "Make a new version", "The pack"
    lead = "The pack that was circulated never changes. A new version takes its place, says why, and both can be read."
    success_message = "A new version was made. It is printed now, and everybody who had the pack is told."

    def why_not(self):
        version = self.record.version
        return why_not_correct(self.record.state, is_printed=bool(version and version.file_id), small_counts=[])

    def act(self, form):
        correct_pack(self.record, why=form.cleaned_data["why"], by=self.request.user)


class AddPackSupplement(PackRecord, Question):
    """Something that became known after the pack was circulated."""

    permission = Permission.BUILD_PACKS
    form_class = SupplementForm
    heading, submit_label, back_label = "Add a supplement", "Add to the pack", "The pack"
    lead = "It is dated, has pages of its own (S1, S2 …), and stands beside the pack, which does not change."
    success_message = "Supplement added. It is printed now, and everybody who has the pack is told."

    def why_not(self):
        return why_not_add(self.record.state, [])

    def act(self, form):
        add_supplement(self.record, title=form.cleaned_data["title"], words=form.cleaned_data["words"], by=self.request.user)


class PackProof(PackRecord, RecordDetail):
    """Every version with its hashes, worked out again now from what is kept."""

    permission = Permission.SEE_PACKS

    def get_context_data(self, **kwargs):
        return super().get_context_data(proofs=proofs_of(self.object), **kwargs)


class OneVersion(PackRecord):
    """One version by its number."""

    def version_of(self, pack):
        """The version of the address; not found where there is none."""
        rows = pack.document.versions.filter(audience="everyone").select_related("file") if pack.document_id else None
        found = rows.filter(number=self.kwargs["version"]).first() if rows is not None else None
        if found is None:
            raise Http404
        return found


class PackVersion(OneVersion, RecordDetail):
    """A version as a page, also one that was superseded."""

    permission = Permission.SEE_PACKS

    def get_context_data(self, **kwargs):
        version = self.version_of(self.object)
        return super().get_context_data(
            version=version, facts=version.frozen, charts=with_drawings(version.frozen.get("charts", [])),
            newest=self.object.version, cover=cover_facts(self.object, version.frozen_at), **kwargs,
        )  # fmt: skip


class PackVersionFile(OneVersion, StoredFileDetail):
    """The PDF of one version, as it was circulated."""

    permission = Permission.SEE_PACKS

    def stored(self, record):
        return self.version_of(record).file


class PackSupplementFile(PackRecord, StoredFileDetail):
    """The PDF of one supplement."""

    permission = Permission.SEE_PACKS

    def stored(self, record):
        return get_object_or_404(record.supplements.select_related("file"), number=self.kwargs["nth"]).file


class FrozenFile(PackRecord, RecordFile):
    """A file made of the newest frozen version and nothing else. Declare `media_type`, `ending`, and `write`."""

    permission = Permission.SEE_PACKS
    media_type, ending, write = "", "", None

    def made(self, record):
        version = record.version
        if version is None:
            raise Http404
        name = f"pack-{record.reference}-{version.number}.{self.ending}"
        return attachment(type(self).write(version.frozen), media_type=self.media_type, name=name)


class PackWord(FrozenFile):
    """The pack as a Word document."""

    taken_as, media_type, ending, write = "Word", WORD, "docx", staticmethod(pack_document)


class PackWorkbook(FrozenFile):
    """The pack's numbers as an Excel workbook."""

    taken_as, media_type, ending, write = "Excel", WORKBOOK, "xlsx", staticmethod(pack_workbook)
