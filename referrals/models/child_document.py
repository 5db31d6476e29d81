"""Documents of a child: those added to the record itself, and those that came with a referral."""

from datetime import datetime
from typing import NamedTuple

from django.db import models

from referrals.models.child import Child
from referrals.models.kept_file import KeptFile, KeptFileQuerySet
from referrals.models.referral import ReferralDocument

MOST_DOCUMENTS = 100


class DocumentType(models.TextChoices):
    """What a document of a child is."""

    CARE_PLAN = "care plan", "Care plan"
    ASSESSMENT = "assessment", "Assessment"
    REVIEW = "review", "Review minutes"
    PATHWAY = "pathway", "Pathway plan"
    EDUCATION = "education", "Education plan"
    HEALTH = "health", "Health plan or report"
    COURT = "court", "Court order"
    LETTER = "letter", "Letter"
    CHILD_MADE = "child made", "Something the child wrote or made"
    OTHER = "other", "Something else"


class ChildDocumentQuerySet(KeptFileQuerySet):
    """Documents of children, asked for in words."""

    def visible_to(self, user):
        """Those of children whose record this person may see, the unshared ones for the council's own people."""
        return self.readable_by(user).filter(child__in=Child.objects.visible_to(user))


class ChildDocument(KeptFile, models.Model):
    """One file added to a child's record: what it is, and whether the provider may have it."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="documents")
    file = models.ForeignKey("core.StoredFile", models.PROTECT)
    type = models.CharField(max_length=12, choices=DocumentType)
    title = models.CharField(max_length=200)
    is_shareable = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ChildDocumentQuerySet.as_manager()

    def __str__(self):
        return self.title

    @property
    def about(self):
        """The record the file is on."""
        return self.child


class Listed(NamedTuple):
    """One document as the list of a child's documents shows it."""

    document: KeptFile
    type: str
    at: datetime
    url: str
    referral: object | None


def documents_of(child, user) -> list[Listed]:
    """The newest documents of one child that this person may see, whichever record they came by."""
    own = ChildDocument.objects.visible_to(user).filter(child=child).select_related("file__added_by")
    came = ReferralDocument.objects.visible_to(user).filter(referral__child=child)
    came = came.select_related("file__added_by", "referral")
    newest = "-file__added_at", "-pk"
    at = child.get_absolute_url()
    rows = [
        Listed(one, one.get_type_display(), one.file.added_at, f"{at}/documents/{one.file.reference}", None)
        for one in own.order_by(*newest)[: MOST_DOCUMENTS + 1]
    ]
    rows += [
        Listed(one, "With a referral", one.file.added_at, f"{one.referral.get_absolute_url()}/documents/{one.file.reference}", one.referral)
        for one in came.order_by(*newest)[: MOST_DOCUMENTS + 1]
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.at, reverse=True)[: MOST_DOCUMENTS + 1]
