"""Files of a child and of a referral: added several at once, read only through a permission check."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.generic import View

from core import scanner
from core.reading import record_read
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView, ButtonDeed, Guarded, Question, RecordDetail
from core.views.files import stored_attachment
from referrals.actions.document import (
    add_child_documents,
    add_documents,
    remove_child_document,
    remove_document,
)
from referrals.forms.documents import AddDocumentsForm, AddToReferralForm
from referrals.models import Child, ChildDocument, Referral, ReferralDocument
from referrals.models.child_document import MOST_DOCUMENTS, documents_of
from referrals.models.kept_file import SHARED_ONLY
from referrals.views.child_head import CareRecord, ChildRecord
from referrals.views.referral import ReferralRecord, writes
from referrals.views.tasks import EditTask
from referrals.views.uploads import uploads_in

MOST = 100
ASKS_AGAIN = {"WITH_TM", "READY", "BOOKED"}


class DocumentFile(Guarded, View):
    """One file's bytes, as an attachment, to somebody who may see its referral."""

    permission = Permission.SEE_REFERRALS

    def find(self, reference, file, user):
        """The record, and the file on it that this person may see."""
        referral = get_object_or_404(Referral.objects.visible_to(user), reference=reference)
        return referral, _document(referral, file, user)

    @transaction.atomic
    def get(self, request, reference, file):
        record, document = self.find(reference, file, request.user)
        if not document.may_be_opened:
            raise Http404
        answer = stored_attachment(document.file)
        record_read(record, by=request.user)
        return answer


class ReferralDocuments(ReferralRecord, ActionView):
    """The files of a referral as this reader may have them; whoever fills it in adds more."""

    permission = Permission.SEE_REFERRALS
    form_class = AddToReferralForm
    template_name = "referrals/documents.html"
    success_message = "Added."

    def get_context_data(self, **kwargs):
        referral, user = self.record, self.request.user
        is_writer = writes(referral, user)
        return super().get_context_data(
            documents=referral.documents.readable_by(user).select_related("file__added_by").order_by("pk")[:MOST],
            may_add=is_writer and not referral.why_not_edit(), why_not_add=referral.why_not_edit() if is_writer else [],
            scanner=scanner.is_set(), sees_sharing=user.acting.role not in SHARED_ONLY, asks_again=referral.status in ASKS_AGAIN,
            object=referral, **self.identity(referral), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        if not writes(self.record, request.user):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def act(self, form):
        add_documents(self.record, uploads=uploads_in(self.request), is_shareable=not form.cleaned_data["private"], by=self.request.user)
        return self.request.path


def _document(referral, file, user) -> ReferralDocument:
    """The document on a referral; those not shareable are for the council's own people."""
    rows = referral.documents.readable_by(user).select_related("file")
    return get_object_or_404(rows, file__reference=file)


class RemoveDocument(EditTask):
    """Take one file off a referral."""

    def load(self):
        self.kwargs["name"] = "documents"
        return super().load()

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(f"/referrals/{self.record.reference}/tasks/documents")

    def post(self, request, *args, **kwargs):
        document = _document(self.record, self.kwargs["file"], request.user)
        try:
            remove_document(document, by=request.user)
        except RuleBroken as refusal:
            return self.refused(self.get_form_class()(initial=self.task.answers, data={}), refusal)
        return HttpResponseRedirect(f"/referrals/{self.record.reference}/tasks/documents")


class ChildDocuments(CareRecord, RecordDetail):
    """Every document of a child that this person may see: what it is, when and by whom it was added."""

    def get_context_data(self, **kwargs):
        rows = documents_of(self.object, self.request.user)
        return super().get_context_data(
            documents=rows[:MOST_DOCUMENTS], are_more=len(rows) > MOST_DOCUMENTS, scanner=scanner.is_set(),
            **self.identity(self.object), **kwargs,
        )  # fmt: skip


class ChildDocumentFile(DocumentFile):
    """One file's bytes, as an attachment, to somebody who may see the child's record."""

    permission = Permission.SEE_CHILDREN

    def find(self, reference, file, user):
        child = get_object_or_404(Child.objects.visible_to(user), reference=reference)
        return child, _of_child(child, file, user)


def _of_child(child, file, user) -> ChildDocument:
    """The document on a child's record that this person may see."""
    rows = child.documents.readable_by(user).select_related("file", "child")
    return get_object_or_404(rows, file__reference=file)


class AddChildDocuments(ChildRecord, Question):
    """Add several documents of one kind to a child's record at once."""

    permission = Permission.KEEP_CARE_RECORDS
    form_class = AddDocumentsForm
    heading, submit_label, back_label = "Add documents", "Add the documents", "Documents"
    success_message = "Added."

    def back(self):
        return f"{self.record.get_absolute_url()}/documents"

    @property
    def lead(self):
        """What is said about viruses where nothing scans for them."""
        return "" if scanner.is_set() else "Files are not checked for viruses here. Add only what you know."

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_multipart=True, **kwargs)

    def act(self, form):
        said = form.cleaned_data
        add_child_documents(
            self.record, uploads=uploads_in(self.request), document_type=said["type"], is_shareable=said["is_shareable"],
            by=self.request.user,
        )  # fmt: skip


class RemoveChildDocument(ChildRecord, ButtonDeed):
    """Take one document off a child's record."""

    permission = Permission.KEEP_CARE_RECORDS
    success_message = "The document is taken off. It is kept, and nobody can open it here."

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/documents"

    def act(self, form):
        document = _of_child(self.record, self.kwargs["file"], self.request.user)
        remove_child_document(document, by=self.request.user)
