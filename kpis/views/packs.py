"""Packs: the archive, one pack with its stages and its HTML twin, its PDF, and its approval."""

from core import clock, printing
from core.actions.printing import print_again
from core.dates import day_in_words
from core.roles import Permission
from core.views.bases import ActionView, ButtonDeed, RecordDetail, RecordList
from core.views.files import StoredFileDetail
from kpis.actions.pack import PRINTED_BY, approve_pack
from kpis.choices import PackState
from kpis.models import Pack
from kpis.models.pack import pack_clock, packs_read_by
from kpis.papers.asking import commentary_of
from kpis.papers.charts import with_drawings
from kpis.papers.check import small_numbers
from kpis.papers.children import may_read_children
from kpis.papers.copies import copy_of, for_reader, may_read_whole, supplements_for
from kpis.papers.pack import cover_facts, pack_facts
from kpis.rules.packs import why_not_approve
from panels.models.room import may_chair, people_served

REACHED = {
    PackState.DUE: 0, PackState.DRAFTED: 1, PackState.FROZEN: 2, PackState.STOPPED: 2, PackState.APPROVED: 3,
    PackState.ISSUED: 4,
}  # fmt: skip


def readable(user):
    """Packs this person may see: those they build or approve as they are made, others once circulated."""
    return packs_read_by(user).select_related("meeting__panel__authority", "meeting__terms", "document", "approved_by")


class PackList(RecordList):
    """Packs, the newest meeting first."""

    permission = Permission.SEE_PACKS
    model = Pack

    def records(self):
        return readable(self.request.user).order_by("-meeting__starts_at")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_see_benefits=self.request.user.can(Permission.SEE_BENEFITS), may_see_kpis=self.request.user.can(Permission.SEE_KPIS), **kwargs)


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
        facts = for_reader(version.frozen if version else pack_facts(pack.meeting, commentary_of(pack)), pack.meeting, user)
        return super().get_context_data(
            facts=facts, charts=with_drawings(facts.get("charts", [])), version=version,
            asked=asked_of(pack, user), supplements=supplements_for(pack, user).select_related("added_by", "file"), copy=copy_of(pack, user),
            may_follow=user.can(Permission.BUILD_PACKS) and pack.state == PackState.ISSUED, steps=stages_of(pack), cover=cover_facts(pack, clock.today()),
            printing=printing.printing_of(PRINTED_BY, pack.reference) if pack.state != PackState.ISSUED else None,
            may_print=user.can(Permission.BUILD_PACKS), correcting=correcting_of(pack, user),
            may_recall=user.can(Permission.RECALL_LETTERS), has_children=pack.meeting.on >= clock.today() and may_read_children(pack, user),
            may_approve=user.can(Permission.APPROVE_PACKS)
            and not why_not_approve(pack.state, may_chair=may_chair(pack.meeting, user)), **kwargs,
        )  # fmt: skip


def correcting_of(pack: Pack, user):
    """The correction that has not gone out, for whoever builds or approves packs."""
    return pack.correcting if user.can(Permission.BUILD_PACKS) or user.can(Permission.APPROVE_PACKS) else None


def asked_of(pack: Pack, user) -> list:
    """Each part's commentary while the pack is built: whose it is, whether it is late, and whether this person may write it."""
    if pack.state not in {PackState.DRAFTED, PackState.FROZEN, PackState.APPROVED}:
        return []
    rows = list(pack.asked.select_related("asked_of", "pack__meeting").order_by("pk"))
    for row in rows:
        row.is_late = pack.state != PackState.DRAFTED or row.due_on < clock.today()
        row.may_write = pack.state == PackState.DRAFTED and (row.asked_of_id == user.pk or user.can(Permission.BUILD_PACKS))
    return rows


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


class PackFile(PackRecord, StoredFileDetail):
    """The PDF, as it was circulated, for whoever is out of none of it; others have a copy of their own made."""

    permission = Permission.SEE_PACKS

    def stored(self, record):
        return record.version.file if record.version and may_read_whole(record, self.request.user) else None


def checks_of(pack: Pack) -> list[tuple[str, str, str]]:
    """What the chair looks at before approving: each check, what it came to, and pass, check or stop."""
    if pack.version is None:
        return []
    found, asked = small_numbers(pack.version.frozen), list(pack.asked.select_related("asked_of"))
    missing = ", ".join(f"{row.get_part_display()} ({row.asked_of.full_name})" for row in asked if not row.written_at)
    days, members = pack_clock(pack.meeting), len(people_served(pack.meeting))
    return [
        ("Figures", f"Frozen on {day_in_words(pack.frozen_at.astimezone(clock.LONDON).date())}, and unchanged since.", "pass"),
        ("Small numbers", " ".join(found) or "No count of 1 to 5 children was found.", "stop" if found else "pass"),
        ("Commentary", f"Missing: {missing}." if missing else f"All {len(asked)} parts are written." if asked else "None was asked for.", "check" if missing else "pass"),
        ("Circulation", f"By link to {members} members on {day_in_words(days.issue_on)}.", "pass"),
    ]


class PrintPackAgain(PackRecord, ButtonDeed):
    """A pack that could not be printed is tried again."""

    permission = Permission.BUILD_PACKS
    success_message = "It is tried again now."

    def act(self, form):
        print_again(PRINTED_BY, self.record.reference, on=self.record, authority=self.record.meeting.panel.authority, by=self.request.user)


class ApprovePack(PackRecord, ActionView):
    """The chair says that the frozen pack may go out."""

    permission = Permission.APPROVE_PACKS
    success_message = "Pack approved. It goes to every member on its day."
    extra_context = {
        "heading": "Approve the pack", "submit_label": "Approve pack",
        "lead": "Its figures are frozen and will not change. It is circulated on its day, approved or not, and says which.",
    }  # fmt: skip

    def get_context_data(self, **kwargs):
        return super().get_context_data(checks=checks_of(self.record), **kwargs)

    def why_not(self):
        return why_not_approve(self.record.state, may_chair=may_chair(self.record.meeting, self.request.user))

    def act(self, form):
        approve_pack(self.record, by=self.request.user)
