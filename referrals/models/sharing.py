"""Consent and sharing: dated facts that are only ever added to."""

import pgtrigger
from django.db import models

from core import clock
from referrals.choices import Purpose, Recipient, SharingAnswer, SharingKind, ToldHow
from referrals.models.child import Child

NEVER_EDITED = "never_edited"


class OfAChild(models.QuerySet):
    """Rows about a child, asked for in words."""

    def visible_to(self, user):
        """Those about children whose record this person may see."""
        return self.filter(child__in=Child.objects.visible_to(user))

    def newest_first(self):
        """The last recorded first."""
        return self.order_by("-recorded_at", "-pk")


class SharingFact(models.Model):
    """One dated answer about one of the three facts, by the child (no person) or by one person."""

    child = models.ForeignKey("referrals.Child", models.CASCADE, related_name="sharing_facts")
    kind = models.CharField(max_length=6, choices=SharingKind)
    person = models.ForeignKey("referrals.ChildPerson", models.PROTECT, null=True, blank=True, related_name="sharing_facts")
    answer = models.CharField(max_length=10, choices=SharingAnswer)
    said_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    objects = OfAChild.as_manager()

    class Meta:
        triggers = [pgtrigger.Protect(name=NEVER_EDITED, operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_answer_display()}"


class Told(models.Model):
    """One time at which the child (no person) or one person was told what is held, why and for how long."""

    child = models.ForeignKey("referrals.Child", models.CASCADE, related_name="tellings")
    person = models.ForeignKey("referrals.ChildPerson", models.PROTECT, null=True, blank=True, related_name="tellings")
    how = models.CharField(max_length=12, choices=ToldHow)
    told_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    objects = OfAChild.as_manager()

    class Meta:
        triggers = [pgtrigger.Protect(name=NEVER_EDITED, operation=pgtrigger.Update)]

    def __str__(self):
        return self.get_how_display()


class SharingProtocolQuerySet(models.QuerySet):
    """Protocols, asked for in words."""

    def visible_to(self, user):
        """Those of the authority somebody acts in."""
        return self.none() if user.acting is None else self.filter(authority=user.acting.authority_id)


class SharingProtocol(models.Model):
    """One local agreement between agencies about sharing information, held or known to be missing."""

    authority = models.ForeignKey("core.Authority", models.PROTECT)
    name = models.CharField(max_length=200)
    parties = models.CharField(max_length=300)
    covers = models.TextField()
    owner_role = models.CharField(max_length=80)
    is_held = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    source = models.CharField(max_length=40, blank=True)

    objects = SharingProtocolQuerySet.as_manager()

    def __str__(self):
        return self.name


class Disclosure(models.Model):
    """One time something about a child was shown or told to somebody outside: what, to whom, why, on which authority."""

    child = models.ForeignKey("referrals.Child", models.CASCADE, related_name="disclosures")
    recipient = models.CharField(max_length=12, choices=Recipient)
    recipient_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12, choices=Purpose)
    what = models.TextField()
    is_anonymised = models.BooleanField(default=False)
    had_permission = models.BooleanField(default=False)
    override_because = models.CharField(max_length=500, blank=True)
    protocol = models.ForeignKey(SharingProtocol, models.PROTECT, null=True, blank=True, related_name="+")
    shared_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    objects = OfAChild.as_manager()

    class Meta:
        triggers = [pgtrigger.Protect(name=NEVER_EDITED, operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.get_recipient_display()}: {self.get_purpose_display()}"


def standing_facts(child) -> list[SharingFact]:
    """The last answer of each person about each fact; what went before stays in the history."""
    rows = SharingFact.objects.filter(child=child).order_by("kind", "person_id", "-said_on", "-recorded_at", "-pk")
    return list(rows.distinct("kind", "person_id").select_related("person", "recorded_by"))
