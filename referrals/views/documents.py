"""A referral's files: added several at once, read only through a permission check."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.generic import View

from core import scanner
from core.files import FileDamaged, read
from core.forms import HouseForm
from core.reading import record_read
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView, Guarded
from referrals.actions.document import add_documents, remove_document
from referrals.models import Referral, ReferralDocument
from referrals.views.referral import ReferralRecord, writes
from referrals.views.tasks import EditTask
from referrals.views.uploads import uploads_in

MOST = 100
OUTSIDE = {"CH", "PM", "PRM", "PRV"}
ASKS_AGAIN = {"WITH_TM", "READY", "BOOKED"}


class DocumentFile(Guarded, View):
    """One file's bytes, as an attachment, to somebody who may see its referral."""

    permission = Permission.SEE_REFERRALS

    @transaction.atomic
    def get(self, request, reference, file):
        referral = get_object_or_404(Referral.objects.visible_to(request.user), reference=reference)
        document = _document(referral, file, request.user)
        if not document.may_be_opened:
            raise Http404
        try:
            content = read(document.file)
        except FileDamaged as damage:
            raise Http404 from damage
        record_read(referral, by=request.user)
        return HttpResponse(
            content,
            content_type=document.file.media_type,
            headers={
                "Content-Disposition": content_disposition_header(True, document.file.name),
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "default-src 'none'; sandbox",
            },
        )


class AddDocumentsForm(HouseForm):
    """Whether the files that are chosen are for the council alone."""

    private = forms.BooleanField(label="For the council’s own people only: not for the panel or the provider", required=False)


class ReferralDocuments(ReferralRecord, ActionView):
    """The files of a referral as this reader may have them; whoever fills it in adds more."""

    permission = Permission.SEE_REFERRALS
    form_class = AddDocumentsForm
    template_name = "referrals/documents.html"
    success_message = "Added."

    def get_context_data(self, **kwargs):
        referral, user = self.record, self.request.user
        is_writer = writes(referral, user)
        return super().get_context_data(
            documents=_readable(referral, user).select_related("file__added_by").order_by("pk")[:MOST],
            may_add=is_writer and not referral.why_not_edit(), why_not_add=referral.why_not_edit() if is_writer else [],
            scanner=scanner.is_set(), sees_sharing=user.acting.role not in OUTSIDE, asks_again=referral.status in ASKS_AGAIN,
            object=referral, **self.identity(referral), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        if not writes(self.record, request.user):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def act(self, form):
        add_documents(self.record, uploads=uploads_in(self.request), is_shareable=not form.cleaned_data["private"], by=self.request.user)
        return self.request.path


def _readable(referral, user):
    """The documents on a referral; those not shareable are for the council's own people."""
    rows = referral.documents.filter(removed_at=None).select_related("file")
    return rows.filter(is_shareable=True) if user.acting.role in OUTSIDE else rows


def _document(referral, file, user) -> ReferralDocument:
    """The document, where this person may have it."""
    return get_object_or_404(_readable(referral, user), file__reference=file)


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
