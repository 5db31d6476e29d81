"""Files as answers: always an attachment, never run by a browser; one whose bytes are damaged or gone is not handed out, and a page says so."""

from collections.abc import Iterable

from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.files import read
from core.models import StoredFile
from core.reading import record_download
from core.views.bases import RecordDetail

CSV = "text/csv; charset=utf-8"


def _saved(name: str) -> dict[str, str]:
    """The headers of an answer that is saved under this name and never run."""
    return {
        "Content-Disposition": content_disposition_header(True, name), "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }  # fmt: skip


def attachment(content: bytes, *, media_type: str, name: str) -> HttpResponse:
    """An answer that is saved and not shown: these bytes, of this media type, under this name; what is text is UTF-8."""
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") and "charset" not in media_type else media_type
    return HttpResponse(content, content_type=kind, headers=_saved(name))


def streamed_attachment(lines: Iterable[bytes], *, media_type: str, name: str) -> StreamingHttpResponse:
    """The same for a file that is made as it is sent, and never whole in memory."""
    return StreamingHttpResponse(lines, content_type=media_type, headers=_saved(name))


def stored_attachment(stored: StoredFile | None) -> HttpResponse:
    """The answer for one stored file; not found where there is none, and FileDamaged where its bytes are not those that were stored."""
    if stored is None:
        raise Http404
    return attachment(read(stored), media_type=stored.media_type, name=stored.name)


class StoredFileDetail(RecordDetail):
    """The stored file of one record that this person may see; reading it is recorded. Declare `stored(record)`."""

    def stored(self, record) -> StoredFile | None:
        """The file of a record, or None where there is none yet."""
        raise NotImplementedError

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        record = self.get_object()
        answer = stored_attachment(self.stored(record))
        record_download(record, by=request.user)
        return answer


class RecordFile(RecordDetail):
    """One record as a file made from it now; that it was taken away is recorded. Declare `taken_as`, and write `made(record)`."""

    def made(self, record) -> HttpResponse:
        """The file."""
        raise NotImplementedError

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        return self.made(self.get_object())
