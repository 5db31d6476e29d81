"""Imports: files somebody sent, what was found in them, and the rows of statutory returns as they are kept."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import OutboxJob
from core.models.outbox_job import JobState
from core.paired import by_and_at
from core.references import ReferenceField
from core.roles import Permission, Role
from kpis.choices import ImportKind, ImportState

# Who imports what: the administrator by name of the page, and those whose figures they are.
KINDS_OF = {
    Role.ADMINISTRATOR: tuple(ImportKind),
    Role.HEAD_OF_SERVICE: (ImportKind.RETURN, ImportKind.ANNEX_A, ImportKind.KPI),
    Role.COMMISSIONER: (ImportKind.KPI,),
    Role.PANEL_ADMINISTRATOR: (ImportKind.HOLIDAYS,),
}
JOBS = ("import.check", "import.store")
# Indicators that returns are counted into: how their slugs begin, and what their source says.
RETURNED_PREFIX, RETURNED_SOURCE = "returned-", "Statutory returns, imported"


def kinds_for(user) -> tuple[ImportKind, ...]:
    """What somebody may import, in the role they act in."""
    return KINDS_OF.get(user.acting.role, ()) if user.can(Permission.IMPORT_FILES) else ()


class ImportQuerySet(models.QuerySet):
    """Imports, asked for in words."""

    def visible_to(self, user):
        """The authority's own, of the kinds that this person may import."""
        if user.acting is None or not user.can(Permission.IMPORT_FILES):
            return self.none()
        return self.filter(authority=user.acting.authority_id, kind__in=kinds_for(user))

    def locked(self):
        """Rows held until the transaction ends."""
        return self.select_for_update(of=("self",))


class Import(models.Model):
    """One import: some files chosen at once, checked, and stored all together or not at all."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    kind = models.CharField(max_length=8, choices=ImportKind)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.CHECKING)
    last_day = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    stored_at = models.DateTimeField(null=True, blank=True)
    stored_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    matches = models.JSONField(default=dict, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority"], condition=Q(state=ImportState.STORING), name="an_authority_stores_one_import_at_a_time"
            ),
            by_and_at("stored", of="import"),
        ]

    def __str__(self):
        return f"Import {self.reference}"

    def get_absolute_url(self):
        return reverse("kpis:import", args=[self.reference])

    @property
    def short_kind(self) -> str:
        """What it is of, in a few words."""
        return ImportKind(self.kind).short

    @property
    def is_counted(self) -> bool:
        """Whether its counts say what is stored, or would be."""
        return self.state in {ImportState.CHECKED, ImportState.STORED}

    @property
    def is_stuck(self) -> bool:
        """Whether its work was set aside after three tries, so that nothing came of it."""
        if self.state not in {ImportState.CHECKING, ImportState.STORING}:
            return False
        return OutboxJob.objects.filter(kind__in=JOBS, subject=self.reference, state=JobState.SET_ASIDE).exists()

    @property
    def is_at_work(self) -> bool:
        """Whether the service is busy with it."""
        return self.state in {ImportState.CHECKING, ImportState.STORING} and not self.is_stuck


class ImportFile(models.Model):
    """One file of an import; its bytes are let go when it was stored, refused or thrown away."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    kept = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self):
        return self.name


class ImportPart(models.Model):
    """One list in a file of an import: what it is, up to which day, and how it stands to what is stored."""

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="parts")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    year_end = models.DateField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)

    def __str__(self):
        return self.title

    @property
    def changes(self) -> bool:
        """Whether storing it would change anything."""
        return bool(self.added or self.changed or self.gone)


class ImportProblem(models.Model):
    """What is wrong with one value of a file: where it stands, and a sentence that does not repeat it."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="problems")
    file = models.CharField(max_length=300)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200)
    sentence = models.CharField(max_length=400)

    def __str__(self):
        return f"{self.file}, line {self.line}, {self.column}: {self.sentence}"


class ImportProgress(models.Model):
    """How far the service has got with an import; written beside its transaction, so that it can be seen meanwhile."""

    batch = models.OneToOneField(Import, models.CASCADE, related_name="progress")
    words = models.CharField(max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.done} of {self.total}"

    @property
    def percent(self) -> int | None:
        """How much is done, in whole per cent and never rounded up; None where the whole is not known."""
        return min(self.done * 100 // self.total, 100) if self.total else None


class ReturnedRowQuerySet(models.QuerySet):
    """Rows of returns, asked for in words."""

    def visible_to(self, user):
        """The authority's own, for the few who may see rows about children."""
        if user.acting is None or not user.can(Permission.SEE_RETURNED_ROWS):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def of(self, authority, code, year_end):
        """One list of one year."""
        return self.filter(authority=authority, code=code, year_end=year_end)


class ReturnedRow(models.Model):
    """One row of a statutory return or an Annex A list, by year: the council's code of a child, and what figures need."""

    authority = models.ForeignKey("core.Authority", models.PROTECT)
    batch = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    code = models.CharField(max_length=10)
    year_end = models.DateField()
    key = models.CharField(max_length=260)
    child = models.CharField(max_length=120)
    values = models.JSONField()
    digest = models.CharField(max_length=32)

    objects = ReturnedRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "code", "year_end", "key"], name="a_returns_row_is_kept_once_a_year")
        ]

    def __str__(self):
        return f"{self.code} row, year to {self.year_end}"
