"""What is written of a pack: commentary, why it is corrected, and what is added."""

from django import forms

from core.forms import HouseForm, LongTextField, TextField
from kpis.choices import PackPart


class CommentaryForm(HouseForm):
    """A few sentences about one part."""

    words = LongTextField(
        label="What should the group know?", max_length=3000, rows=8,
        help_text="What changed, why, and what you ask of the group. No child’s name, and no count of 1 to 5 children.",
        error_messages={"required": "Write what the group should know"},
    )  # fmt: skip


class CorrectForm(HouseForm):
    """Why a pack is corrected."""

    why = LongTextField(
        label="What was wrong, and what is right now?", max_length=600, rows=4,
        help_text="It stands on the cover of the new version. Correct the record first: the new version says what the records say now.",
        error_messages={"required": "Say what was wrong"},
    )  # fmt: skip


class AnswerCorrectionForm(HouseForm):
    """What the chair or a delegate says to a correction."""

    answer = forms.ChoiceField(
        label="May it go out?", widget=forms.RadioSelect, choices=[("approve", "Yes, approve it"), ("turn down", "No, turn it down")],
        error_messages={"required": "Say whether it may go out"},
    )  # fmt: skip
    because = LongTextField(label="Why not?", max_length=600, rows=3, required=False, help_text="Only where you turn it down.")

    def clean(self):
        said = super().clean()
        if said.get("answer") == "turn down" and not said.get("because"):
            self.add_error("because", "Say why you turn it down")
        return said


class SupplementForm(HouseForm):
    """Something that became known later."""

    title = TextField(label="What is it about?", max_length=120, error_messages={"required": "Say what it is about"})
    part = forms.ChoiceField(
        label="Which part of the pack?", choices=[("", "The whole pack"), *PackPart.choices], required=False,
        help_text="Whoever is out of that part does not read the supplement.",
    )  # fmt: skip
    words = LongTextField(
        label="What became known?", max_length=6000, rows=8, help_text="No child’s name, and no count of 1 to 5 children.",
        error_messages={"required": "Write what became known"},
    )  # fmt: skip
