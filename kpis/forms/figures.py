"""Which figures somebody takes away, and as what."""

from django import forms

from core import clock
from core.forms import HouseForm
from kpis.measures.period import choices_of, last_quarter, period_from

RELEASED, ALL = "released", "all"
CSV, EXCEL = "csv", "xlsx"


class ExportFiguresForm(HouseForm):
    """Figures that may leave the service, or those for use inside it too; for which period the service's own; and as what file."""

    which = forms.ChoiceField(
        label="Which figures", widget=forms.RadioSelect, initial=RELEASED,
        choices=[
            (RELEASED, "Validated for release: these may leave the service"),
            (ALL, "Provisional ones and the service’s own counts too: for use inside the service, not to be sent on"),
        ],
    )  # fmt: skip
    period = forms.ChoiceField(label="Period of the service’s own counts, where you include them", required=False)
    file = forms.ChoiceField(label="File", widget=forms.RadioSelect, initial=EXCEL, choices=[(EXCEL, "Excel, with the definitions on a second sheet"), (CSV, "CSV")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["period"].initial = last_quarter(today).slug
        self.fields["period"].choices = choices_of(today)

    @property
    def chosen(self):
        """The period of the service's own counts: the quarter that ended last where none was said."""
        return period_from(self.cleaned_data["period"]) or last_quarter(clock.today())
