"""Steering-group packs: one a meeting, through its stages."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.letters import withdrawn_from
from core.models.document import read_by
from core.paired import by_and_at
from core.roles import Permission
from kpis.choices import PackState
from kpis.rules.packs import PackClock, stage_days
from panels.models import Meeting
from panels.models.clocks import calendar_of

PACK_MADE_AT = time(7)


def pack_clock(meeting) -> PackClock | None:
    """The days a meeting's terms set for its pack, or None where they ask for none."""
    terms = meeting.terms
    if terms.pack_draft_working_days is None or terms.pack_freeze_working_days is None:
        return None
    return stage_days(
        meeting.on, calendar_of(meeting), draft=terms.pack_draft_working_days,
        freeze=terms.pack_freeze_working_days, issue=terms.papers_working_days,
    )  # fmt: skip


def meetings_to_plan() -> list[Meeting]:
    """Meetings whose pack is due to be drafted, or was, and has not been planned."""
    rows = Meeting.objects.filter(
        pack=None, panel__kind="steering", terms__pack_draft_working_days__isnull=False
    ).exclude(status__in=["planned", "cancelled", "not held"])
    return [
        meeting
        for meeting in rows.select_related("panel__authority", "terms").order_by("starts_at")
        if clock.moment(pack_clock(meeting).draft_on, PACK_MADE_AT) <= clock.now()
    ]


class PackQuerySet(models.QuerySet):
    """Packs, asked for in words."""

    def visible_to(self, user):
        """Packs of meetings the person sees, less those that were sent to them by mistake."""
        rows = self.filter(meeting__in=Meeting.objects.visible_to(user))
        return rows.exclude(pk__in=withdrawn_from(user, "kpis.pack"))

    def locked(self, meeting_reference):
        """A meeting's pack, its row held until the deed is done."""
        rows = self.select_for_update(of=("self",)).select_related("meeting__panel__authority", "meeting__terms")
        return rows.get(meeting__reference=meeting_reference)

    def issued(self):
        """Those that have been circulated."""
        return self.filter(state=PackState.ISSUED)


class Pack(models.Model):
    """The pack of one meeting: drafted, frozen, approved, circulated, each once."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="pack")
    state = models.CharField(max_length=8, choices=PackState, default=PackState.DUE)
    drafted_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    problem = models.TextField(blank=True)
    # Children by reference, frozen with the figures, None until then: `kpis.papers.children.frozen_children` says what a row holds.
    children = models.JSONField(null=True, blank=True)
    document = models.ForeignKey("core.Document", models.PROTECT, null=True, blank=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        constraints = [
            by_and_at("approved", of="pack"),
            models.CheckConstraint(
                name="an_issued_pack_has_a_document",
                condition=~Q(state="issued")
                | Q(document__isnull=False, issued_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Pack for {self.meeting}"

    def get_absolute_url(self):
        return reverse("kpis:pack", args=[self.meeting.reference])

    @property
    def reference(self):
        """A pack is known by its meeting."""
        return self.meeting.reference

    @property
    def version(self):
        """The newest frozen version for everyone, once circulated the newest that went out; None before it is frozen."""
        if self.document_id is None or self.frozen_at is None:
            return None
        rows = self.document.versions.filter(audience="everyone").select_related("file", "document__authority")
        rows = rows.filter(issued_at__isnull=False) if self.state == PackState.ISSUED else rows
        return rows.order_by("-number").first()

    @property
    def correcting(self):
        """The correction that has not gone out: it waits for its approval, or for the printer; None where none does."""
        rows = self.corrections.filter(Q(answered_at=None) | Q(is_approved=True, version__issued_at=None))
        return rows.select_related("version__document__authority", "version__file", "asked_by", "answered_by", "pack__meeting").first()

    @property
    def state_choice(self):
        """The state with its word and colour."""
        return PackState(self.state)


def packs_read_by(user):
    """Packs this person may see: those they build or approve as they are made, others once circulated."""
    rows = Pack.objects.visible_to(user) if user.can(Permission.SEE_PACKS) else Pack.objects.none()
    return rows if user.can(Permission.BUILD_PACKS) or user.can(Permission.APPROVE_PACKS) else rows.issued()


@read_by("pack")
def meetings_whose_pack_is_read_by(user):
    """Meetings whose pack this person may see: a pack's document is about its meeting."""
    return Meeting.objects.filter(pack__in=packs_read_by(user))
