"""Stays: one child, one place, dates; the cap is kept here, by the database."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from core.roles import Role
from referrals.choices import HOLDING_STATES, StayState
from referrals.models.access import Access
from referrals.models.child import Child
from referrals.models.provision import DateRange, Provision
from referrals.rules.stays import Standing

PERIOD = DateRange("starts_on", Coalesce("ended_on", "planned_end_on"))
HOLDS = Q(state__in=HOLDING_STATES)
# Those whose planned days keep others out; what has ended is history, kept apart by the days it really was.
PROMISED = Q(state__in=[StayState.OFFERED, StayState.PLANNED, StayState.BEGUN])
WAS_THERE = DateRange("starts_on", "ended_on")
# Who reads every stay in the places they see, though not every child's record.
READS_DIARY = {Role.PROVIDER_MANAGER, Role.CHAIR}


class StayQuerySet(models.QuerySet):
    """Stays, asked for in words."""

    def visible_to(self, user):
        """Stays of children whose record the person may see; who keeps the diary sees the rest of it too."""
        if user.acting is None:
            return self.none()
        children = Q(child__in=Child.objects.visible_to(user))
        if user.acting.role not in READS_DIARY | {Role.PRACTITIONER}:
            return self.filter(children)
        here = self.filter(place__provision__in=Provision.objects.visible_to(user))
        if user.acting.role == Role.PRACTITIONER:
            return here.filter(children)
        withheld = Access.objects.withheld(user).filter(
            Q(referral=OuterRef("referral")) | Q(referral=None), child=OuterRef("child")
        )
        return here.filter(children | Q(child__is_restricted=False)).exclude(Exists(withheld))

    def holding(self):
        """Stays that keep a place: offered, planned, begun or ended on their day."""
        return self.filter(HOLDS)

    def costing(self):
        """Those that cost something: planned, begun or ended, in the order in which they start."""
        return self.filter(state__in=[StayState.PLANNED, StayState.BEGUN, StayState.ENDED]).order_by("starts_on", "pk")

    def in_place_on(self, day):
        """Begun stays that hold a place on a day; one past its planned end still holds it."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=day),
            state__in=[StayState.BEGUN, StayState.ENDED],
            starts_on__lte=day,
        )


@pghistory.track()
class Stay(models.Model):
    """One child's time in one place; ends are exclusive, and nothing ends by itself."""

    reference = ReferenceField()
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="stays")
    referral = models.ForeignKey(
        "referrals.Referral", models.PROTECT, null=True, blank=True, related_name="stays"
    )
    place = models.ForeignKey("referrals.Place", models.PROTECT, related_name="stays")
    is_living = models.BooleanField()
    state = models.CharField(max_length=8, choices=StayState, default=StayState.PLANNED)
    starts_on = models.DateField()
    planned_end_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    follow_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    follow_plan = models.TextField(blank=True)
    impact_assessment = models.TextField(blank=True)
    out_of_order_because = models.TextField(blank=True)
    out_of_order_agreed_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    risk_because = models.TextField(blank=True)
    kept_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="keeps"
    )
    kept_decided_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    kept_decided_at = models.DateTimeField(null=True, blank=True)
    kept_because = models.TextField(blank=True)
    moved_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_to"
    )
    transferred_from = models.CharField(max_length=80, blank=True)
    first_supported_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    offered_until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(default=clock.now)
    accepted_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField(null=True, blank=True)
    ending_reason = models.CharField(max_length=200, blank=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="planned_periods_on_a_place_keep_apart",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=PROMISED,
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message="Somebody else has that place in those days.",
            ),
            ExclusionConstraint(
                name="a_bed_has_one_child_a_night",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (WAS_THERE, RangeOperators.OVERLAPS),
                ],
                condition=Q(is_living=True, state__in=[StayState.BEGUN, StayState.ENDED]),
                violation_error_message="Somebody was in that bed in those days.",
            ),
            models.UniqueConstraint(
                fields=["place"],
                name="one_begun_stay_a_place",
                condition=Q(state="begun"),
                violation_error_message="Somebody is in that place now.",
            ),
            ExclusionConstraint(
                name="a_child_has_one_living_and_one_outreach_place",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (models.functions.Cast("is_living", models.IntegerField()), RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=PROMISED,
                violation_error_message="The child already has a place of this kind in those days.",
            ),
            models.CheckConstraint(
                name="a_stay_ends_after_it_starts",
                condition=(Q(planned_end_on=None) | Q(planned_end_on__gt=F("starts_on")))
                & (Q(ended_on=None) | Q(ended_on__gt=F("starts_on"))),
            ),
            models.CheckConstraint(
                name="only_an_ended_stay_has_an_end",
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on=None)),
            ),
            models.CheckConstraint(
                name="stay_accepted_by_and_at_go_together",
                condition=Q(accepted_by=None, accepted_at=None)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="stay_kept_decided_by_and_at_go_together",
                condition=Q(kept_decided_by=None, kept_decided_at=None)
                | Q(kept_decided_by__isnull=False, kept_decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="stay_begun_by_and_at_go_together",
                condition=Q(begun_by=None, begun_at=None)
                | Q(begun_by__isnull=False, begun_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["ended_on"], condition=Q(state="ended"), name="stays_that_ended")]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("referrals:stay", args=[self.reference])

    def is_missing_now(self) -> bool:
        """Whether the child is missing or away from home: the place is held for them."""
        return self.child.missing_episodes.filter(until_at=None).exists()

    def standing(self):
        """The stay as its rules see it."""
        return Standing(self.state, self.starts_on, self.planned_end_on, self.is_living)

    @property
    def week_number(self):
        """Which week of the stay this is, from 1; None before it starts."""
        days = (clock.today() - self.starts_on).days
        return days // 7 + 1 if days >= 0 else None
