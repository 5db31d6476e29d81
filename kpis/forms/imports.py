"""What is imported: its kind, its files, and the day they are about."""

from django import forms

from core.forms import DAY_HINT, HouseDateField, HouseForm
from kpis.choices import ImportKind


class FilesInput(forms.FileInput):
    """A box that several files are chosen in at once."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """The files that were chosen, unread."""

    widget = FilesInput


class BeginImportForm(HouseForm):
    """The files, and what they are."""

    kind = forms.ChoiceField(label="What are they?", choices=ImportKind, widget=forms.RadioSelect)
    files = FilesField(
        label="Files", widget=FilesInput({"multiple": True}), error_messages={"required": "Choose at least one file"},
        help_text="Several at once. CSV, and for Annex A Excel too; bank holidays as the JSON file GOV.UK gives. At most 60 MB each.",
    )  # fmt: skip
    last_day = HouseDateField(
        label="Last day they are about (optional)", required=False,
        help_text=f"Only where a file’s name does not say its year, and for Annex A. {DAY_HINT}",
    )  # fmt: skip

    headings = forms.CharField(
        label="Columns that your files call otherwise (optional)", required=False, widget=forms.Textarea({"rows": 3}),
        help_text="One a line, what the file says = what it is here. For example, Child ID = CHILD. For CSV files.",
    )  # fmt: skip

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0].value
