"""Documents of a contract: added on a page of their own, read only through a permission check, taken off."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import View

from contracts.actions.document import add_contract_documents, take_off_document
from contracts.forms.document import ContractFilesForm, EntryFilesForm
from contracts.models import Contract, ContractDocument
from contracts.views.head import ContractDeed
from core import scanner
from core.reading import record_file_read
from core.roles import Permission
from core.views.bases import ButtonDeed, Guarded
from core.views.files import stored_attachment
from referrals.views.uploads import uploads_in


class AddDocuments(ContractDeed):
    """Add files to the contract, or to one of its clauses."""

    permission = Permission.AGREE_VARIATIONS
    form_class = ContractFilesForm
    asks_of_contract = True
    heading, submit_label, success_message = "Add documents", "Add the documents", "Added."
    back_label = "Variations and documents"

    @property
    def lead(self):
        """What is said about viruses where nothing scans for them."""
        return "" if scanner.is_set() else "Files are not checked for viruses here. Add only what you know."

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_multipart=True, **kwargs)

    def act(self, form):
        add_contract_documents(self.record, uploads=uploads_in(self.request), clause=form.cleaned_data["about"], by=self.request.user)


class AddEntryDocuments(AddDocuments):
    """Add files behind one row of the assurance register."""

    permission = Permission.KEEP_ASSURANCE
    form_class = EntryFilesForm
    back_label, part = "Assurance", "assurance"

    def act(self, form):
        add_contract_documents(self.record, uploads=uploads_in(self.request), entry=form.cleaned_data["about"], by=self.request.user)


def _document(slug, file, user) -> ContractDocument:
    """One document that this person may see."""
    rows = ContractDocument.objects.visible_to(user).filter(contract__slug=slug)
    return get_object_or_404(rows.select_related("contract__authority", "file"), file__reference=file)


class DocumentFile(Guarded, View):
    """One document's bytes, as an attachment; that it was read is kept."""

    permission = Permission.SEE_CONTRACTS

    @transaction.atomic
    def get(self, request, slug, file):
        document = _document(slug, file, request.user)
        if not document.may_be_opened:
            raise Http404
        answer = stored_attachment(document.file)
        record_file_read(document, by=request.user)
        return answer


class TakeOffDocument(ButtonDeed):
    """Take one document off."""

    permission = Permission.AGREE_VARIATIONS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    success_message = "The document is taken off. It is kept, and nobody can open it here."

    def load(self):
        record = super().load()
        self.document = _document(record.slug, self.kwargs["file"], self.request.user)
        return record

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/{'assurance' if self.document.entry_id else 'documents'}"

    def act(self, form):
        take_off_document(self.document, by=self.request.user)
