"""What was decided, with the quorum as it was, and what is to be done."""

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core import clock
from core.paired import by_and_at
from core.references import ReferenceField
from core.roles import Permission, Role
from panels.choices import DecisionKind, DecisionState, ItemKind, Outcome, Settled
from panels.models.agenda_item import AgendaItem
from referrals.choices import Depth
from referrals.models import Referral


class DecisionQuerySet(models.QuerySet):
    """Decisions, asked for in words."""

    def visible_to(self, user):
        """Members read their meetings' decisions; referrer and provider, once released."""
        if user.acting is None:
            return self.none()
        seen = Referral.objects.visible_to(user)
        released = Q(released_at__isnull=False, item__referral__in=seen)
        if user.acting.role in {Role.COMMISSIONER, Role.AUDITOR, Role.SOCIAL_WORKER,
                                Role.TEAM_MANAGER, Role.PRACTITIONER}:  # fmt: skip
            return self.filter(released)
        items = AgendaItem.objects.visible_to(user).filter(pk=OuterRef("item"))
        return self.filter(Exists(items) | released)


@pghistory.track()
class Decision(models.Model):
    """One item's decision: recorded by the minute taker, agreed by the chair, then released."""

    reference = ReferenceField()
    item = models.OneToOneField("panels.AgendaItem", models.PROTECT, related_name="decision")
    panel = models.ForeignKey("panels.Panel", models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=13, choices=DecisionKind, default=DecisionKind.RESOURCE)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.ForeignKey("panels.DecisionReason", models.PROTECT, null=True, blank=True, related_name="+")
    reasons = models.TextField()
    conditions = models.TextField(blank=True)
    resource = models.CharField(max_length=160, blank=True)
    short_term = models.TextField(blank=True)
    long_term = models.TextField(blank=True)
    tried_first = models.TextField(blank=True)
    rate_because = models.CharField(max_length=500, blank=True)
    principles = models.JSONField(default=dict, blank=True)
    unmet_need = models.CharField(max_length=300, blank=True)
    sent_to = models.ForeignKey("panels.Panel", models.PROTECT, null=True, blank=True, related_name="+")
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    outreach_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    weekly_cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True)
    budget = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    sentence = models.TextField(blank=True)
    state = models.CharField(
        max_length=11, choices=DecisionState, default=DecisionState.RECOMMENDED
    )
    awaiting = models.CharField(max_length=120, blank=True)
    quorum = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    held_back_because = models.TextField(blank=True)
    on_case_system_at = models.DateTimeField(null=True, blank=True)
    on_case_system_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry_checked_at = models.DateTimeField(null=True, blank=True)
    entry_checked_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    entry_reopened_because = models.TextField(blank=True)
    settled_as = models.CharField(max_length=8, choices=Settled, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    settled_words = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "year", "serial"], name="a_decision_has_its_own_number"),
            models.CheckConstraint(
                name="what_is_agreed_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gt=models.F("starts_on")),
            ),
            by_and_at("entry_checked", of="decision"),
            by_and_at("settled", of="decision"),
            by_and_at("agreed", of="decision"),
            by_and_at("on_case_system", of="decision"),
            models.CheckConstraint(
                name="only_an_agreed_decision_is_released",
                condition=Q(released_at=None) | Q(agreed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("panels:decision", args=[self.reference])

    @property
    def numbered(self):
        """Its number among its panel's of the year, and its reference until it has one."""
        return f"Decision {self.number}" if self.number else f"Decision {self.reference}"

    @property
    def waits_for_a_meeting(self):
        """Whether it is the chair's act that no meeting has ratified, varied or ended."""
        return self.item.kind == ItemKind.ACT and not self.settled_as

    @property
    def child_id(self):
        """The child it is about, where it is about one."""
        return self.item.referral.child_id if self.item.referral_id else None


class ActionQuerySet(models.QuerySet):
    """Actions, asked for in words."""

    def visible_to(self, user):
        """One's own once released, and those of items one reads; none of an item that is kept from one."""
        items, released = AgendaItem.objects.filter(pk=OuterRef("item")), Decision.objects.filter(item=OuterRef("item"), released_at__isnull=False)
        told = Exists(released) & Exists(items.not_kept_from(user, depth=Depth.RECORD))
        rows = Q(owner=user) & (told & Q(item__referral__isnull=False) | Exists(items.not_kept_from(user)) & Q(item__referral=None))
        if user.can(Permission.READ_PAPERS):
            rows |= Exists(items.visible_to(user))
        return self.filter(rows)

    def open(self):
        """Those still to be done."""
        return self.filter(done_at=None)


class Action(models.Model):
    """One thing somebody is to do by a day, from one item."""

    reference = ReferenceField()
    item = models.ForeignKey("panels.AgendaItem", models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner_name = models.CharField(max_length=120)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            by_and_at("done", of="action")
        ]

    def __str__(self):
        return self.what

    @property
    def child_id(self):
        """The child it is about, where its item is about one."""
        return self.item.referral.child_id if self.item.referral_id else None
