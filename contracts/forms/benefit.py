"""The shapes of a benefit: as entered, what came of it, when it is closed, validated, and put to the board."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from contracts.choices import BenefitKind
from contracts.models import Contract
from contracts.rules.benefit import Entry
from core import clock
from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField
from core.models import User
from core.references import tidy
from core.roles import PERMISSIONS, Permission
from referrals.models import Child, Provision
from referrals.models.ending import OutcomeType
from referrals.models.journey import Scenario

KEEPERS = [role for role, deeds in PERMISSIONS.items() if Permission.KEEP_BENEFITS in deeds]
FROM_FORM = ("kind", "what", "modelled_for", "baseline", "baseline_weekly", "baseline_source", "budget_line", "starts_on",
             "baseline_ends_on", "forecast", "attribution", "attribution_words")  # fmt: skip

GROUPS = (
    ("The benefit", ("begun_from", "kind", "what", "contract", "provision", "owner")),
    ("What there would have been", ("baseline", "baseline_source", "budget_line", "starts_on", "baseline_ends_on")),
    ("The child, where it is counted from a journey", ("child", "outcome", "baseline_weekly")),
    ("The forecast", ("forecast", "attribution", "attribution_words", "modelled_for")),
)


class SignedMoneyField(MoneyField):
    """Pounds that may be less than nothing: "-£1,200"."""

    def __init__(self, **kwargs):
        super().__init__(min_value=None, max_digits=12, **kwargs)

    def to_python(self, value):
        return super().to_python(value.replace("−", "-") if isinstance(value, str) else value)


class BenefitForm(HouseForm):
    """A benefit with its baseline and forecast; the child only for whoever opens children's records."""

    kind = forms.ChoiceField(label="Which kind is it?", choices=BenefitKind.choices, widget=forms.RadioSelect)
    what = TextField(
        label="What is the benefit?", required=False, max_length=200, help_text="In a line that finance and the board can read. Name nobody."
    )
    contract = forms.ModelChoiceField(label="Under which contract?", queryset=Contract.objects.none())
    provision = forms.ModelChoiceField(label="From which service? (optional)", queryset=Provision.objects.none(), required=False)
    child = TextField(
        label="Reference of the child (optional)", required=False, max_length=20,
        help_text="For example RK4-7QX. Left out, what came of it is stated and not counted.",
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label="What happened for the child?", choices=[("", "Choose one"), *OutcomeType.choices], required=False,
        help_text="Moved from residential care may be cashable. Instead of it is avoidance.",
    )  # fmt: skip
    modelled_for = TextField(
        label="For which year was it modelled? (only for a modelled figure)", required=False, max_length=20,
        help_text="For example 2019/20. A modelled figure is labelled so, and never added to what was realised.",
    )  # fmt: skip
    baseline = TextField(label="What would there have been without it?", required=False, max_length=160)
    baseline_weekly = MoneyField(
        label="What would the baseline have cost a week?", required=False, max_digits=9,
        help_text="Left out, it is taken from the child’s journey without the service, where one is written.",
    )  # fmt: skip
    baseline_source = TextField(label="Where does the baseline come from?", required=False, max_length=200)
    budget_line = TextField(
        label="Which budget was it in? (where cashable)", required=False, max_length=120, help_text="The line whose spending truly ends"
    )
    starts_on = HouseDateField(label="Counted from", required=False)
    baseline_ends_on = HouseDateField(label="When was the baseline planned to end?", required=False)
    forecast = SignedMoneyField(
        label="What is it forecast to come to by then?", required=False, help_text="After the cost of support, and only our part. Less than nothing where it costs more."
    )
    attribution = forms.DecimalField(label="How much of it is ours, in per cent?", required=False, initial=100, max_digits=5, decimal_places=2)
    attribution_words = TextField(label="Why only that part? (where less than 100)", required=False, max_length=200)
    owner = forms.ModelChoiceField(label="Who owns it? (optional)", queryset=User.objects.none(), required=False, help_text="Left out, it is you")
    begun_from = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, user, about=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.about = user, about
        self.fields["contract"].queryset = Contract.objects.visible_to(user).order_by("-starts_on", "pk")
        self.fields["provision"].queryset = Provision.objects.visible_to(user).order_by("pk")
        for name in ("contract", "provision", "owner"):
            self.fields[name].empty_label = "Choose one"
        self.fields["owner"].queryset = User.objects.holding(*KEEPERS, authority=user.acting.authority_id).order_by("full_name", "pk")
        if about is not None:
            for name in ("contract", "provision", "child"):
                del self.fields[name]
            if about.child_id is None or not user.can(Permission.SEE_CHILDREN):
                del self.fields["outcome"]
        elif not user.can(Permission.SEE_CHILDREN):
            del self.fields["child"], self.fields["outcome"]

        self.helper.layout = Layout(*(Fieldset(legend, *(f for f in names if f in self.fields)) for legend, names in GROUPS))

    def clean_child(self):
        """The child of the reference typed, among those this person may see."""
        typed = self.cleaned_data["child"]
        if not typed:
            return None
        child = Child.objects.visible_to(self.user).filter(reference=tidy(typed)).first()
        if child is None:
            raise forms.ValidationError("There is no child of that reference whose record you may see.")
        return child

    def clean(self):
        typed = super().clean()
        child = self.about.child if self.about else typed.get("child")
        if child is not None and typed.get("modelled_for"):
            self.add_error("modelled_for", "A child’s benefit is counted from the journey, and is not modelled.")
        if child is not None and typed.get("baseline_weekly") is None and "baseline_weekly" not in self.errors:
            self._take_from_journey(child, typed)
        return typed

    def _take_from_journey(self, child, typed) -> None:
        """The baseline as the child's journey without the service has it: its first home, price and grounds."""
        scenario = Scenario.objects.filter(child=child, kind="without", replaced_at=None).prefetch_related("homes").first()
        home = min(scenario.homes.all(), key=lambda home: home.starts_on, default=None) if scenario else None
        if home is None:
            return
        typed["baseline_weekly"] = home.weekly_rate
        typed["baseline"] = typed.get("baseline") or home.words
        typed["baseline_source"] = typed.get("baseline_source") or scenario.basis[:200]
        typed["starts_on"] = typed.get("starts_on") or home.starts_on
        typed["baseline_ends_on"] = typed.get("baseline_ends_on") or home.ends_on

    def entry(self) -> Entry:
        """What was typed, as the rules ask."""
        typed = self.cleaned_data
        child = self.about.child if self.about else typed.get("child")
        return Entry(
            is_of_a_child=child is not None, is_moved=bool(self.happened) and OutcomeType(self.happened).is_moved,
            is_modelled=bool(typed["modelled_for"]), **{name: typed.get(name) for name in FROM_FORM},
        )  # fmt: skip

    @property
    def happened(self) -> str:
        """What happened for the child, as typed, or as it stands where it was not asked."""
        return self.cleaned_data.get("outcome", self.about.outcome if self.about else "")


class StateForm(HouseForm):
    """What came of a benefit that is not counted from a child's journey."""

    amount = SignedMoneyField(label="What did it come to?", required=False, help_text="In pounds; less than nothing where it cost more")
    until = HouseDateField(label="Counted up to which day?", required=False)
    source = TextField(label="Where does the figure come from?", required=False, max_length=200)


class CloseForm(HouseForm):
    """From which day a benefit is no longer counted, and why."""

    on = HouseDateField(label="From which day is it no longer counted?", required=False)
    because = TextField(label="Why?", required=False, max_length=200, help_text="Name nobody")


class ValidateForm(HouseForm):
    """Finance's word on the figure that is shown."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    note = TextField(label="What did you check it against? (optional)", required=False, max_length=300)


class AskBoardForm(HouseForm):
    """What the Benefits Monitoring Board is asked about one benefit."""

    what = TextField(label="What is the board asked to decide?", max_length=200, required=False)
    why = LongTextField(
        label="What points to it not being delivered?", required=False, max_length=4000,
        help_text="Name nobody. Counts of 1 to 5 children are not written here.",
    )  # fmt: skip
    wanted_by = HouseDateField(label="By when is a decision wanted?", required=False)

    @staticmethod
    def begun(row) -> dict:
        """What the machine found, to begin from."""
        return {
            "what": f"Benefit {row.benefit.reference}: go on, change it or stop", "why": "\n".join(row.signs),
            "wanted_by": clock.today() + 30 * clock.ONE_DAY,
        }  # fmt: skip
