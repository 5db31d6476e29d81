"""A referral's files: added several at once, read only through a permission check."""

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.generic import View

from core.files import FileDamaged, read
from core.reading import record_read
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import Guarded
from referrals.actions.document import remove_document
from referrals.models import Referral, ReferralDocument
from referrals.views.tasks import EditTask


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


def _document(referral, file, user) -> ReferralDocument:
    """The document; those not shareable are for the council's own people."""
    rows = referral.documents.filter(removed_at=None).select_related("file")
    if user.acting.role in {"CH", "PM", "PRM", "PRV"}:
        rows = rows.filter(is_shareable=True)
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
