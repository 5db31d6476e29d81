"""Bodies that meet, and who holds which seat when."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse

from core import clock
from core.alone import while_alone
from core.roles import Role
from panels.choices import PanelKind, TermsState

REFERS = {Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER}


class SeatHolderQuerySet(models.QuerySet):
    """Seat-holders, asked for in words."""

    def on(self, day):
        """Those holding a seat on a day; the last day is exclusive."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class PanelQuerySet(models.QuerySet):
    """Bodies, asked for in words."""

    def visible_to(self, user):
        """Those a person sits on, and for council meeting people all of the authority's."""
        acting = user.acting
        if acting is None:
            return self.none()
        holds = SeatHolder.objects.on(clock.today()).filter(panel=OuterRef("pk"), person=user)
        if acting.role in {Role.PANEL_ADMINISTRATOR, Role.HEAD_OF_SERVICE, Role.GOVERNANCE,
                           Role.COMMISSIONER, Role.AUDITOR}:  # fmt: skip
            return self.filter(authority=acting.authority_id)
        return self.filter(Exists(holds))


    def terms_open_to(self, user):
        """Those whose terms a person may read: those they see, and for whoever refers or signs their council's referral panels."""
        acting = user.acting
        if acting is None:
            return self.none()
        seen = self.visible_to(user)
        if acting.role not in REFERS:
            return seen
        return self.filter(Q(pk__in=seen.values("pk")) | Q(authority=acting.authority_id, kind=PanelKind.REFERRAL))


class Panel(models.Model):
    """One body with terms of reference: a referral panel, a steering group, a resources panel."""

    slug = models.SlugField(unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    kind = models.CharField(max_length=16, choices=PanelKind)
    name = models.CharField(max_length=120)
    aliases = models.CharField(max_length=200, blank=True)
    slots = models.PositiveSmallIntegerField(default=8)

    objects = PanelQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("panels:panel", args=[self.slug])

    def terms_on(self, day):
        """The version of the terms in force on a day, or None."""
        rows = self.terms.filter(state__in=[TermsState.IN_FORCE, TermsState.REPLACED]).order_by("-in_force_from", "-version")
        versions = while_alone(("terms of a panel", self.pk), lambda: list(rows), rows.model)
        return next((terms for terms in versions if terms.in_force_from <= day), None)


def panels_to_send_to(panel):
    """The other bodies of the authority; from the Tripartite group, those that decide with health come first (004:4659-4663)."""
    rows = Panel.objects.filter(authority=panel.authority_id).exclude(pk=panel.pk)
    first = [PanelKind.ADDITIONAL, PanelKind.COMPLEX_CARE] if panel.kind == PanelKind.TRIPARTITE else []
    return rows.order_by(Case(When(kind__in=first, then=0), default=1), "name", "pk")


class SeatHolder(models.Model):
    """One person holding one lettered seat of a body, between dates."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="seat_holders")
    letter = models.CharField(max_length=2)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="seats_held")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    may_decide_because = models.CharField(max_length=200, blank=True)

    objects = SeatHolderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_seat_is_left_after_it_is_taken",
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
            )
        ]

    def __str__(self):
        return f"Seat {self.letter} of {self.panel}"


class StandingDelegate(models.Model):
    """One person who may stand for a seat at any meeting, between dates."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="standing_delegates")
    letter = models.CharField(max_length=2)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = SeatHolderQuerySet.as_manager()

    def __str__(self):
        return f"Standing delegate for seat {self.letter}"
