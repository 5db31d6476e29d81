"""A reader's own papers of a meeting as one PDF, and the files of late papers."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.reading import record_read
from core.roles import Permission
from core.views.bases import ButtonDeed, RecordDetail
from core.views.files import StoredFileDetail, stored_attachment
from panels.actions.own_papers import ask_for_copy
from panels.models import Supplement
from panels.models.own_papers import copy_of, may_open
from panels.models.room import may_chair
from panels.views.meeting import MeetingRecord
from referrals.models import Child, Referral


class CopyPapers(MeetingRecord, ButtonDeed):
    """Have one's own papers made as one PDF."""

    permission = Permission.READ_PAPERS

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/papers"

    def act(self, form):
        ask_for_copy(self.record, by=self.request.user)


class PapersFile(MeetingRecord, StoredFileDetail):
    """One's own copy, while all that is in it may still be read; reading each referral in it is recorded."""

    permission = Permission.READ_PAPERS

    def stored(self, record):
        copy = copy_of(record, self.request.user)
        if copy is None or not copy.is_ready:
            raise Http404
        papers = [item["key"] for item in copy.version.frozen["items"] if item.get("opened")]
        for referral in Referral.objects.visible_to(self.request.user).filter(items__in=papers).order_by("pk"):
            record_read(referral, by=self.request.user)
        for child in Child.objects.filter(high_risk_requests__item__in=papers).order_by("pk"):
            record_read(child, by=self.request.user)
        return copy.version.file


class LateFile(MeetingRecord, RecordDetail):
    """The file of a late paper: to the item's readers once it was taken, before that to those who offer and answer."""

    permission = Permission.READ_PAPERS

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        meeting, user = self.get_object(), request.user
        rows = meeting.supplements.filter(item__in=meeting.items.standing().papers_for(user), file__reference=self.kwargs["file"])
        late = get_object_or_404(Supplement.objects.select_related("file", "item__referral", "item__meeting").filter(pk__in=rows))
        handles = user.can(Permission.RUN_MEETINGS) or may_chair(meeting, user)
        taken = late.accepted_at is not None and may_open(late.item, user)
        if not late.may_be_opened or not (taken or handles):
            raise Http404
        if (about := late.item.referral or late.item.child) is not None:
            record_read(about, by=user)
        return stored_attachment(late.file)
