"""Whether a document that was issued is still what it was: its hashes reckoned again, every version with what took its place."""

from django.db.models import Q
from django.http import Http404

from core import documents
from core.models import Document
from core.views.bases import ANYONE_SIGNED_IN, RecordDetail
from core.views.files import StoredFileDetail

MOST = 40


class DocumentRecord:
    """A document whose kind says that this person reads it, and its versions: those for everybody, and their own."""

    permission = ANYONE_SIGNED_IN
    model = Document
    slug_url_kwarg = "document"

    def versions(self):
        """The newest first."""
        rows = self.get_object().versions.filter(Q(audience="everyone") | Q(reader=self.request.user))
        return rows.select_related("file", "document", "supersedes", "superseded_by").order_by("-number", "-pk")


class DocumentCheck(DocumentRecord, RecordDetail):
    """The hashes of each version, as they were written down and as they are now."""

    template_name = "core/document_check.html"

    def get_context_data(self, **kwargs):
        checked = [documents.check(version) for version in self.versions()[:MOST]]
        handed = {one.version.pk for one in checked if one.file_is_true and one.version.is_handed_to(self.request.user)}
        return super().get_context_data(checked=checked, handed=handed, all_true=all(one.is_true for one in checked), **kwargs)


class DocumentFile(DocumentRecord, StoredFileDetail):
    """The file of one version, also of one that another took the place of; damaged, it is not handed out."""

    def stored(self, record):
        version = self.versions().filter(number=self.kwargs["version"], audience="everyone").first()
        if version is None or not version.is_handed_to(self.request.user):
            raise Http404
        return version.file
