"""Records due for disposal, disposals and their certificates, and legal holds."""

from django.urls import reverse

from core import clock
from core.models import Team
from core.roles import Permission
from core.step_up import A_DEED
from core.views.bases import ActionView, Page, Question, RecordList
from kpis.actions.disposal import answer_disposal, propose_disposal
from kpis.forms.records import AnswerForm, BecauseForm, HoldForm, NoteForm, YesNoForm
from kpis.models import Disposal
from kpis.models.disposal import DisposalState
from referrals.actions.hold import answer_hold, ask_for_hold, ask_to_lift, lift_hold
from referrals.models import Child, Hold, Provision
from referrals.models.hold import HoldState
from referrals.models.kept_until import come_due, due_of, schedule_of, with_evidence
from referrals.rules.retention import why_not_dispose

P = Permission
RECORDS = "Records due for disposal"


def shows(child, user) -> bool:
    """Whether a record's reference is said: a restricted one's only to information governance."""
    return child is not None and (not child.is_restricted or user.can(P.PROPOSE_DISPOSAL))


class RecordsDue(Page):
    """Records whose day has come, by reference: by which rule, on what evidence, and what stands in the way."""

    permission = P.SEE_RETENTION
    template_name = "kpis/records_due.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        due = come_due(user.acting.authority_id)
        waiting = {row.child_id: row for row in Disposal.objects.visible_to(user).waiting().filter(child__in=[one.child.pk for one in due])}
        rows = [{"due": one, "proposal": waiting.get(one.child.pk), "shows": shows(one.child, user)} for one in due]
        return super().get_context_data(
            rows=rows, schedule=schedule_of(user.acting.authority_id), may_propose=user.can(P.PROPOSE_DISPOSAL),
            holds=Hold.objects.visible_to(user).keeping().count(), **kwargs,
        )  # fmt: skip


class ProposeDisposal(Question):
    """Propose that one record is disposed of."""

    permission = P.PROPOSE_DISPOSAL
    model = Child
    form_class = NoteForm
    template_name = "kpis/propose_disposal.html"
    submit_label, back_label = "Propose its disposal", RECORDS
    success_message = "Proposed. A head of service answers it, and until then nothing goes."

    def records(self):
        user = self.request.user
        rows = Child.objects.log_open_to(user) if user.can(P.PROPOSE_DISPOSAL) else Child.objects.visible_to(user)
        return with_evidence(rows)

    def back(self):
        return reverse("kpis:records")

    @property
    def heading(self):
        """Which record, by reference."""
        return f"Dispose of record {self.record.reference}"

    @property
    def due(self):
        """Until when it is kept, and by which rule."""
        return due_of(self.record, schedule_of(self.record.authority_id))

    def why_not(self):
        found = self.due
        return why_not_dispose(found.kept, today=clock.today(), is_open=found.is_open, is_held=found.is_held)

    def get_context_data(self, **kwargs):
        return super().get_context_data(due=self.due, **kwargs)

    def act(self, form):
        return propose_disposal(self.record, note=form.cleaned_data["note"], by=self.request.user).get_absolute_url()


class DisposalList(RecordList):
    """Disposals, the newest first: those that wait, refused ones, and certificates."""

    permission = P.SEE_RETENTION
    model = Disposal
    template_name = "kpis/disposals.html"

    def records(self):
        return super().records().select_related("proposed_by", "answered_by").order_by("-proposed_at", "-pk")


class DisposalPage(ActionView):
    """One disposal: the proposal with a second person's answer, or the certificate that is left."""

    permission = P.SEE_RETENTION
    asks_again = A_DEED
    model = Disposal
    form_class = AnswerForm
    template_name = "kpis/disposal.html"
    success_message = "Answered."

    def records(self):
        return super().records().select_related("proposed_by", "answered_by", "child", "authority")

    def get_context_data(self, **kwargs):
        user, disposal = self.request.user, self.record
        answers = disposal.state == DisposalState.PROPOSED and user.can(P.AGREE_DISPOSAL) and disposal.proposed_by_id != user.pk
        return super().get_context_data(disposal=disposal, answers=answers, shows=shows(disposal.child, user), **kwargs)

    def act(self, form):
        said = form.cleaned_data
        answer_disposal(self.record, agrees=said["agrees"] == "yes", because=said["because"], by=self.request.user)


class HoldList(RecordList):
    """Legal holds, those that keep something first."""

    permission = P.SEE_RETENTION
    model = Hold
    template_name = "kpis/holds.html"

    def records(self):
        return super().records().select_related("child", "team", "provision", "asked_by", "answered_by").order_by("lifted_at", "-asked_at", "-pk")

    def get_context_data(self, **kwargs):
        user = self.request.user
        found = super().get_context_data(may_ask=user.can(P.PROPOSE_DISPOSAL), **kwargs)
        for hold in found["object_list"]:
            hold.shows = hold.child is None or shows(hold.child, user)
        return found


class AskHold(Question):
    """Ask for a hold; it keeps what it names from now on."""

    permission = P.PROPOSE_DISPOSAL
    asks_again = A_DEED
    form_class = HoldForm
    heading, submit_label, back_label = "Place a legal hold", "Ask for this hold", "Legal holds"
    lead = "Nothing it reaches is disposed of from now on, whatever its date. A head of service agrees to it or turns it down."
    success_message = "Asked for. It keeps everything it reaches from now on."

    def back(self):
        return reverse("kpis:holds")

    def get_form_kwargs(self):
        user = self.request.user
        authority = user.acting.authority_id
        return {
            **super().get_form_kwargs(), "user": user, "teams": Team.objects.filter(organisation__authority=authority).order_by("name")[:200],
            "services": Provision.objects.filter(authority=authority).order_by("name")[:200],
        }  # fmt: skip

    def act(self, form):
        return ask_for_hold(because=form.cleaned_data["because"], by=self.request.user, **form.chosen).get_absolute_url()


class HoldPage(ActionView):
    """One hold: what it keeps and why, and the next step of whoever may take it."""

    permission = P.SEE_RETENTION
    asks_again = A_DEED
    model = Hold
    template_name = "kpis/hold.html"
    success_message = "Written down."

    def records(self):
        return super().records().select_related("child", "team", "provision", "asked_by", "answered_by", "lift_asked_by", "lifted_by")

    @property
    def step(self) -> str:
        """What this person may do to it now."""
        user, hold = self.request.user, self.record
        if hold.state == HoldState.STANDS and user.can(P.PROPOSE_DISPOSAL):
            return "ask to lift"
        asker = {HoldState.ASKED: hold.asked_by_id, HoldState.LIFTING: hold.lift_asked_by_id}.get(hold.state, user.pk)
        if asker == user.pk or not user.can(P.AGREE_DISPOSAL):
            return ""
        return "answer" if hold.state == HoldState.ASKED else "lift"

    def get_form_class(self):
        return BecauseForm if self.step == "ask to lift" or "because" in self.request.POST else YesNoForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(hold=self.record, step=self.step, shows=self.record.child is None or shows(self.record.child, self.request.user), **kwargs)

    def act(self, form):
        said, hold, user = form.cleaned_data, self.record, self.request.user
        if "because" in said:
            ask_to_lift(hold, because=said["because"], by=user)
        else:
            (lift_hold if hold.state == HoldState.LIFTING else answer_hold)(hold, agrees=said["agrees"] == "yes", by=user)
