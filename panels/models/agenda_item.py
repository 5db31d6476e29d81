"""What a meeting is to consider."""

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.roles import Role
from panels.choices import ItemKind, ItemState
from referrals.models.access import NAMED, Access


class AgendaItemQuerySet(models.QuerySet):
    """Items, asked for in words."""

    def visible_to(self, user):
        """Items of meetings the person sees, less those kept from them; a commissioner has dates alone."""
        if user.acting is None or user.acting.role == Role.COMMISSIONER:
            return self.none()
        from_meetings = self.model.meeting.field.related_model.objects.visible_to(user)
        return self.filter(meeting__in=from_meetings).not_kept_from(user)

    def not_kept_from(self, user):
        """Less those they are out of, whose referral is withheld, or whose child is restricted and they not named."""
        recusal = self.model.recusals.rel.related_model.objects.filter(
            item=OuterRef("pk"), person=user, withdrawn_at=None
        )
        withheld = Access.objects.withheld(user).filter(
            Q(referral=OuterRef("referral")) | Q(referral=None), child=OuterRef("referral__child")
        )
        named = Access.objects.granted(user).filter(child=OuterRef("referral__child"), basis__in=NAMED)
        return self.exclude(Exists(recusal) | Exists(withheld)).exclude(
            Q(referral__child__is_restricted=True) & ~Exists(named)
        )

    def standing(self):
        """Items still on the agenda."""
        return self.exclude(state=ItemState.TAKEN_OFF)

    def slots_taken(self):
        """How many of a panel's slots referrals take: those that share one take it once."""
        return self.standing().filter(kind=ItemKind.REFERRAL, shares_slot_with=None).count()

    def in_order(self):
        """As numbered."""
        return self.order_by("number", "pk")


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange("note", "draft")), fields=["note", "draft", "note_version"],
    model_name="AgendaItemEvent",
)
class AgendaItem(models.Model):
    """One numbered item of one meeting."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind)
    title = models.CharField(max_length=160)
    referral = models.ForeignKey(
        "referrals.Referral", models.PROTECT, null=True, blank=True, related_name="items"
    )
    presenter = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(default=10)
    is_reserved = models.BooleanField(default=False)
    accepted_late_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.TO_COME)
    note = models.TextField(blank=True)
    draft = models.JSONField(default=dict, blank=True)
    note_version = models.PositiveIntegerField(default=0)
    paper = models.ForeignKey(
        "core.DocumentVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_of = models.ForeignKey(
        "panels.Decision", models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    presenting_manager = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    written = models.TextField(blank=True)
    chooses_provider = models.BooleanField(default=False)
    minuted_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    shares_slot_with = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sharers")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="an_item_has_its_own_number",
                condition=~Q(state="taken off"),
            ),
            models.UniqueConstraint(
                fields=["meeting", "referral"],
                name="a_referral_is_on_an_agenda_once",
                condition=Q(referral__isnull=False) & ~Q(state="taken off"),
            ),
            models.CheckConstraint(
                name="an_item_shares_anothers_slot",
                condition=Q(shares_slot_with=None) | ~Q(shares_slot_with=F("pk")),
            ),
        ]

    def __str__(self):
        return f"Item {self.number}"

    @property
    def is_written(self) -> bool:
        """A report has a paper: its own, or the proposal that it puts to the body."""
        return bool(self.written) or getattr(self, "alteration", None) is not None
