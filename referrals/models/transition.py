"""Moving on: support not taken up, handing over at 18, onward referrals, and who is linked to whom."""

import pghistory
from django.db import models
from django.db.models import F, Q

from core import clock
from referrals.models.child import Child
from referrals.models.plan import OfAChildQuerySet


class OnwardOutcome(models.TextChoices):
    """What came of an onward referral."""

    WAITING = "waiting", "Waiting to hear"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "not accepted", "Not accepted"
    NOT_NEEDED = "not needed", "No longer needed"


class HomelessChoice(models.TextChoices):
    """What a young person of 16 or 17 chose."""

    NOT_YET = "not yet", "Not decided yet"
    ACCEPTED = "accepted", "Come into care under section 20"
    OTHER_HELP = "other help", "Other help, not section 20"


class Relation(models.TextChoices):
    """How two children are linked."""

    SIBLING = "sibling", "Brother or sister"
    HALF = "half", "Half-brother or half-sister"
    STEP = "step", "Step-brother or step-sister"
    PARENT = "parent", "Young parent and their child"


class ClosingKind(models.TextChoices):
    """Why a child's whole record was closed by a manager."""

    DEATH = "death", "The child died"
    ADOPTION = "adoption", "The child was adopted"


class OfAChild(models.QuerySet):
    """Rows of a child, seen by those who see the child."""

    def visible_to(self, user):
        """Those of children the person may see."""
        return self.filter(child__in=Child.objects.visible_to(user))


@pghistory.track()
class Disengagement(models.Model):
    """A time when support was not taken up: what was noticed, tried, shared, and agreed next."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="disengagements")
    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="disengagements")
    noticed_on = models.DateField()
    noticed = models.TextField()
    tried = models.TextField()
    shared_at = models.DateTimeField(default=clock.now)
    next_steps = models.TextField(blank=True)
    agreed_with = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OfAChildQuerySet.as_manager()

    def __str__(self):
        return f"Noticed on {self.noticed_on}"


@pghistory.track()
class Handover(models.Model):
    """One young person's way to adult services, in phases, and any support after 18."""

    child = models.OneToOneField("referrals.Child", models.PROTECT, related_name="handover")
    identified_on = models.DateField()
    needs = models.TextField()
    adult_service = models.CharField(max_length=200, blank=True)
    adult_contact = models.CharField(max_length=200, blank=True)
    meets_on = models.DateField(null=True, blank=True)
    joint_from_on = models.DateField(null=True, blank=True)
    leads_from_on = models.DateField(null=True, blank=True)
    after_18_decided_on = models.DateField(null=True, blank=True)
    after_18_decision = models.CharField(max_length=300, blank=True)
    after_18_agreed_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OfAChild.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="support_after_18_has_a_decision_and_an_agreement",
                condition=Q(after_18_decided_on=None, after_18_agreed_on=None)
                | Q(after_18_decided_on__isnull=False, after_18_agreed_on__isnull=False),
            )
        ]

    def __str__(self):
        return f"Handover of {self.child}"


class OnwardReferral(models.Model):
    """One referral on to another service: to whom, when, and what came of it."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="onward")
    to = models.CharField(max_length=200)
    why = models.TextField()
    package = models.TextField(blank=True)
    referred_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=OnwardOutcome, default=OnwardOutcome.WAITING)
    outcome_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OfAChild.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_onward_outcome_has_its_day",
                condition=Q(outcome="waiting", outcome_on=None)
                | (~Q(outcome="waiting") & Q(outcome_on__gte=F("referred_on"))),
            )
        ]

    def __str__(self):
        return self.to


@pghistory.track()
class HomelessOffer(models.Model):
    """Section 20 offered to a homeless young person of 16 or 17, and their informed choice (004:6445-6461)."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="homeless_offers")
    came_on = models.DateField()
    offered_on = models.DateField()
    explained = models.TextField()
    advice_from = models.CharField(max_length=200, blank=True)
    choice = models.CharField(max_length=12, choices=HomelessChoice, default=HomelessChoice.NOT_YET)
    chose_on = models.DateField(null=True, blank=True)
    own_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OfAChild.as_manager()

    def __str__(self):
        return f"Section 20 offered on {self.offered_on}"


class ChildLink(models.Model):
    """Two children who belong together; each keeps a record of their own."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="links")
    other = models.ForeignKey("referrals.Child", models.PROTECT, related_name="linked_from")
    relation = models.CharField(max_length=8, choices=Relation)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OfAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "other"], name="two_children_are_linked_once"),
            models.CheckConstraint(name="nobody_is_linked_to_themselves", condition=~Q(child=F("other"))),
        ]

    def __str__(self):
        return self.get_relation_display()


class ChildClosing(models.Model):
    """A child's whole record closed by a manager, after a death or an adoption."""

    child = models.OneToOneField("referrals.Child", models.PROTECT, related_name="closing")
    kind = models.CharField(max_length=8, choices=ClosingKind)
    happened_on = models.DateField()
    keep_until_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now)
    stopped = models.JSONField(default=dict, blank=True)
    undo_because = models.CharField(max_length=300, blank=True)
    undo_asked_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    undo_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="undo_asked_by_and_at_go_together",
                condition=Q(undo_asked_by=None, undo_asked_at=None) | Q(undo_asked_by__isnull=False, undo_asked_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class UndoneClosing(models.Model):
    """A death that was entered by mistake and undone by two people; never edited."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="undone_closings")
    happened_on = models.DateField()
    closed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    because = models.CharField(max_length=300)
    asked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="two_people_undo_a_closing", condition=~Q(asked_by=F("agreed_by"))),
        ]

    def __str__(self):
        return f"Undone on {self.agreed_at:%Y-%m-%d}"


class CouncilHeld(models.Model):
    """Which council is responsible for a child, between two days."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="councils")
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)
    case_number = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return str(self.authority)


class StayResident(models.Model):
    """Somebody who lives with a child in their place without a place of their own: a young parent's baby."""

    stay = models.ForeignKey("referrals.Stay", models.CASCADE, related_name="residents")
    called = models.CharField(max_length=100)
    born_on = models.DateField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_resident_leaves_after_coming",
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
            )
        ]

    def __str__(self):
        return self.called


@pghistory.track()
class Telling(models.Model):
    """One decision that a named person tells the child in plain words by a day."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="decisions_to_tell")
    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="tellings")
    words = models.TextField()
    teller = models.ForeignKey("core.User", models.PROTECT, related_name="tellings")
    due_on = models.DateField()
    child_said = models.TextField(blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_because = models.CharField(max_length=200, blank=True)

    objects = OfAChildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="telling_told_by_and_at_go_together",
                condition=Q(told_by=None, told_at=None)
                | Q(told_by__isnull=False, told_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"Telling of {self.referral}"
