"""The shapes of complaints, incidents and compliments."""

from django import forms

from contracts.forms.child_field import ChildReferenceField
from contracts.models import Contract
from contracts.models.complaint import ComplaintKind, ComplaintOutcome, ToldBy
from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from core.roles import Role


def contracts_of(person):
    """The contracts in force that a person may name; an administrator names none."""
    if person.acting is None or person.acting.role == Role.ADMINISTRATOR:
        return Contract.objects.none()
    return Contract.objects.visible_to(person).filter(state="active").order_by("name", "pk")


def _about_which(**more):
    return forms.ModelChoiceField(
        label="Which service is it about?", queryset=None, to_field_name="slug", widget=forms.RadioSelect, **more
    )


class LogComplaintForm(HouseForm):
    """What was said or happened, by whom, when, and whether the family knows how it is looked into."""

    kind = forms.ChoiceField(label="What is it?", choices=ComplaintKind, widget=forms.RadioSelect)
    contract = _about_which(empty_label=None, error_messages={"required": "Select the service it is about"})
    told_by = forms.ChoiceField(label="Who told you?", choices=ToldBy, widget=forms.RadioSelect)
    received_on = HouseDateField(label="On which day?")
    about = LongTextField(label="What happened, or what was said?", max_length=4000, help_text="Name nobody. Say what, when and where.")
    child = ChildReferenceField(label="Reference of the child it is about (optional)", help_text="For example, RK4-7QX. Only those who may open the record read it.")
    told_how_on = HouseDateField(
        label="When was the family told how it will be looked into? (optional)", required=False,
        help_text="They are told who looks into it, by when, and whom to go to next",
    )  # fmt: skip

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contract"].queryset = contracts_of(person)
        self.fields["child"].person = person


class InvestigatorForm(HouseForm):
    """Who looks into it, and that they are neutral."""

    investigator = TextField(label="Name", max_length=120)
    investigator_post = TextField(label="What they do, and where", max_length=160)
    is_neutral = forms.BooleanField(label="They take no part in delivering this service", required=False)


class CloseComplaintForm(HouseForm):
    """What was found, what came of it, and when they were answered."""

    outcome = forms.ChoiceField(label="What came of it?", choices=ComplaintOutcome, widget=forms.RadioSelect)
    finding = LongTextField(label="What was found?", max_length=4000, help_text="Name nobody.")
    learned = LongTextField(label="What is done differently now? (optional)", required=False, rows=3, max_length=2000)
    answered_on = HouseDateField(label="When was whoever told you answered?")


class ComplimentForm(HouseForm):
    """A good word: whose, about which service, and what was said."""

    words = LongTextField(label="What was good?", rows=4, max_length=2000, help_text="Their own words, if you have them. Name no child.")
    told_by = forms.ChoiceField(label="Who said it?", choices=ToldBy, widget=forms.RadioSelect)
    contract = _about_which(required=False, blank=True, empty_label="I am not sure")
    came_from = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contract"].queryset = contracts_of(person)
        if not self.fields["contract"].queryset.exists():
            del self.fields["contract"]
