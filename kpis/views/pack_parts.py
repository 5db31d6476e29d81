"""A pack's commentary, corrections, supplements, its versions and their proof, and its files for Word and Excel."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from core.roles import Permission
from core.views.bases import ActionView, ButtonDeed, Question, RecordDetail
from core.views.files import RecordFile, StoredFileDetail, attachment
from kpis.actions.pack_commentary import write_commentary
from kpis.actions.pack_copy import ask_for_pack_copy
from kpis.actions.pack_later import add_supplement, answer_correction, correct_pack
from kpis.forms.packs import AnswerCorrectionForm, CommentaryForm, CorrectForm, SupplementForm
from kpis.models import PackCommentary
from kpis.papers.charts import with_drawings
from kpis.papers.copies import copy_of, for_reader, supplements_for
from kpis.papers.pack import cover_facts, pack_facts
from kpis.papers.pack_files import WORD, WORKBOOK, pack_document, pack_workbook
from kpis.rules.packs import why_not_add, why_not_answer_correction, why_not_correct, why_not_write
from kpis.views.packs import PackRecord, readable
from panels.models.room import may_chair


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
        facts = for_reader(pack_facts(self.record.pack.meeting), self.record.pack.meeting, self.request.user)
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
    lead = "The pack that was circulated never changes. Once the chair or a delegate approves it, a new version takes its place, says why, and both can be read."
    success_message = "A new version was made. It goes out once the chair or a delegate approves it."

    def why_not(self):
        return why_not_correct(self.record.state, is_settled=self.record.correcting is None, small_counts=[])

    def act(self, form):
        correct_pack(self.record, why=form.cleaned_data["why"], by=self.request.user)


class AnswerCorrection(PackRecord, ActionView):
    """The chair or a delegate reads a correction, and approves it or turns it down."""

    permission = Permission.APPROVE_PACKS
    form_class = AnswerCorrectionForm
    success_message = "Your answer is kept. An approved correction is printed now, and everybody who had the pack is told."

    def why_not(self):
        waits, user = self.record.correcting, self.request.user
        return why_not_answer_correction(
            waits=waits is not None and waits.answered_at is None, may_chair=may_chair(self.record.meeting, user),
            wrote_it=waits is not None and waits.asked_by_id == user.pk,
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        waits = self.record.correcting
        facts = for_reader(waits.version.frozen, self.record.meeting, self.request.user) if waits else None
        return super().get_context_data(
            waits=waits, pack=facts, charts=with_drawings(facts.get("charts", [])) if facts else [], heading="Approve a correction",
            submit_label="Save answer", lead="The pack that was circulated stays as it is. This version takes its place once you approve it.", **kwargs,
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        answer_correction(self.record, approved=said["answer"] == "approve", because=said["because"], by=self.request.user)


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
        add_supplement(self.record, title=form.cleaned_data["title"], words=form.cleaned_data["words"], part=form.cleaned_data["part"], by=self.request.user)


class PackProof(PackRecord, RecordDetail):
    """The proof of a pack is its document's own page, which works out every version's hashes; nothing is proved before the freeze."""

    permission = Permission.SEE_PACKS

    def get(self, request, *args, **kwargs):
        pack = self.get_object()
        return HttpResponseRedirect(f"/documents/{pack.document.reference}" if pack.document_id else pack.get_absolute_url())


class OneVersion(PackRecord):
    """One version by its number."""

    def version_of(self, pack):
        """The version of the address; not found where there is none."""
        rows = pack.document.versions.filter(audience="everyone").select_related("file") if pack.document_id else None
        found = rows.filter(number=self.kwargs["version"]).first() if rows is not None else None
        if found is None or found.issued_at is None:
            raise Http404
        return found


class PackVersion(OneVersion, RecordDetail):
    """A version as a page, also one that was superseded."""

    permission = Permission.SEE_PACKS

    def get_context_data(self, **kwargs):
        version = self.version_of(self.object)
        facts = for_reader(version.frozen, self.object.meeting, self.request.user)
        return super().get_context_data(
            version=version, facts=facts, charts=with_drawings(facts.get("charts", [])),
            newest=self.object.version, cover=cover_facts(self.object, version.frozen_at, version), **kwargs,
        )  # fmt: skip


class PackVersionFile(OneVersion, StoredFileDetail):
    """The PDF of one version, as it was circulated, for whoever is out of none of it."""

    permission = Permission.SEE_PACKS

    def stored(self, record):
        version = self.version_of(record)
        return version.file if for_reader(version.frozen, record.meeting, self.request.user) == version.frozen else None


class CopyPack(PackRecord, ButtonDeed):
    """Have one's own copy of the pack made."""

    permission = Permission.SEE_PACKS

    def act(self, form):
        ask_for_pack_copy(self.record, by=self.request.user)


class PackCopyFile(PackRecord, StoredFileDetail):
    """One's own copy, while all that is in it may still be read."""

    permission = Permission.SEE_PACKS

    def stored(self, record):
        copy = copy_of(record, self.request.user)
        return copy.version.file if copy and copy.is_ready else None


class PackSupplementFile(PackRecord, StoredFileDetail):
    """The PDF of one supplement."""

    permission = Permission.SEE_PACKS

    def stored(self, record):
        return get_object_or_404(supplements_for(record, self.request.user).select_related("file"), number=self.kwargs["nth"]).file


class FrozenFile(PackRecord, RecordFile):
    """A file made of the newest frozen version and nothing else. Declare `media_type`, `ending`, and `write`."""

    permission = Permission.SEE_PACKS
    media_type, ending, write = "", "", None

    def made(self, record):
        version = record.version
        if version is None:
            raise Http404
        name = f"pack-{record.reference}-{version.number}.{self.ending}"
        return attachment(type(self).write(for_reader(version.frozen, record.meeting, self.request.user)), media_type=self.media_type, name=name)


class PackWord(FrozenFile):
    """The pack as a Word document."""

    taken_as, media_type, ending, write = "Word", WORD, "docx", staticmethod(pack_document)


class PackWorkbook(FrozenFile):
    """The pack's numbers as an Excel workbook."""

    taken_as, media_type, ending, write = "Excel", WORKBOOK, "xlsx", staticmethod(pack_workbook)
