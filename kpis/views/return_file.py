"""An accepted return as a file: nothing provisional leaves the service."""

from django.db import transaction
from django.http import Http404, HttpResponseRedirect

from core.actions.lists import export_list
from core.views.bases import RecordDetail
from core.views.files import attachment
from core.views.lists import EXCEL
from kpis.choices import ReturnState
from kpis.papers.return_files import return_report, return_workbook
from kpis.views.provider_return import OfAReturn

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {"docx": (return_report, WORD), "xlsx": (return_workbook, EXCEL)}


class ReturnFile(OfAReturn, RecordDetail):
    """A report in Word, or workings in Excel; that it was taken is kept."""

    @property
    def record(self):
        """The return in hand."""
        return self.object

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(self.get_object().get_absolute_url())

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        kind = request.POST.get("as", "")
        if kind not in FILES or self.object.state != ReturnState.ACCEPTED:
            raise Http404
        made, media_type = FILES[kind]
        content = made(self.object, self.rows)
        export_list(path=request.path, query="", rows=self.rows, by=request.user)
        return attachment(content, media_type=media_type, name=f"return-{self.object.period}.{kind}")
