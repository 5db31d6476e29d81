"""Deeds on indicators, recommendations and a plan's actions: each a question on a page of its own."""

from decimal import Decimal

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission
from core.views.bases import ButtonDeed, Question
from kpis.actions.figure import check_value, correct_value, type_value, validate_value
from kpis.actions.indicator import add_benchmark, define_again, set_target
from kpis.actions.progress import add_step, end_action, finish_step, note_progress, reword_action
from kpis.forms.indicators import (
    BenchmarkForm,
    CorrectionForm,
    DefinitionForm,
    DoneForm,
    EndActionForm,
    NoteForm,
    RewordForm,
    StepForm,
    TargetForm,
    ValueForm,
)
from kpis.models import Indicator, IndicatorValue, Recommendation, TrackedAction

P = Permission
YES_NO = {True: "yes", False: "no"}


def _typed(value):
    """A fact as somebody would type it: yes or no, and a number without its last noughts."""
    if isinstance(value, bool):
        return YES_NO[value]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class OnIndicator(Question):
    """A deed on one indicator, going back to its definition."""

    permission = P.KEEP_INDICATORS
    model = Indicator
    slug_field = slug_url_kwarg = "slug"
    back_label = "Definition and figures"

    def back(self):
        return self.record.definition_url

    @property
    def lead(self):
        """Which indicator it is about."""
        return f"{self.record.name}."


class NewDefinition(OnIndicator):
    """Give an indicator a new version of its definition."""

    form_class = DefinitionForm
    heading, submit_label = "Change the definition", "Save as a new version"
    success_message = "Saved as a new version. Figures already there keep the one they were counted by."

    def get_initial(self):
        last = self.record.definitions.order_by("-version").first()
        held = {name: getattr(last, name) for name in DefinitionForm.base_fields if name not in {"because", "from_on"}}
        return {name: _typed(value) for name, value in held.items()}

    def act(self, form):
        define_again(self.record, by=self.request.user, **form.cleaned_data)


class NewTarget(OnIndicator):
    """Set what an indicator is to reach by a day."""

    form_class = TargetForm
    heading, submit_label, success_message = "Set a target", "Save the target", "Saved."

    def act(self, form):
        set_target(self.record, by=self.request.user, **form.cleaned_data)


class NewBenchmark(OnIndicator):
    """Write down what others came to."""

    form_class = BenchmarkForm
    heading, submit_label, success_message = "Add a benchmark", "Save the benchmark", "Saved."

    def act(self, form):
        add_benchmark(self.record, by=self.request.user, **form.said())


class NewValue(OnIndicator):
    """Type a figure by hand."""

    form_class = ValueForm
    heading, submit_label = "Enter a figure", "Save the figure"
    success_message = "Saved as provisional. Whoever owns the indicator checks it, and somebody else validates it for release."

    def get_initial(self):
        last = self.record.definitions.order_by("-version").first()
        return {"is_final": "no", "reading": last.reading}

    def act(self, form):
        type_value(self.record, by=self.request.user, **form.said())


class NoteIndicator(OnIndicator):
    """Write down the month's progress of an outcome measure."""

    form_class = NoteForm
    heading, submit_label, success_message = "Write down progress", "Save", "Saved."

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        note_progress(self.record, by=self.request.user, **form.cleaned_data)


class OnValue:
    """One figure, found under its indicator."""

    model = IndicatorValue
    permission = P.KEEP_INDICATORS

    def records(self):
        rows = IndicatorValue.objects.visible_to(self.request.user).filter(indicator__slug=self.kwargs["slug"])
        return rows.select_related("indicator", "definition")

    def back(self):
        """The definition page of its indicator."""
        return self.record.indicator.definition_url

    def get_success_url(self):
        return self.back()


class CorrectValue(OnValue, Question):
    """Correct a figure that is not validated yet."""

    form_class = CorrectionForm
    heading, submit_label, back_label = "Correct a figure", "Save the correction", "Definition and figures"
    success_message = "Corrected. It is checked and validated anew."

    @property
    def lead(self):
        """Which figure it is about."""
        return f"{self.record.indicator.name}, {self.record.period_label}."

    def get_initial(self):
        row = self.record
        return {"value": _typed(row.value), "numerator": row.numerator, "denominator": row.denominator, "printed": row.printed, "is_final": YES_NO[row.is_final]}

    def act(self, form):
        typed = dict(form.cleaned_data)
        correct_value(self.record, figure=typed.pop("value"), by=self.request.user, **typed)


class CheckValue(OnValue, ButtonDeed):
    """Say as its owner that a figure is right."""

    success_message = "Checked. It can be validated for release."

    def act(self, form):
        check_value(self.record, by=self.request.user)


class ValidateValue(OnValue, ButtonDeed):
    """Validate a figure for release."""

    permission = P.RELEASE_FIGURES
    success_message = "Validated for release."

    def act(self, form):
        validate_value(self.record, by=self.request.user)


class NoteRecommendation(Question):
    """Write down how a recommendation's action is going."""

    permission = P.KEEP_INDICATORS
    model = Recommendation
    form_class = NoteForm
    heading, submit_label, back_label, success_message = "Write down progress", "Save", "Recommendation", "Saved."

    def get_initial(self):
        return {"on": clock.today(), "rating": self.record.progress}

    def act(self, form):
        note_progress(self.record, by=self.request.user, **form.cleaned_data)


class OnAction(Question):
    """A deed on one action of a plan."""

    permission = P.KEEP_INDICATORS
    model = TrackedAction
    back_label = "Action"

    def records(self):
        return super().records().select_related("register")

    @property
    def lead(self):
        """Which action it is about."""
        return f"{self.record.number}. {self.record.text}"


class NoteAction(OnAction):
    """Where it is, what works, what worries."""

    form_class = NoteForm
    heading, submit_label, success_message = "Write down progress", "Save", "Saved."

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        note_progress(self.record, by=self.request.user, **form.cleaned_data)


class RewordAction(OnAction):
    """New words; those before stay."""

    form_class = RewordForm
    heading, submit_label, success_message = "Reword the action", "Save the new words", "Reworded. The words before stand in its history."

    def get_initial(self):
        return {"text": self.record.text}

    def act(self, form):
        reword_action(self.record, by=self.request.user, **form.cleaned_data)


class EndAction(OnAction):
    """Complete, or carried on by another."""

    form_class = EndActionForm
    heading, submit_label, success_message = "End the action", "End the action", "Ended."

    def get_form_kwargs(self):
        seen = TrackedAction.objects.visible_to(self.request.user).filter(register=self.record.register, state="open")
        return {**super().get_form_kwargs(), "others": seen.exclude(pk=self.record.pk).order_by("order")}

    def act(self, form):
        end_action(self.record, by=self.request.user, **form.cleaned_data)


class AddStep(OnAction):
    """What has to happen next, by when and by whom."""

    form_class = StepForm
    heading, submit_label, success_message = "Add what has to happen next", "Add", "Added."

    def act(self, form):
        add_step(self.record, by=self.request.user, **form.cleaned_data)


class FinishStep(OnAction):
    """A step is done."""

    form_class = DoneForm
    heading, submit_label, success_message = "A step is done", "Save", "Saved."

    @property
    def step(self):
        """The step that the address names."""
        if self.record is None:
            raise Http404
        return get_object_or_404(self.record.steps.all(), order=self.kwargs["nth"])

    @property
    def lead(self):
        """Which step it is."""
        return self.step.what

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        finish_step(self.step, by=self.request.user, **form.cleaned_data)
