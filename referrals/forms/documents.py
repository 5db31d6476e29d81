"""The shape of documents added to a child's record; the page reads the files' bytes itself."""

from django import forms

from core.forms import HouseForm
from referrals.forms.placement import YesNoField
from referrals.models.child_document import DocumentType


class FilesInput(forms.FileInput):
    """A box that several files are chosen in at once."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """The files that were chosen, unread."""

    widget = FilesInput


class AddDocumentsForm(HouseForm):
    """The files, what they are, and who else may have them."""

    files = FilesField(
        label="Files", widget=FilesInput({"multiple": True}), error_messages={"required": "Choose at least one file"},
        help_text="Several at once, of one kind. PDF, Word, Excel, pictures or plain text, smaller than 10 MB each.",
    )  # fmt: skip
    type = forms.ChoiceField(label="What are they?", choices=DocumentType, widget=forms.RadioSelect)
    is_shareable = YesNoField(label="May the provider that supports the child open them?", required=True)


class AddToReferralForm(HouseForm):
    """Whether the files that are chosen are for the council alone."""

    private = forms.BooleanField(label="For the council’s own people only: not for the panel or the provider", required=False)
