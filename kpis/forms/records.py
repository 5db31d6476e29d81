"""The shapes of disposals, holds, subject access and the register of documents."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from core.references import tidy
from kpis.models.subject_access import Asker, Withheld
from referrals.models import Child

NO_CHILD = "No record that you may open has this reference"
AGREE_OR_NOT = [("yes", "Agree"), ("no", "Do not agree")]


class NoteForm(HouseForm):
    """What was looked at."""

    note = LongTextField(label="What did you look at?", rows=3, max_length=300, help_text="The evidence, and any paper or other file that goes too. No name.")


class BecauseForm(HouseForm):
    """Why."""

    because = LongTextField(label="Why?", rows=3, max_length=300)


class AnswerForm(HouseForm):
    """A second person's answer."""

    agrees = forms.ChoiceField(label="Do you agree?", choices=AGREE_OR_NOT, widget=forms.RadioSelect, error_messages={"required": "Select whether you agree"})
    because = LongTextField(label="Why not (if you do not)", rows=2, required=False, max_length=300)


class YesNoForm(HouseForm):
    """A second person's answer, without more."""

    agrees = forms.ChoiceField(label="Do you agree?", choices=AGREE_OR_NOT, widget=forms.RadioSelect, error_messages={"required": "Select whether you agree"})


def child_of(user, typed: str) -> Child:
    """The child with a reference that was typed, among those whose record may be seen."""
    found = Child.objects.visible_to(user).filter(reference=tidy(typed)).first()
    if found is None:
        raise forms.ValidationError(NO_CHILD)
    return found


class HoldForm(HouseForm):
    """What is to be kept, and why."""

    reaches = forms.ChoiceField(
        label="What must be kept?", widget=forms.RadioSelect, error_messages={"required": "Select what must be kept"},
        choices=[("child", "One child’s record"), ("team", "Records of a team"), ("service", "Records of a service"), ("council", "Every record of the council")],
    )  # fmt: skip
    child = TextField(label="Reference of the child (for one record)", required=False, max_length=20)
    team = forms.ChoiceField(label="Team (for a team)", required=False)
    service = forms.ChoiceField(label="Service (for a service)", required=False)
    because = LongTextField(label="Why must it be kept?", rows=3, max_length=300, help_text="The inquiry, claim or complaint. No name.")

    def __init__(self, *args, user, teams, services, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.teams, self.services = user, {str(one.pk): one for one in teams}, {str(one.pk): one for one in services}
        for name, rows in (("team", self.teams), ("service", self.services)):
            self.fields[name].choices = [("", "Choose"), *[(key, str(one)) for key, one in rows.items()]]

    def clean(self):
        """What was chosen, as the deed takes it."""
        said = super().clean()
        reaches, found = said.get("reaches"), {}
        if reaches == "child":
            try:
                found = {"child": child_of(self.user, said.get("child", ""))}
            except forms.ValidationError as wrong:
                self.add_error("child", wrong)
        elif reaches in {"team", "service"}:
            row = (self.teams if reaches == "team" else self.services).get(said.get(reaches))
            found = {"team" if reaches == "team" else "provision": row}
            if row is None:
                self.add_error(reaches, f"Choose the {reaches}")
        self.chosen = found
        return said


class RequestForm(HouseForm):
    """A request as it came."""

    child = TextField(label="Reference of the record", max_length=20, help_text="For example, RK4-7QX")
    asked_by = forms.ChoiceField(label="Who asks?", choices=Asker.choices, widget=forms.RadioSelect, error_messages={"required": "Select who asks"})
    asker_name = TextField(label="Name of whoever asks", max_length=200)
    identity_seen = TextField(label="How do you know who they are?", max_length=200, help_text="What was seen, and the authority to ask where it is for somebody else")
    received_on = HouseDateField(label="Day it came")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_child(self):
        """The child."""
        return child_of(self.user, self.cleaned_data["child"])


class EntryForm(HouseForm):
    """One part: what is given, or why it is not."""

    given = LongTextField(label="Words that are given", rows=12, required=False)
    withheld = forms.ChoiceField(label="Is anything of it withheld whole?", choices=Withheld.choices, required=False, widget=forms.RadioSelect)
    because = TextField(label="Why (if withheld)", required=False, max_length=300)
    files = forms.FileField(label="A copy to give in its place (PDF or plain text)", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)
        if not entry.file_id:
            del self.fields["files"]
        elif not entry.words:
            del self.fields["given"]


class HarmForm(HouseForm):
    """How harm was judged."""

    words = LongTextField(
        label="Would reading this do serious harm to anybody?", rows=4, max_length=500,
        help_text="How you judged it, and whom you asked. If something has to be withheld, say so: the second check sends it back.",
    )  # fmt: skip


class GivenForm(HouseForm):
    """That it was given."""

    given_on = HouseDateField(label="Day it was given")
    how = TextField(label="How, and to whom", max_length=200)


class ReliedForm(HouseForm):
    """A document that a clause relies on."""

    title = TextField(label="Name of the document", max_length=200)
    relied_on_by = TextField(label="What relies on it", max_length=300)
    owner_role = TextField(label="Who owns it", max_length=100)
    source = TextField(label="Where it is named (optional)", required=False, max_length=100)
    meanwhile = TextField(label="What is done until it is supplied (optional)", required=False, max_length=300)


class SuppliedForm(HouseForm):
    """Whether it is here."""

    asked_on = HouseDateField(label="Day it was asked for (optional)", required=False)
    held_on = HouseDateField(label="Day from which it is held (optional)", required=False)
    held_where = TextField(label="Where it is kept (if it is held)", required=False, max_length=200)
