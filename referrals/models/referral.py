"""Referrals: tasks as typed, snapshots as sent, and every move between statuses."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from core import clock
from core.alone import write_later
from core.dates import day_in_words
from core.references import ReferenceField, address_of
from core.roles import Role
from core.written import Written
from referrals.choices import (
    SIGNED_OFF_ONCE,
    Band,
    Basis,
    ProvisionKind,
    ReferralStatus,
    Step,
    TaskName,
)
from referrals.models.child import Child
from referrals.models.counted import COUNTED_FOR_ALL, counts_own_alone
from referrals.models.cover import standing_in
from referrals.models.kept_file import KeptFile, KeptFileQuerySet
from referrals.models.referral_facts import NOT_RELEASED, OPEN, WAITS, ReferralFacts
from referrals.models.told import Told, by_name
from referrals.models.turn import ReferralTurn
from referrals.rules.progress import why_not_move
from referrals.rules.sign_off import STATUS_OF_STEP


class ReferralQuerySet(models.QuerySet):
    """Referrals, asked for in words."""

    def visible_to(self, user):
        """Referrals this person may see: their own, their team's or authority's, or told."""
        acting = user.acting
        if acting is None:
            return self.none()
        told = Told(user, referral="pk", child="child")
        kept = Written(Child.objects.filter(pk=OuterRef("child"), is_restricted=True))  # no join: few are, and a list's planner may look only there
        return self.filter(
            (_own(user) | told.of_the_referral()) & (~kept | by_name(told)) | Q(sent_at__isnull=False) & told.of_the_child(Basis.BREAK_GLASS),
        ).exclude(told.kept_from())

    def theirs(self, user):
        """Of those this person sees, the ones that are theirs by own, team or authority right, whatever a meeting lets them read."""
        return self.visible_to(user).filter(_own(user)) if user.acting else self.none()

    def counted_for(self, user):
        """Those that a count shown to this person may hold: a provider's own, and no child kept from them."""
        seen = self.visible_to(user)
        if counts_own_alone(user):
            return seen
        return self.filter(COUNTED_FOR_ALL | Q(pk__in=seen.values("pk")))

    def waiting(self):
        """Those waiting for a place, offered one or not."""
        return self.filter(WAITS)

    def open(self):
        """Those not ended and not withdrawn."""
        return self.filter(OPEN)

    def old_drafts(self, before):
        """Drafts never sent that nobody has touched since a moment."""
        return self.filter(status=ReferralStatus.DRAFT, sent_at=None, edited_at__lte=before)

    def newest_first(self):
        """The latest move first."""
        return self.order_by("-status_since", "-pk")

    def to_sign(self, user):
        """Those that wait for this person's own signature, as themselves or as cover, the longest first."""
        status = STATUS_OF_STEP.get(user.acting.role, "none")
        covered = _covered(user)
        signed = self.model.sign_offs.rel.related_model.objects.standing().filter(
            Q(person=user) | Q(covers=user), referral=OuterRef("pk")
        )
        rows = self.visible_to(user).filter(Q(status=status) | covered)
        rows = rows.exclude(author=user).exclude(Exists(signed))
        return rows.order_by("status_since", "pk")


def _own(user):
    """What a role gives without being told, in the authority the record belongs to."""
    acting = user.acting
    here = Q(authority=acting.authority_id)
    signed_off = Q(status__in=SIGNED_OFF_ONCE)
    left_the_author = Q(sent_at__isnull=False)
    by_role = {
        Role.SOCIAL_WORKER: Q(author=user) | Q(child__in=Child.objects.filter(social_worker=user)) | Q(joint_referrer=user),
        Role.TEAM_MANAGER: Q(team__in=acting.team_ids),
        Role.SERVICE_MANAGER: Q(team__in=acting.team_ids) & left_the_author | Q(author=user),
        Role.STRATEGIC_MANAGER: signed_off | Exists(_exceptions_asked()),
        Role.HEAD_OF_SERVICE: left_the_author,
        Role.PANEL_ADMINISTRATOR: left_the_author,
        Role.GOVERNANCE: left_the_author,
    }
    mine = by_role.get(acting.role)
    if acting.role not in Step.values:
        return Q(pk__in=[]) if mine is None else here & mine
    return here & mine | _covered(user)


def _covered(user):
    """What waits for a signature that this person gives today in place of somebody else."""
    found = Q(pk__in=[])
    for standing in standing_in(user):
        waits = Q(authority=standing.authority_id, status=STATUS_OF_STEP[standing.step])
        if standing.step != Step.STRATEGIC_MANAGER:
            waits &= Q(team__in=standing.team_ids)
        found |= waits & ~Q(author=standing.away_id)
    return found


def _exceptions_asked():
    """Exceptions asked for a referral: they bring a draft before a strategic manager."""
    return Referral.exceptions.rel.related_model.objects.filter(referral=OuterRef("pk"))


@pghistory.track()
class Referral(ReferralFacts, ReferralTurn, models.Model):
    """One request for one child, from its first word to its end."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="referrals")
    author = models.ForeignKey("core.User", models.PROTECT, related_name="referrals_written")
    team = models.ForeignKey("core.Team", models.PROTECT)
    wants = models.CharField(max_length=12, choices=ProvisionKind, blank=True)
    status = models.CharField(max_length=16, choices=ReferralStatus, default=ReferralStatus.DRAFT, db_index=True)
    status_since = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(default=clock.now)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    band = models.CharField(max_length=10, choices=Band, default=Band.STANDARD)
    decided_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    agreed_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    outreach_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    wait_order = models.PositiveIntegerField(null=True, blank=True)
    placed_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    joint_referrer = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="referrals_joined")
    draft_seen_at = models.DateTimeField(null=True, blank=True)
    draft_seen_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_seen_by_and_at_go_together",
                condition=Q(draft_seen_by=None, draft_seen_at=None)
                | Q(draft_seen_by__isnull=False, draft_seen_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["authority", "-status_since", "-id"]),
            models.Index(fields=["team", "-status_since", "-id"]),
            models.Index(fields=["author", "-status_since", "-id"]),
            models.Index(fields=["-status_since", "-id"], name="referrals_newest_first"),
            models.Index(fields=["authority", "team"], condition=NOT_RELEASED, name="referrals_not_released"),
            models.Index(fields=["authority", "wants", "child"], condition=WAITS, name="who_waits"),
            *(models.Index(fields=[whose, "status", "-status_since", "-id"], condition=OPEN, name=f"open_of_{whose}") for whose in ("authority", "team", "author")),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return address_of("referrals:referral", self.reference)

    def move_to(self, status, *, by, reason="", marked=False, undone=False, taken_back=False):
        """Change status along the table, and keep the move; the only way a status changes."""
        reasons = why_not_move(self.status, status, marked=marked, undone=undone, taken_back=taken_back)
        if reasons:
            raise ValueError(" ".join(reasons))
        now = clock.now()
        facts = {"was": self.status, "now": status, "at": now, "by": by, "reason": reason, "terms": self.terms_in_force()}
        write_later(StatusChange(referral=self, **facts))
        self.status, self.status_since = status, now
        self.save()

    def terms_in_force(self) -> str:
        """Which contract terms a move is judged by, in words; the house's own where no contract says."""
        terms = self.provision_terms
        return f"Contract terms from {day_in_words(terms.from_on)}" if terms else "The house’s own sign-off chain"

    @property
    def status_choice(self):
        """The status with its word and colour."""
        return ReferralStatus(self.status)


@pghistory.track()
class ReferralTask(models.Model):
    """One of a referral's eight tasks: its answers exactly as typed, with a version of its own."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="tasks")
    name = models.CharField(max_length=10, choices=TaskName)
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    says_complete = models.BooleanField(default=False)
    to_mend = models.TextField(blank=True)
    changed_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "name"], name="a_task_is_there_once"),
            models.CheckConstraint(
                name="task_saved_by_and_at_go_together",
                condition=Q(saved_by=None, saved_at=None)
                | Q(saved_by__isnull=False, saved_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.referral}: {self.get_name_display()}"


class ReferralSnapshot(models.Model):
    """The whole referral as it was at one sending, never changed after."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    sha256 = models.CharField(max_length=64)
    judged = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey("core.User", models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "number"], name="a_sending_has_its_own_number"
            )
        ]

    def __str__(self):
        return f"{self.referral}, sending {self.number}"


class ReferralDocumentQuerySet(KeptFileQuerySet):
    """Files of referrals, asked for in words."""

    def visible_to(self, user):
        """Those on referrals this person may see, the unshared ones for the council's own people."""
        return self.readable_by(user).filter(referral__in=Referral.objects.visible_to(user))


class ReferralDocument(KeptFile, models.Model):
    """One file added to a referral, and whether the panel and the provider may have it."""

    taken_off_at = "/tasks/documents"
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="documents")
    file = models.ForeignKey("core.StoredFile", models.PROTECT)
    title = models.CharField(max_length=200, blank=True)
    is_shareable = models.BooleanField(default=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralDocumentQuerySet.as_manager()

    def __str__(self):
        return self.title or str(self.file)

    @property
    def about(self):
        """The record the file is on."""
        return self.referral


class StatusChange(models.Model):
    """One move of one referral from a status to another, by whom, why, and under which terms; never edited."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="moves")
    was = models.CharField(max_length=16, choices=ReferralStatus)
    now = models.CharField(max_length=16, choices=ReferralStatus)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    reason = models.TextField(blank=True)
    terms = models.CharField(max_length=80, blank=True)

    class Meta:
        triggers = [pgtrigger.Protect(name="a_move_is_never_edited", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.get_was_display()} to {self.get_now_display()}"
