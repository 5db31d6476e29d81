"""Complaints and incidents, looked into by somebody neutral; and compliments."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from contracts.models.contract import Contract
from contracts.models.register import RegisterQuerySet
from core import clock
from core.models import RoleHeld
from core.references import ReferenceField
from core.roles import Permission, Role
from referrals.models import Child


class ComplaintKind(models.TextChoices):
    """What is written down."""

    COMPLAINT = "complaint", "Complaint"
    INCIDENT = "incident", "Incident"


class ToldBy(models.TextChoices):
    """Who said it."""

    YOUNG_PERSON = "young person", "A child or young person"
    FAMILY = "family", "A parent or somebody in the family"
    CARER = "carer", "A carer"
    WORKER = "worker", "Somebody at work"
    OTHER = "other", "Somebody else"


class ComplaintOutcome(models.TextChoices):
    """What came of it."""

    UPHELD = "upheld", "Upheld"
    PARTLY = "partly", "Upheld in part"
    NOT_UPHELD = "not upheld", "Not upheld"
    LEARNING = "learning", "Looked into, and lessons drawn"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Who reads every complaint of an authority; and who reads days and outcomes, and no words about anybody.
WHOLE_AUTHORITY = {Role.GOVERNANCE, Role.AUDITOR}
WITHOUT_WORDS = {Role.COMMISSIONER, Role.AUDITOR}


def _team_of(acting):
    """The people who hold a role today in a team that somebody manages."""
    held = RoleHeld.objects.held_on(clock.today()).filter(teams__in=acting.team_ids)
    return held.values("person")


class ComplaintQuerySet(RegisterQuerySet):
    """Complaints and incidents, asked for in words."""

    def visible_to(self, user):
        """The contract's to its readers, governance and audit; a team's to its manager; whoever wrote one down reads that one."""
        acting = user.acting
        if acting is None:
            return self.none()
        rows = self.filter(contract__in=Contract.objects.visible_to(user))
        if user.can(Permission.SEE_ASSURANCE) or acting.role in WHOLE_AUTHORITY:
            return rows
        if user.can(Permission.SEE_COMPLAINTS):
            return rows.filter(Q(child__in=Child.objects.visible_to(user)) | Q(child=None, entered_by__in=_team_of(acting)) | Q(entered_by=user))
        return rows.filter(entered_by=user) if user.can(Permission.LOG_COMPLAINTS) else self.none()

    def open(self):
        """Those that have no outcome yet."""
        return self.filter(closed_on=None)


@pghistory.track()
class Complaint(models.Model):
    """One complaint or incident about a service: what was said, who looks into it by when, and what came of it."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=10, choices=ComplaintKind)
    told_by = models.CharField(max_length=12, choices=ToldBy)
    received_on = models.DateField()
    about = models.TextField()
    child = models.ForeignKey("referrals.Child", models.PROTECT, null=True, blank=True, related_name="+")
    told_how_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    investigator = models.CharField(max_length=120, blank=True)
    investigator_post = models.CharField(max_length=160, blank=True)
    outcome = models.CharField(max_length=12, choices=ComplaintOutcome, blank=True)
    finding = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_closed_complaint_has_its_outcome",
                condition=Q(closed_on=None, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
            )
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("contracts:complaint", args=[self.reference])

    @property
    def is_late(self) -> bool:
        """True when it is open and the day for its answer has passed."""
        return self.closed_on is None and self.due_on < clock.today()

    @property
    def words(self) -> str:
        """Where it has got to, in words."""
        if self.closed_on:
            return self.get_outcome_display()
        return "Being looked into" if self.investigator else "Nobody looks into it yet"

    @property
    def tone(self) -> str:
        """The tone of a pill that says it."""
        return "done" if self.closed_on else "late" if self.is_late else "moving" if self.investigator else "attention"


def reads_words(user) -> bool:
    """Whether a person reads what was said: commissioners and auditors read days and outcomes, and no words about anybody."""
    return user.acting is not None and user.acting.role not in WITHOUT_WORDS


def child_seen(complaint, user) -> str:
    """The reference of the child it is about, for whoever may open that child's record; otherwise nothing."""
    if complaint.child_id is None or not user.can(Permission.SEE_CHILDREN):
        return ""
    child = Child.objects.visible_to(user).filter(pk=complaint.child_id).first()
    return child.reference if child else ""


class ComplimentQuerySet(models.QuerySet):
    """Compliments, asked for in words."""

    def visible_to(self, user):
        """Those about contracts the person reads registers of, the council's own that name no service, and one's own."""
        if user.acting is None:
            return self.none()
        mine = Q(given_by=user)
        if not user.can(Permission.SEE_ASSURANCE):
            return self.filter(mine)
        unplaced = Q(contract=None, authority=user.acting.authority_id) if user.acting.role != Role.PROVIDER_MANAGER else Q(pk=None)
        return self.filter(mine | unplaced | Q(contract__in=Contract.objects.visible_to(user)))


class Compliment(models.Model):
    """One good word about a service, kept from whatever page somebody was on."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, blank=True, related_name="compliments")
    told_by = models.CharField(max_length=12, choices=ToldBy)
    words = models.TextField()
    page = models.CharField(max_length=200, blank=True)
    given_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    objects = ComplimentQuerySet.as_manager()

    def __str__(self):
        return self.reference
