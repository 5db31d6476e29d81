"""The shapes of a provider's return: what the provider writes, what the commissioner says of each row, and answers."""

from django import forms

from core.forms import HouseForm, LongTextField
from kpis.choices import Verdict
from kpis.measures.returns import BY_SLUG, MEASURES

LONGEST = 2000


class ReturnShape(HouseForm):
    """The provider's words on each row, and on what stands beside the figures."""

    complaints = LongTextField(
        label="Words on complaints and compliments (optional)", rows=3, required=False, max_length=LONGEST,
        help_text="They are counted above, from the register. Say what they were about, and what changed. Name nobody.",
    )  # fmt: skip
    satisfaction = LongTextField(
        label="Words on satisfaction and feedback (optional)", rows=3, required=False, max_length=LONGEST,
        help_text="Marks are counted above, from the rounds of feedback. Say what was said, and what you do about it.",
    )  # fmt: skip
    other = LongTextField(label="Any other issues (optional)", rows=3, required=False, max_length=LONGEST)
    commentary = LongTextField(label="Your commentary on the quarter (optional)", rows=4, required=False, max_length=LONGEST)

    def words(self) -> dict[str, str]:
        """What was typed on each row, by measure."""
        return {row.row.measure: self._typed(f"words_{row.row.measure}") for row in self.rows}

    def texts(self) -> dict[str, str]:
        """What was typed beside the figures."""
        return {name: self._typed(name) for name in ReturnShape.base_fields}

    def _typed(self, name) -> str:
        """A text as it was typed, also where it is too long to send: cut where a column would end."""
        return (self.cleaned_data.get(name) or self.data.get(name) or "")[:LONGEST].replace("\x00", "")


def return_form(rows) -> type[ReturnShape]:
    """Take the rows of a return; give the form that asks for words on each."""
    fields = {
        f"words_{row.row.measure}": LongTextField(
            label=f"Why “{row.asked.name}” is as it is" if row.needs_words else f"Words on “{row.asked.name}” (optional)",
            rows=2, required=False, max_length=LONGEST,
        )
        for row in rows
    }  # fmt: skip
    return type("ReturnForm", (ReturnShape,), {**fields, "rows": rows})


class ReviewShape(HouseForm):
    """A verdict on each row, and the commissioner's commentary."""

    words = LongTextField(label="Your commentary (optional)", rows=4, required=False, max_length=LONGEST, help_text="The provider reads it.")

    def verdicts(self) -> dict[str, str]:
        """What was chosen for each row, by measure."""
        return {row.row.measure: self.cleaned_data.get(f"verdict_{row.row.measure}", "") for row in self.rows}

    def challenges(self) -> dict[str, str]:
        """Why, by measure."""
        return {row.row.measure: self.cleaned_data.get(f"challenge_{row.row.measure}", "") for row in self.rows}


def review_form(rows) -> type[ReviewShape]:
    """Take the rows of a return; give the form that asks for a verdict on each."""
    fields = {}
    for row in rows:
        second = [(Verdict.CHALLENGE, "Keep the challenge")] if row.row.answer else [(Verdict.CHALLENGE, "Challenge")]
        fields[f"verdict_{row.row.measure}"] = forms.ChoiceField(
            label=f"Your decision on “{row.asked.name}”", choices=[(Verdict.ACCEPT, "Accept"), *second], widget=forms.RadioSelect, required=False,
        )  # fmt: skip
        fields[f"challenge_{row.row.measure}"] = LongTextField(
            label=f"Why you challenge “{row.asked.name}”", rows=2, required=False, max_length=LONGEST
        )
    return type("ReviewForm", (ReviewShape,), {**fields, "rows": rows})


def answer_form(rows) -> type[HouseForm]:
    """Take the rows that are challenged; give the form that asks for an answer to each."""
    fields = {
        f"answer_{row.row.measure}": LongTextField(
            label=f"Your answer on “{row.asked.name}”", rows=3, required=False, max_length=LONGEST, help_text=f"Challenged: {row.row.challenge}"
        )
        for row in rows
    }
    return type("AnswerForm", (HouseForm,), fields)


class CorrectionForm(HouseForm):
    """What one figure should have been."""

    says = forms.CharField(label="What should it have been?", max_length=80, required=False, help_text="For example, 41 of 44")
    because = LongTextField(label="Why is it corrected?", rows=3, required=False, max_length=LONGEST, help_text="Counts of 1 to 5 children are not written here.")


class TargetForm(HouseForm):
    """One target of the Performance Management Framework."""

    measure = forms.ChoiceField(label="Which measure?", choices=[(asked.slug, asked.name) for asked in MEASURES])
    value = forms.DecimalField(
        label="Target", max_digits=9, decimal_places=1, required=False, help_text="In the measure’s own unit: percent, days, or a number.",
    )  # fmt: skip
    source = forms.CharField(label="Where does it come from?", max_length=120, required=False, help_text="For example, the framework’s page and line")


def name_of(measure: str) -> str:
    """A measure's name."""
    return BY_SLUG[measure].name
