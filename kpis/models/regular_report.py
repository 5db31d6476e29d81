"""Reports that the timetable makes each quarter: one of a kind for a period, through its stages, each once."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.letters import withdrawn_from
from core.models.document import read_by
from core.paired import by_and_at
from core.references import ReferenceField
from core.roles import Permission
from kpis.choices import RegularKind, ReportState


class RegularReportQuerySet(models.QuerySet):
    """Regular reports, asked for in words."""

    def visible_to(self, user):
        """The council's own, for those who see its reports; whoever does not draw them reads them once they are sent."""
        if user.acting is None or not user.can(Permission.SEE_REPORTS):
            return self.none()
        rows = self.filter(authority=user.acting.authority_id).exclude(pk__in=withdrawn_from(user, "kpis.regularreport"))
        return rows if user.can(Permission.DRAW_REPORTS) else rows.filter(state=ReportState.ISSUED)

    def open(self):
        """Those that have not been sent."""
        return self.exclude(state=ReportState.ISSUED)


class RegularReport(models.Model):
    """One report of one kind about one quarter; a contract pack is of one contract."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    kind = models.CharField(max_length=8, choices=RegularKind)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.DUE)
    send_on = models.DateField()
    drafted_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    problem = models.TextField(blank=True)
    document = models.ForeignKey("core.Document", models.PROTECT, null=True, blank=True)

    objects = RegularReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "contract", "starts_on"], name="a_regular_report_is_made_once", nulls_distinct=False
            ),
            by_and_at("approved", of="regular_report"),
            models.CheckConstraint(
                name="a_contract_pack_has_a_contract", condition=Q(kind="contract", contract__isnull=False) | (~Q(kind="contract") & Q(contract=None))
            ),
            models.CheckConstraint(
                name="a_sent_report_has_a_document", condition=~Q(state="issued") | Q(document__isnull=False, sent_at__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()}, {self.contract}" if self.contract_id else self.get_kind_display()

    def get_absolute_url(self):
        return reverse("kpis:regular_report", args=[self.reference])

    @property
    def last_day(self):
        """The last day that it is about."""
        return self.ends_on - timedelta(days=1)

    @property
    def version(self):
        """The newest frozen version, or None before it is frozen."""
        if self.document_id is None:
            return None
        return self.document.versions.select_related("file", "document__authority").order_by("-number").first()

    @property
    def state_choice(self):
        """The state with its word and colour."""
        return ReportState(self.state)


read_by("regular_report")(RegularReport.objects.visible_to)
