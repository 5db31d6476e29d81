"""Reports to the boards: drawn for a period, frozen, printed once."""

from django.db import models
from django.urls import reverse

from contracts.choices import Board
from core import clock
from core.models.document import read_by
from core.references import ReferenceField
from core.roles import Permission


class BoardReportQuerySet(models.QuerySet):
    """Reports to boards, asked for in words."""

    def visible_to(self, user):
        """The council's own, for those who see them."""
        if user.acting is None or not user.can(Permission.SEE_REPORTS):
            return self.none()
        return self.filter(authority=user.acting.authority_id)


class BoardReport(models.Model):
    """One report to one board about one period."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    board = models.CharField(max_length=4, choices=Board)
    starts_on = models.DateField()
    ends_on = models.DateField()
    drawn_at = models.DateTimeField(default=clock.now)
    drawn_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    version = models.ForeignKey("core.DocumentVersion", models.PROTECT, null=True, related_name="+")

    objects = BoardReportQuerySet.as_manager()

    def __str__(self):
        return f"Report to the {self.get_board_display()}"

    def get_absolute_url(self):
        return reverse("kpis:report", args=[self.board, self.reference])


read_by("board_report")(BoardReport.objects.visible_to)
