"""Support that needs no referral: residents of small group homes, advice to the network, partner agencies."""

import pghistory
from django.db import models
from django.db.models import F, Q

from core import clock
from core.references import ReferenceField
from core.roles import Role
from referrals.models.child import Child

PROVIDERS = (Role.PROVIDER_MANAGER, Role.PRACTITIONER)


class ResidencyQuerySet(models.QuerySet):
    """Residencies, asked for in words."""

    def visible_to(self, user):
        """Those of children this person may see; a provider's people see those it serves, none kept from them."""
        acting = user.acting
        if acting is None:
            return self.none()
        seen = Q(child__in=Child.objects.visible_to(user).values("pk"))
        if acting.role in PROVIDERS:
            seen |= Q(provider=acting.organisation_id, child__is_restricted=False)
        return self.filter(seen)

    def on(self, day):
        """Those in service on a day: from moving in, until the day of moving out."""
        return self.filter(Q(moved_out_on=None) | Q(moved_out_on__gt=day), moved_in_on__lte=day)


@pghistory.track()
class Residency(models.Model):
    """One child in one of the council's small group homes: in service from moving in, without a referral."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    child = models.ForeignKey(Child, models.PROTECT, related_name="residencies")
    provider = models.ForeignKey("core.Organisation", models.PROTECT)
    home = models.CharField(max_length=100)
    moved_in_on = models.DateField()
    moved_out_on = models.DateField(null=True, blank=True)

    objects = ResidencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "residencies"
        constraints = [
            models.CheckConstraint(
                name="a_resident_moves_out_after_moving_in",
                condition=Q(moved_out_on=None) | Q(moved_out_on__gte=F("moved_in_on")),
            ),
            models.UniqueConstraint(
                fields=["child"], name="a_child_lives_in_one_small_group_home", condition=Q(moved_out_on=None)
            ),
        ]

    def __str__(self):
        return self.home


class Asker(models.TextChoices):
    """Who in a child's network asked."""

    CHILD = "child", "The child"
    CARER = "carer", "A foster carer"
    RESIDENTIAL = "residential", "A residential worker"
    FAMILY = "family", "Family"
    SOCIAL_WORKER = "social worker", "A social worker"
    SCHOOL = "school", "Somebody from school"
    HEALTH = "health", "Health"
    OTHER = "other", "Somebody else"


class ConsultationQuerySet(models.QuerySet):
    """Consultations, asked for in words."""

    def visible_to(self, user):
        """One's own, one's service's, and those about children one may see."""
        acting = user.acting
        if acting is None:
            return self.none()
        seen = Q(logged_by=user) | Q(child__in=Child.objects.visible_to(user).values("pk"))
        if acting.role in PROVIDERS:
            seen |= Q(organisation=acting.organisation_id)
        return self.filter(seen, authority=acting.authority_id).exclude(
            Q(child__is_restricted=True) & ~Q(child__in=Child.objects.visible_to(user).values("pk"))
        )


@pghistory.track()
class Consultation(models.Model):
    """One piece of advice to somebody in a child's network that is no referral and takes no place."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    organisation = models.ForeignKey("core.Organisation", models.PROTECT)
    on = models.DateField()
    asked_by = models.CharField(max_length=16, choices=Asker)
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="consultations")
    about = models.CharField(max_length=200)
    advice = models.TextField(blank=True)
    logged_by = models.ForeignKey("core.User", models.PROTECT)
    logged_at = models.DateTimeField(default=clock.now)

    objects = ConsultationQuerySet.as_manager()

    def __str__(self):
        return f"{self.get_asked_by_display()}, {self.on}"


class AgencyKind(models.TextChoices):
    """The partners a child's plan leans on (002:773-793)."""

    SOCIAL_CARE = "social care", "Children’s social care"
    FOSTERING = "fostering", "Fostering"
    HOMES = "homes", "Residential homes"
    EDUCATION = "education", "Schools and colleges"
    SHORT_STAY = "short stay", "Short stay schools"
    VIRTUAL_SCHOOL = "virtual school", "Virtual School"
    YOUTH_JUSTICE = "youth justice", "Youth justice"
    CAMHS_2 = "camhs 2", "Mental health, community (tier 2)"
    CAMHS_3 = "camhs 3", "Mental health, specialist (tier 3)"
    PSYCHOLOGY = "psychology", "Educational psychology"
    ADVOCACY = "advocacy", "Advocacy"
    OTHER = "other", "Others"


class AgencyQuerySet(models.QuerySet):
    """Agencies, asked for in words."""

    def visible_to(self, user):
        """Those of the authority a person acts in."""
        return self.none() if user.acting is None else self.filter(authority=user.acting.authority_id)


@pghistory.track()
class Agency(models.Model):
    """One partner agency, and how to reach it."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    kind = models.CharField(max_length=16, choices=AgencyKind)
    name = models.CharField(max_length=200)
    reach = models.CharField(max_length=300)
    helps_with = models.TextField(blank=True)
    is_current = models.BooleanField(default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name
