"""Documents under a contract: the signed paper, what shows a clause is kept to, what stands behind an assurance row."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contracts.models.contract import Contract
from core.roles import Permission
from referrals.models.kept_file import KeptFile

MOST_DOCUMENTS = 200


class ContractDocumentQuerySet(models.QuerySet):
    """Documents of contracts, asked for in words."""

    def visible_to(self, user):
        """Those of contracts the person may see; what stands behind the registers, to those who read registers."""
        if user.acting is None or not user.can(Permission.SEE_CONTRACTS):
            return self.none()
        rows = self.filter(removed_at=None, contract__in=Contract.objects.visible_to(user))
        return rows if user.can(Permission.SEE_ASSURANCE) else rows.filter(entry=None)


class ContractDocument(KeptFile, models.Model):
    """One file of a contract, of one of its clauses, or of one row of its assurance register."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="documents")
    clause = models.ForeignKey("contracts.Clause", models.PROTECT, null=True, blank=True, related_name="documents")
    entry = models.ForeignKey("contracts.AssuranceEntry", models.PROTECT, null=True, blank=True, related_name="documents")
    file = models.ForeignKey("core.StoredFile", models.PROTECT)
    title = models.CharField(max_length=200)
    by_provider = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ContractDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_document_is_of_one_clause_or_one_row", condition=Q(clause=None) | Q(entry=None)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("contracts:document_file", args=[self.contract.slug, self.file.reference])

    @property
    def reference(self) -> str:
        """What it is known by: its file's own reference."""
        return self.file.reference

    @property
    def about(self):
        """The record the file is on."""
        return self.contract

    @property
    def about_words(self) -> str:
        """What the record is called."""
        return self.contract.name


def attach(rows: Iterable, documents: Iterable[ContractDocument], kind: str) -> None:
    """Give each row (a clause, or a row of assurance, by `kind`) its documents as `files`."""
    found: dict[int, list] = {}
    for one in documents:
        found.setdefault(getattr(one, f"{kind}_id"), []).append(one)
    for row in rows:
        row.files = found.get(row.pk, [])
