"""The shape of documents added to a contract; the page reads the files' bytes itself."""

from django import forms

from contracts.models import AssuranceEntry, Clause
from core.forms import HouseForm
from referrals.forms.documents import FilesField, FilesInput

KINDS = "Several at once. PDF, Word, Excel, pictures or plain text, smaller than 10 MB each. Name no child and no worker in them."


class ContractFilesForm(HouseForm):
    """The files, and which clause they are about."""

    files = FilesField(label="Files", widget=FilesInput({"multiple": True}), error_messages={"required": "Choose at least one file"}, help_text=KINDS)
    about = forms.ModelChoiceField(Clause.objects.none(), label="What are they about?", required=False, empty_label="The contract itself")

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].queryset = self.choices_of(contract)

    def choices_of(self, contract):
        """What the files may be about."""
        return contract.clauses.order_by("topic", "pk")


class EntryFilesForm(ContractFilesForm):
    """The files, and which row of the assurance register they stand behind."""

    about = forms.ModelChoiceField(
        AssuranceEntry.objects.none(), label="Which row do they stand behind?", empty_label="Choose",
        error_messages={"required": "Choose which row they stand behind"},
    )  # fmt: skip

    def choices_of(self, contract):
        """The rows of the register, the newest first."""
        return contract.entries.order_by("-on", "-pk")
