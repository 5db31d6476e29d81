"""Subject access requests: what was asked, what was found, what is withheld and why, and who judged it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from core.roles import Permission, Role
from referrals.models import Child


class RequestState(models.TextChoices):
    """Where a request has got to: each step is somebody's."""

    RECEIVED = "received", "Received"
    REDACTING = "redacting", "Being read through"
    HARM = "harm", "Waits for the test of serious harm"
    CHECK = "check", "Waits for the second check"
    MAKING = "making", "Being made"
    READY = "ready", "Ready to be given"
    GIVEN = "given", "Given"


class Asker(models.TextChoices):
    """Who asks."""

    THEMSELVES = "self", "The person themselves"
    PARENT = "parent", "Somebody with parental responsibility, for the child"
    OTHER = "other", "Somebody else whom they have given authority"


class Withheld(models.TextChoices):
    """Why words are not given."""

    NO = "", "Given as shown"
    OTHERS = "others", "About somebody else, who has not agreed"
    HARM = "harm", "Would do serious harm to somebody"
    LEGAL = "legal", "Legal advice"
    CRIME = "crime", "Would hinder the prevention or detection of crime"


class SubjectRequestQuerySet(models.QuerySet):
    """Requests, asked for in words."""

    def visible_to(self, user):
        """Of the children whose record this person may see; an auditor sees that they were made and when."""
        if not user.can(Permission.SEE_SUBJECT_REQUESTS):
            return self.none()
        rows = self.filter(authority=user.acting.authority_id)
        return rows if user.acting.role == Role.AUDITOR else rows.filter(child__in=Child.objects.visible_to(user))

    def open(self):
        """Those that are not answered."""
        return self.exclude(state=RequestState.GIVEN)


class SubjectRequest(models.Model):
    """One request by or for a young person to have what is kept about them, on a clock of one month."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="subject_requests")
    state = models.CharField(max_length=9, choices=RequestState, default=RequestState.RECEIVED)
    asked_by = models.CharField(max_length=6, choices=Asker)
    asker_name = models.CharField(max_length=200)
    identity_seen = models.CharField(max_length=200)
    received_on = models.DateField()
    due_on = models.DateField()
    extended_because = models.CharField(max_length=300, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    harm_words = models.CharField(max_length=500, blank=True)
    harm_judged_at = models.DateTimeField(null=True, blank=True)
    harm_judged_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_because = models.CharField(max_length=500, blank=True)
    pack = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    given_on = models.DateField(null=True, blank=True)
    given_how = models.CharField(max_length=200, blank=True)

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            *(
                models.CheckConstraint(
                    name=f"{step}_by_and_at_go_together",
                    condition=Q(**{f"{step}_by": None, f"{step}_at": None}) | Q(**{f"{step}_by__isnull": False, f"{step}_at__isnull": False}),
                )
                for step in ("redacted", "harm_judged", "checked")
            ),
            models.CheckConstraint(
                name="a_disclosure_is_checked_by_somebody_else",
                condition=Q(checked_by=None) | ~Q(checked_by=F("redacted_by")) & ~Q(checked_by=F("harm_judged_by")),
            ),
            models.CheckConstraint(
                name="harm_is_judged_by_somebody_else", condition=Q(harm_judged_by=None) | ~Q(harm_judged_by=F("redacted_by"))
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Subject access request {self.reference}"

    def get_absolute_url(self):
        return reverse("kpis:subject_request", args=[self.reference])


class SubjectEntry(models.Model):
    """One row of the record, as words: as they stand, as they would be given, and why anything is withheld."""

    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="entries")
    order = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    heading = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    given = models.TextField(blank=True)
    withheld = models.CharField(max_length=6, choices=Withheld, blank=True, default=Withheld.NO)
    because = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    given_file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "order"], name="entries_of_a_request_stand_in_order"),
            models.CheckConstraint(
                name="looked_by_and_at_go_together",
                condition=Q(looked_by=None, looked_at=None) | Q(looked_by__isnull=False, looked_at__isnull=False),
            ),
            models.CheckConstraint(name="what_is_withheld_says_why", condition=Q(withheld="") | ~Q(because="")),
        ]

    def __str__(self):
        return self.heading
