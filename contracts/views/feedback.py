"""Feedback: a round opened, answers added, closed with what changes, and an evaluation used in a plan."""

from contracts.actions.feedback import add_answers, close_round, open_round, use_evaluation
from contracts.forms.feedback import AnswerForm, CloseRoundForm, OpenRoundForm, UseEvaluationForm
from contracts.models import FeedbackAnswer, FeedbackRound
from contracts.models.feedback import Asked
from contracts.views.register import RegisterQuestion
from core import clock
from core.roles import Permission
from core.views.bases import Question


class OpenRound(RegisterQuestion):
    """Ask carers or young people how the service is."""

    form_class = OpenRoundForm
    back_label = "Feedback"
    heading, submit_label = "Open a round of feedback", "Open it"
    lead = "Carers and young people are asked every six months at least, with the same questions each time."

    def back(self):
        return "/feedback"

    def act(self, form):
        return open_round(self.record, by=self.request.user, **form.cleaned_data).get_absolute_url()


class RoundQuestion(Question):
    """A deed on one round."""

    model = FeedbackRound
    back_label = "Feedback"
    success_message = "Saved."

    def records(self):
        return super().records().select_related("contract__authority")

    def get_context_data(self, **kwargs):
        self.lead = f"{self.record}: {self.record.contract}"
        return super().get_context_data(**kwargs)


class AddAnswer(RoundQuestion):
    """Add what one person said."""

    permission = Permission.ADD_FEEDBACK
    form_class = AnswerForm
    heading, submit_label = "Add an answer", "Add it"
    success_message = "Added."

    def get_form_kwargs(self):
        asks_children = self.record.asked == Asked.YOUNG_PEOPLE
        return {**super().get_form_kwargs(), "person": self.request.user, "asks_children": asks_children}

    def get_initial(self):
        return {"given_on": clock.today()}

    def act(self, form):
        add_answers(self.record, [form.cleaned_data], by=self.request.user)


class CloseRound(RoundQuestion):
    """Close a round with what changes."""

    permission = Permission.KEEP_ASSURANCE
    form_class = CloseRoundForm
    heading, submit_label = "What came of it", "Close the round"
    success_message = "Closed. The next is due in six months."

    def act(self, form):
        close_round(self.record, by=self.request.user, **form.cleaned_data)


class UseEvaluation(Question):
    """What a young person said goes into their plan."""

    permission = Permission.ADD_FEEDBACK
    model = FeedbackAnswer
    form_class = UseEvaluationForm
    heading, submit_label, back_label = "Use it in their plan", "Save", "Support plan"
    template_name = "contracts/use_evaluation.html"
    success_message = "Saved."

    def records(self):
        rows = super().records().select_related("round__contract__authority", "child")
        return rows.exclude(child=None).exclude(impact="")

    def back(self):
        return f"{self.record.child.get_absolute_url()}/plan"

    def act(self, form):
        use_evaluation(self.record, by=self.request.user, **form.cleaned_data)
