"""What a meeting is to consider."""

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.roles import Role
from panels.choices import ItemKind, ItemState
from referrals.choices import Depth
from referrals.models import Referral
from referrals.models.access import NAMED, Access


class AgendaItemQuerySet(models.QuerySet):
    """Items, asked for in words."""

    def visible_to(self, user):
        """Items of meetings the person reads, less those kept from them; a commissioner reads reviews they sit on, and of no child."""
        return self._of_meetings(user).not_kept_from(user)

    def papers_for(self, user):
        """Those, and the ones they only leave for the decision, where the referral is theirs by own or team right."""
        theirs = Referral.objects.theirs(user).filter(pk=OuterRef("referral"))
        rows = self._of_meetings(user).not_kept_from(user, depth=Depth.RECORD)
        return rows.exclude(self._out(user) & ~Exists(theirs))

    def _of_meetings(self, user):
        if user.acting is None:
            return self.none()
        rows = self.filter(meeting__in=self.model.meeting.field.related_model.objects.visible_to(user).read_by(user))
        return rows.filter(referral=None, high_risk_request=None) if user.acting.role == Role.COMMISSIONER else rows

    def _out(self, user, **facts):
        """That the person is out of the item."""
        return Exists(self.model.recusals.rel.related_model.objects.filter(item=OuterRef("pk"), person=user, withdrawn_at=None, **facts))

    def not_kept_from(self, user, **facts):
        """Less those they are out of (`depth`: so deeply), whose referral is withheld, or whose child is restricted and they not named."""
        withheld = Access.objects.withheld(user).filter(
            Q(referral=OuterRef("referral")) | Q(referral=None), child=OuterRef("referral__child")
        )
        rows = self.exclude(self._out(user, **facts) | Exists(withheld))
        for child in ("referral__child", "high_risk_request__child"):
            named = Access.objects.granted(user).filter(child=OuterRef(child), basis__in=NAMED)
            rows = rows.exclude(Q(**{f"{child}__is_restricted": True}) & ~Exists(named))
        return rows.exclude(Exists(Access.objects.withheld(user).filter(referral=None, child=OuterRef("high_risk_request__child"))))

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
        """A report has a paper: its own, or the proposal or the young person that it puts to the body."""
        return bool(self.written) or any(getattr(self, of, None) is not None for of in ("alteration", "high_risk_request"))

    @property
    def child(self):
        """The child it is about: its referral's, or the young person put to the high risk panel; else None."""
        if self.referral_id:
            return self.referral.child
        asked = getattr(self, "high_risk_request", None)
        return asked.child if asked is not None else None
