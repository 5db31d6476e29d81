"""Meetings."""

from datetime import time

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core import clock
from core.paired import by_and_at
from core.references import ReferenceField
from core.roles import Role
from panels.choices import HELD, STILL_TO_COME, MeetingKind, MeetingStatus, PanelKind
from panels.models.panel import Panel, SeatHolder

SEVEN = time(7)


class MeetingQuerySet(models.QuerySet):
    """Meetings, asked for in words."""

    def visible_to(self, user):
        """Meetings of bodies a person sits on or serves, or to which they are a delegate."""
        acting = user.acting
        if acting is None:
            return self.none()
        if acting.role == Role.COMMISSIONER:
            return self.filter(panel__authority=acting.authority_id, panel__kind__in=["steering", "contract review"])
        delegate = self.model.delegations.rel.related_model.objects.filter(
            meeting=OuterRef("pk"), delegate=user
        )
        holds = SeatHolder.objects.filter(panel=OuterRef("panel"), person=user).exclude(until_on__lte=clock.today())
        return self.filter(
            Q(panel__in=Panel.objects.visible_to(user)) | Exists(delegate) | Exists(holds)
        )

    def read_by(self, user):
        """Of those a person sees, the ones whose agenda, papers and minutes they read: for a commissioner, reviews they sit on."""
        if user.acting is None or user.acting.role != Role.COMMISSIONER:
            return self.none() if user.acting is None else self
        holds = SeatHolder.objects.on(clock.today()).filter(panel=OuterRef("panel"), person=user)
        delegate = self.model.delegations.rel.related_model.objects.filter(meeting=OuterRef("pk"), delegate=user)
        return self.filter(Exists(holds) | Exists(delegate), panel__kind=PanelKind.CONTRACT_REVIEW)

    def with_terms(self):
        """Each with its body, that body's authority, and its terms, in the one reading."""
        return self.select_related("panel__authority", "terms")

    def locked(self):
        """The same, with the meetings' own rows held until the deed is done."""
        return self.with_terms().select_for_update(of=("self",))

    def to_come(self):
        """Those not yet held, cancelled or given up."""
        return self.filter(status__in=STILL_TO_COME)

    def released(self):
        """Those whose agenda goes out by itself, and has not gone."""
        return self.to_come().filter(goes_out_on__isnull=False, circulated_at=None)

    def held(self):
        """Those that took place or are taking place."""
        return self.filter(status__in=HELD)

    def counted(self, year):
        """Ordinary and emergency meetings of a calendar year that count towards its number."""
        return self.filter(
            starts_at__year=year, kind__in=[MeetingKind.ORDINARY, MeetingKind.EMERGENCY]
        ).exclude(status__in=[MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD])

    def soonest_first(self):
        """In the order they meet."""
        return self.order_by("starts_at", "pk")


@pghistory.track()
class Meeting(models.Model):
    """One meeting of one body, judged by the terms and holidays known when notice was served."""

    reference = ReferenceField()
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="meetings")
    terms = models.ForeignKey("panels.TermsOfReference", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=MeetingKind, default=MeetingKind.ORDINARY)
    status = models.CharField(
        max_length=14, choices=MeetingStatus, default=MeetingStatus.PLANNED, db_index=True
    )
    starts_at = models.DateTimeField(db_index=True)
    lasts_minutes = models.PositiveSmallIntegerField(default=120)
    venue = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    short_notice_because = models.TextField(blank=True)
    chair = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="meetings_chaired"
    )
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    holidays = models.JSONField(default=list, blank=True)
    last_day_for_notice = models.DateField(null=True, blank=True)
    circulated_at = models.DateTimeField(null=True, blank=True)
    circulated_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # An agenda that is released goes out by itself in the morning of this day.
    goes_out_on = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    breach = models.TextField(blank=True)
    current_item = models.ForeignKey(
        "panels.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    next_item = models.ForeignKey(
        "panels.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    clearing_until = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            by_and_at(deed, of="meeting")
            for deed in ("called", "circulated", "released", "started", "cancelled")
        ]

    def __str__(self):
        return f"{self.panel}, {self.on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("panels:meeting", args=[self.reference])

    @property
    def on(self):
        """The day it meets, in England."""
        return self.starts_at.astimezone(clock.LONDON).date()

    @property
    def goes_out_at(self):
        """The moment at which a released agenda goes out by itself, or None; always None once it is out."""
        waits = self.goes_out_on is not None and self.circulated_at is None
        return clock.moment(self.goes_out_on, SEVEN) if waits else None

    @property
    def authority_id(self):
        """The authority it belongs to."""
        return self.panel.authority_id

    @property
    def status_choice(self):
        """The status with its word and colour."""
        return MeetingStatus(self.status)
