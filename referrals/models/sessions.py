"""Sessions with those who care for a child, who came, and what each home needs."""

from django.db import models
from django.db.models import Q

from core import clock
from core.roles import Role
from referrals.models.plan import DeliveryPlace, OfAChildQuerySet
from referrals.models.provision import Provision


class SessionKind(models.TextChoices):
    """What a session is (002:642)."""

    CONSULTATION = "consultation", "Consultation with the consultant psychologist"
    SUPPORT = "support", "Support session with those who care for the child"
    TRAINING = "training", "Training for those who care for the child"
    NETWORK = "network", "Meeting with school, health or others round the child"
    ASSESSMENT = "assessment", "Psychological assessment of the child"
    DIRECT = "direct", "Direct work with the child"


class Session(models.Model):
    """One meeting for one child's sake: who led it, who came, what it was about."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="sessions")
    referral = models.ForeignKey(
        "referrals.Referral", models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    kind = models.CharField(max_length=12, choices=SessionKind)
    held_on = models.DateField()
    given_at = models.CharField(max_length=20, choices=DeliveryPlace)
    led_by = models.CharField(max_length=120)
    about = models.TextField()
    carer_needs = models.TextField(blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OfAChildQuerySet.as_manager()

    def __str__(self):
        return f"{self.get_kind_display()}, {self.held_on}"


class SessionAttendance(models.Model):
    """One person expected at one session, and whether they came."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance")
    name = models.CharField(max_length=120)
    came = models.BooleanField()

    def __str__(self):
        return self.name


class HomeAssessmentQuerySet(models.QuerySet):
    """Assessments of homes, asked for in words."""

    def visible_to(self, user):
        """Those of homes of provisions the person may see; they speak of several children, so few may."""
        if user.acting is None or user.acting.role not in READS_HOMES:
            return self.none()
        return self.filter(home__provision__in=Provision.objects.visible_to(user))


READS_HOMES = {
    Role.PROVIDER_MANAGER, Role.PRACTITIONER, Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER, Role.HEAD_OF_SERVICE,
}  # fmt: skip


class HomeAssessment(models.Model):
    """What one home needs, as children, carers, families and professionals see it; a new row at each review."""

    home = models.ForeignKey("referrals.Home", models.PROTECT, related_name="assessments")
    children_say = models.TextField()
    carers_say = models.TextField()
    families_say = models.TextField(blank=True)
    families_why_not = models.CharField(max_length=300, blank=True)
    professionals_say = models.TextField()
    needs = models.TextField()
    support = models.TextField()
    review_on = models.DateField()
    written_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = HomeAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="families_are_heard_or_it_says_why_not",
                condition=~Q(families_say="") | ~Q(families_why_not=""),
            )
        ]

    def __str__(self):
        return f"{self.home}, {self.written_at:%Y-%m-%d}"
