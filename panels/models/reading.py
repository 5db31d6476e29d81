"""Papers as their readers have them: what came late, what was read, and each reader's own notes."""

from django.db import models
from django.db.models import Q

from core import clock
from core.paired import by_and_at
from referrals.models.kept_file import KeptFile


class SupplementQuerySet(models.QuerySet):
    """Late papers, asked for in words."""

    def accepted(self):
        """Those the chair accepted: they stand beside the pack."""
        return self.filter(accepted_at__isnull=False)

    def to_answer(self):
        """Those the chair has neither accepted nor refused."""
        return self.filter(accepted_at=None, refused_at=None)


class Supplement(KeptFile, models.Model):
    """One late paper, typed or a file: offered, then accepted or refused by the chair, with page numbers of its own."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="supplements")
    item = models.ForeignKey("panels.AgendaItem", models.CASCADE, related_name="supplements")
    first_page = models.PositiveSmallIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(default=1)
    change_note = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField(default=clock.now)
    offered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    refused_because = models.TextField(blank=True)

    objects = SupplementQuerySet.as_manager()

    class Meta:
        constraints = [
            *(
                by_and_at(deed, of="supplement")
                for deed in ("accepted", "refused")
            ),
            models.CheckConstraint(name="a_supplement_has_words_or_a_file", condition=~Q(words="") | Q(file__isnull=False)),
            models.CheckConstraint(
                name="a_supplement_is_accepted_or_refused", condition=Q(accepted_at=None) | Q(refused_at=None)
            ),
            models.UniqueConstraint(
                fields=["meeting", "first_page"], name="a_supplement_page_is_there_once", condition=Q(first_page__isnull=False)
            ),
        ]

    def __str__(self):
        return self.page_label or "Late paper"

    @property
    def page_label(self) -> str:
        """Its own page numbers: "S1", or "S2 to S4"."""
        if self.first_page is None:
            return ""
        last = self.first_page + self.pages - 1
        return f"S{self.first_page}" if last == self.first_page else f"S{self.first_page} to S{last}"


class PaperRead(models.Model):
    """One reader's own mark on one item's paper: when they had read it, and notes that nobody else sees."""

    item = models.ForeignKey("panels.AgendaItem", models.CASCADE, related_name="marks")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="one_mark_a_reader_an_item")]

    def __str__(self):
        return "Read" if self.read_at else "Not read"


def marks_of(person, meeting) -> dict[int, PaperRead]:
    """By item, a reader's own marks on a meeting's papers."""
    return {row.item_id: row for row in PaperRead.objects.filter(person=person, item__meeting=meeting)}
