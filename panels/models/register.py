"""The standing register of interests: what each person declared, and when they last looked at it."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from core import clock
from core.dates import months_after
from core.references import ReferenceField
from panels.choices import InterestKind

CONFIRM_EVERY_MONTHS = 12


class RegisterEntryQuerySet(models.QuerySet):
    """Entries, asked for in words."""

    def visible_to(self, user):
        """A person's own: what an interest is, others read only where it was declared to a meeting."""
        return self.filter(person=user)

    def current(self):
        """Those that have not ended."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=clock.today()))


class RegisterEntry(models.Model):
    """One standing interest of one person."""

    reference = ReferenceField()
    person = models.ForeignKey("core.User", models.PROTECT, related_name="register_entries")
    kind = models.CharField(max_length=12, choices=InterestKind)
    nature = models.CharField(max_length=500)
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    since_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    declared_at = models.DateTimeField(default=clock.now)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_interest_ends_after_it_began", condition=Q(ended_on=None) | Q(ended_on__gte=F("since_on"))
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return "/account/interests"


class RegisterConfirmation(models.Model):
    """One time a person said that their register was complete and true."""

    person = models.ForeignKey("core.User", models.PROTECT, related_name="register_confirmations")
    confirmed_at = models.DateTimeField(default=clock.now)
    entries = models.PositiveSmallIntegerField(default=0)

    def __str__(self):
        return f"Confirmed on {self.confirmed_at:%-d %B %Y}"


def confirmed_on(person) -> date | None:
    """The day a person last confirmed their register, or None."""
    last = RegisterConfirmation.objects.filter(person=person).order_by("-confirmed_at").first()
    return last.confirmed_at.astimezone(clock.LONDON).date() if last else None


def confirm_by(person) -> date:
    """The day by which a register is to be confirmed: a year after the last time, and today where never."""
    last = confirmed_on(person)
    return months_after(last, CONFIRM_EVERY_MONTHS) if last else clock.today()
