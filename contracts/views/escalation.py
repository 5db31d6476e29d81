"""Escalations: the list, one of them, raising one, and writing down the board's answer."""

from django import forms
from django.db.models import F

from contracts.actions.escalation import escalate, record_answer
from contracts.choices import Board
from contracts.models import Benefit, Escalation
from core.forms import HouseDateField, HouseForm
from core.roles import Permission
from core.views.bases import Question, RecordDetail, RecordList


class EscalationForm(HouseForm):
    """What is put to which board, why, and by when."""

    board = forms.ChoiceField(label="Which board?", choices=Board.choices, widget=forms.RadioSelect)
    what = forms.CharField(label="What is the board asked to decide?", max_length=200, required=False)
    why = forms.CharField(
        label="What points to benefits not being delivered?", widget=forms.Textarea, required=False,
        help_text="Name nobody. Counts of 1 to 5 children are not written here.",
    )  # fmt: skip
    wanted_by = HouseDateField(label="By when is a decision wanted?", required=False)


class AnswerForm(HouseForm):
    """What the board decided."""

    decision = forms.CharField(label="What did the board decide?", widget=forms.Textarea, required=False)
    decided_by = forms.CharField(label="Who said so? (optional)", max_length=120, required=False, help_text="For example, the board's chair")
    decided_on = HouseDateField(label="On which day?", required=False)


class EscalationList(RecordList):
    """What has been put to the boards, the undecided first."""

    permission = Permission.SEE_ESCALATIONS
    model = Escalation

    def records(self):
        return super().records().order_by(F("decided_on").desc(nulls_first=True), "wanted_by", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_raise=self.request.user.can(Permission.RAISE_ESCALATIONS), **kwargs)


class EscalationDetail(RecordDetail):
    """One escalation, and what came of it."""

    permission = Permission.SEE_ESCALATIONS
    model = Escalation

    def records(self):
        return super().records().select_related("raised_by", "recorded_by")

    def get_context_data(self, **kwargs):
        may = self.request.user.can(Permission.RAISE_ESCALATIONS) and self.object.decided_on is None
        benefit = Benefit.objects.visible_to(self.request.user).filter(pk=self.object.benefit_id).first()
        return super().get_context_data(may_answer=may, benefit=benefit, **kwargs)


class Escalate(Question):
    """Put something to a board."""

    permission = Permission.RAISE_ESCALATIONS
    form_class = EscalationForm
    heading, submit_label, back_label = "Put something to a board", "Put to the board", "Escalations"
    success_message = "Put to the board. It stands in its next report."

    def back(self):
        return "/escalations"

    def act(self, form):
        made = escalate(self.request.user.acting.authority, by=self.request.user, **form.cleaned_data)
        return made.get_absolute_url()


class RecordAnswer(Question):
    """Write down the board's decision."""

    permission = Permission.RAISE_ESCALATIONS
    model = Escalation
    form_class = AnswerForm
    heading, submit_label, back_label = "What the board decided", "Save the decision", "Escalation"
    success_message = "Saved."

    def act(self, form):
        record_answer(self.record, by=self.request.user, **form.cleaned_data)
