"""The shapes of moving on: not taken up, handover, onward, section 20, brothers and sisters, and closing."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from core.models import Authority, User
from core.references import tidy
from referrals.models import Child
from referrals.models.transition import HomelessChoice, OnwardOutcome, Relation


def _words(label, rows=3, **more):
    return LongTextField(label=label, rows=rows, max_length=4000, **more)


class DisengagementForm(HouseForm):
    """Support is not taken up: what was noticed, what was tried, and what happens next."""

    noticed_on = HouseDateField(label="When did you notice?")
    noticed = _words("What did you notice?")
    tried = _words("What have you tried, and with whom?")
    next_steps = _words("What happens next (when it is agreed)", required=False)
    agreed_with = TextField(label="Agreed with", required=False, max_length=200)
    agreed_on = HouseDateField(label="Agreed on", required=False)


class HandoverForm(HouseForm):
    """What a young person needs after 18, the three phases, and support that goes on after 18."""

    identified_on = HouseDateField(label="When was the need seen?")
    needs = _words("What the young person needs after 18")
    adult_service = TextField(label="Adult service (optional)", required=False, max_length=200)
    adult_contact = TextField(label="Who there, and how to reach them (optional)", required=False, max_length=200)
    meets_on = HouseDateField(label="They meet the adult service from (optional)", required=False)
    joint_from_on = HouseDateField(label="You work together from (optional)", required=False)
    leads_from_on = HouseDateField(label="The adult service leads from (optional)", required=False)
    after_18_decision = TextField(label="If support goes on after 18: who decided, and what", required=False, max_length=300)
    after_18_decided_on = HouseDateField(label="Day of that decision", required=False)
    after_18_agreed_on = HouseDateField(label="Day the young person agreed", required=False)


class OnwardForm(HouseForm):
    """A referral on to another service."""

    to = TextField(label="To which service?", max_length=200)
    why = _words("Why this is the better help")
    package = _words("How it fits with the other help (optional)", rows=2, required=False)
    referred_on = HouseDateField(label="Referred on")
    outcome = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect, choices=OnwardOutcome.choices, initial="waiting")
    outcome_on = HouseDateField(label="Day you heard (if you have)", required=False)


class HomelessForm(HouseForm):
    """Section 20 offered, and an informed choice made."""

    came_on = HouseDateField(label="When did they come, with nowhere to live?")
    offered_on = HouseDateField(label="When was section 20 offered?")
    explained = _words("What was explained about each choice, and how")
    advice_from = TextField(label="Independent advice from (optional)", required=False, max_length=200)
    choice = forms.ChoiceField(label="What did they choose?", widget=forms.RadioSelect, choices=HomelessChoice.choices, initial="not yet")
    chose_on = HouseDateField(label="Day of the choice (if made)", required=False)
    own_words = _words("What they said, in their words", required=False)


class LinkForm(HouseForm):
    """Another child who belongs with this one."""

    other = TextField(label="Reference of the other child", max_length=12, help_text="For example, RK4-7QX")
    relation = forms.ChoiceField(label="How they belong together", widget=forms.RadioSelect, choices=Relation.choices)

    def __init__(self, *args, children=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.children = Child.objects.none() if children is None else children

    def clean_other(self):
        found = self.children.filter(reference=tidy(self.cleaned_data["other"])).first()
        if found is None:
            raise forms.ValidationError("No child with that reference can be linked")
        return found


class DeathForm(HouseForm):
    """A child has died."""

    died_on = HouseDateField(label="Day of death")
    hold_because = TextField(
        label="If the record must be held for an inquiry or a claim: why (optional)", required=False, max_length=200
    )


class AskUndoForm(HouseForm):
    """A death was entered by mistake: what was wrong."""

    because = LongTextField(label="What was wrong?", rows=3, max_length=300, help_text="For example, it was entered on another child’s record. Do not write names.")


class AnswerUndoForm(HouseForm):
    """Whether a second manager agrees."""

    answer = forms.ChoiceField(
        label="Do you agree that it was a mistake?", widget=forms.RadioSelect,
        choices=[("yes", "Yes, undo it"), ("no", "No, the record stays closed")],
    )  # fmt: skip


class AdoptionForm(HouseForm):
    """A child was adopted: who may still open the record."""

    ordered_on = HouseDateField(label="Day of the adoption order")
    named = forms.ModelMultipleChoiceField(
        label="Who may still open this record", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = people
        self.fields["named"].label_from_instance = lambda person: f"{person.full_name}, {person.job_title}"


class CouncilForm(HouseForm):
    """Another council is responsible; councils that use the service are not listed to one another."""

    council = TextField(label="Name of the council", max_length=200, help_text="As it calls itself here, for example Ashmere Council.")
    from_on = HouseDateField(label="Responsible from")
    because = TextField(label="Why", max_length=300)

    def clean_council(self):
        found = Authority.objects.filter(name__iexact=self.cleaned_data["council"]).first()
        if found is None:
            raise forms.ValidationError("No council of that name uses this service")
        return found


class TellingForm(HouseForm):
    """Who tells the child what, by when, and what the child said."""

    words = _words("What the child is told, in plain words", rows=4)
    teller = forms.ModelChoiceField(label="Who tells them", queryset=User.objects.none(), empty_label=None)
    due_on = HouseDateField(label="By when")
    told_on = HouseDateField(label="Told on (when it is done)", required=False)
    child_said = _words("What the child said (optional)", required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["teller"].queryset = people
        self.fields["teller"].label_from_instance = lambda person: f"{person.full_name}, {person.job_title}"
