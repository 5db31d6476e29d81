"""Packs: the archive, one pack with its stages and its HTML twin, its PDF, and its approval."""

from django.http import Http404, HttpResponse

from core import clock, files
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail, RecordList
from kpis.actions.pack import approve_pack
from kpis.choices import PackState
from kpis.models import Pack
from kpis.models.pack import pack_clock
from kpis.papers.pack import cover_facts, pack_facts
from kpis.rules.packs import why_not_approve
from panels.models.room import may_chair

REACHED = {
    PackState.DUE: 0, PackState.DRAFTED: 1, PackState.FROZEN: 2, PackState.STOPPED: 2, PackState.APPROVED: 3,
    PackState.ISSUED: 4,
}  # fmt: skip


def readable(user):
    """Packs this person may see: those they build or approve as they are made, others once circulated."""
    rows = Pack.objects.visible_to(user)
    if not (user.can(Permission.BUILD_PACKS) or user.can(Permission.APPROVE_PACKS)):
        rows = rows.issued()
    return rows.select_related("meeting__panel__authority", "meeting__terms", "document", "approved_by")


class PackList(RecordList):
    """Packs, the newest meeting first."""

    permission = Permission.SEE_PACKS
    model = Pack

    def records(self):
        return readable(self.request.user).order_by("-meeting__starts_at")


class PackRecord:
    """A pack is found by its meeting's reference."""

    model = Pack
    slug_field = "meeting__reference"

    def records(self):
        return readable(self.request.user)


class PackDetail(PackRecord, RecordDetail):
    """The pack as a page: where it has got to, who has it, and every section."""

    permission = Permission.SEE_PACKS

    def get_context_data(self, **kwargs):
        pack, user = self.object, self.request.user
        version = pack.version
        return super().get_context_data(
            facts=version.frozen if version else pack_facts(pack.meeting), version=version,
            steps=stages_of(pack), cover=cover_facts(pack, clock.today()),
            may_approve=user.can(Permission.APPROVE_PACKS)
            and not why_not_approve(pack.state, may_chair=may_chair(pack.meeting, user)), **kwargs,
        )  # fmt: skip


def stages_of(pack: Pack) -> list[dict]:
    """The four stages, each with its day."""
    days, reached = pack_clock(pack.meeting), REACHED[PackState(pack.state)]
    last = {
        PackState.STOPPED: "Stopped by a failed check",
        PackState.ISSUED: "Made late, and kept" if pack.is_late else "Sent as a link to every member",
    }.get(pack.state, f"On {days.issue_on.day} {days.issue_on:%B}")
    approval = pack.approved_by.full_name if pack.approved_by_id else (
        "Not approved by the chair" if pack.state == PackState.ISSUED else "By the chair, once frozen"
    )
    return [
        {"label": "Drafted", "detail": f"{days.draft_on.day} {days.draft_on:%B}", "done": reached >= 1},
        {"label": "Figures frozen", "detail": f"{days.freeze_on.day} {days.freeze_on:%B}", "done": reached >= 2},
        {"label": "Approved", "detail": approval, "done": bool(pack.approved_by_id)},
        {"label": "Circulated", "detail": last, "done": reached >= 4},
    ]  # fmt: skip


class PackFile(PackRecord, RecordDetail):
    """The PDF, as it was circulated."""

    permission = Permission.SEE_PACKS

    def get(self, request, *args, **kwargs):
        version = self.get_object().version
        if version is None or version.file is None:
            raise Http404
        try:
            content = files.read(version.file)
        except files.FileDamaged as damage:
            raise Http404 from damage
        headers = {"Content-Disposition": f'attachment; filename="{version.file.name}"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)


class ApprovePack(PackRecord, ActionView):
    """The chair says that the frozen pack may go out."""

    permission = Permission.APPROVE_PACKS
    success_message = "Pack approved. It goes to every member on its day."
    extra_context = {
        "heading": "Approve the pack", "submit_label": "Approve pack",
        "lead": "Its figures are frozen and will not change. It is circulated on its day, approved or not, and says which.",
    }  # fmt: skip

    def why_not(self):
        return why_not_approve(self.record.state, may_chair=may_chair(self.record.meeting, self.request.user))

    def act(self, form):
        approve_pack(self.record, by=self.request.user)
