"""What stands beside a pack: the commentary asked of named people, and what came after it was circulated."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.dates import day_in_words
from core.paired import by_and_at
from kpis.choices import PackPart, PackState
from kpis.models.pack import Pack


class PackCommentaryQuerySet(models.QuerySet):
    """Commentaries, asked for in words."""

    def visible_to(self, user):
        """Those of packs the person sees."""
        return self.filter(pack__in=Pack.objects.visible_to(user))

    def missing(self):
        """Those that were asked for and can still be written, but are not."""
        return self.filter(written_at=None, pack__state=PackState.DRAFTED)


class PackCommentary(models.Model):
    """One part of one pack, of whom its commentary was asked, by when, and what they wrote."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="asked")
    part = models.CharField(max_length=10, choices=PackPart)
    asked_of = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    words = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PackCommentaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "part"], name="a_part_of_a_pack_is_asked_of_one_person"),
            by_and_at("written", of="pack_commentary"),
            models.CheckConstraint(name="a_commentary_has_words_once_written", condition=Q(written_at=None) | ~Q(words="")),
        ]

    def __str__(self):
        return f"Commentary on {self.about}"

    def get_absolute_url(self):
        return f"{reverse('kpis:pack', args=[self.pack.reference])}/commentary/{self.part}"

    @property
    def reference(self):
        """It is known by its pack's meeting."""
        return self.pack.reference

    @property
    def about(self) -> str:
        """The part inside a sentence: "contract and KPIs"."""
        label = self.get_part_display()
        return f"{label[0].lower()}{label[1:]}"


class PackCorrectionQuerySet(models.QuerySet):
    """Corrections, asked for in words."""

    def visible_to(self, user):
        """Those of packs the person sees."""
        return self.filter(pack__in=Pack.objects.visible_to(user))

    def waiting(self):
        """Those that nobody has approved or turned down."""
        return self.filter(answered_at=None)


class PackCorrection(models.Model):
    """A new version of a circulated pack, which goes out once the chair or a delegate has approved it, and not whoever wrote it."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="corrections")
    version = models.OneToOneField("core.DocumentVersion", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    is_approved = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PackCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack"], condition=Q(answered_at=None), name="a_pack_has_one_correction_waiting"),
            by_and_at("answered", of="pack_correction"),
            models.CheckConstraint(name="whoever_wrote_a_correction_does_not_approve_it", condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by"))),
            models.CheckConstraint(name="a_correction_turned_down_says_why", condition=Q(answered_at=None) | Q(is_approved=True) | ~Q(because="")),
        ]

    def __str__(self):
        return f"Correction of the pack for {self.pack.meeting}"

    def get_absolute_url(self):
        return f"{reverse('kpis:pack', args=[self.pack.reference])}/correction"

    @property
    def reference(self):
        """It is known by its pack's meeting."""
        return self.pack.reference

    @property
    def said(self) -> str:
        """What the cover says of who approved it."""
        if not (self.is_approved and self.answered_at):
            return "This version is not approved by the chair."
        return f"This version was approved by {self.answered_by.full_name} on {day_in_words(self.answered_at.astimezone(clock.LONDON).date())}."


class PackSupplementQuerySet(models.QuerySet):
    """Supplements, asked for in words."""

    def visible_to(self, user):
        """Those of packs the person sees."""
        return self.filter(pack__in=Pack.objects.visible_to(user))


class PackSupplement(models.Model):
    """Something that became known after a pack was circulated: dated, with pages of its own, beside a pack that never changes."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="supplements")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    part = models.CharField(max_length=10, choices=PackPart, blank=True)
    words = models.TextField()
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    first_page = models.PositiveSmallIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PackSupplementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "number"], name="a_supplement_of_a_pack_has_its_number_once")]

    def __str__(self):
        return f"Supplement {self.number}: {self.title}"

    def get_absolute_url(self):
        return reverse("kpis:pack", args=[self.pack.reference])

    @property
    def reference(self):
        """It is known by its pack's meeting."""
        return self.pack.reference

    @property
    def page_label(self) -> str:
        """Its own page numbers: "S1", or "S2 to S4"; nothing before it is printed."""
        if not self.pages:
            return ""
        last = self.first_page + self.pages - 1
        return f"S{self.first_page}" if last == self.first_page else f"S{self.first_page} to S{last}"
