"""Disputes under clause 59, a panel's lists of reasons, and the chair's acts between meetings."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission
from core.rules import refuse_if
from core.views.bases import ActionView, Question, RecordList
from panels.actions.act import act_between_meetings, send_papers_for_act
from panels.actions.dispute import raise_dispute, take_dispute_step
from panels.actions.reasons import add_reason, retire_reason
from panels.choices import ItemKind, Outcome, PanelKind
from panels.forms.decisions import DisputeForm, ReasonForm, StepForm
from panels.forms.live import ActForm
from panels.models import AgendaItem, DecisionReason, Dispute, Panel
from panels.models.live_page import proposed
from panels.models.room import holds_the_chair, may_chair
from panels.views.live_deeds import plain
from panels.views.meeting import ForTheChair
from referrals.models import Referral

RECORDS = {"PA", "CH", "HOS"}


class DisputeList(RecordList):
    """Disputes that meetings did not settle: the open first, those that are late marked."""

    permission = Permission.SEE_DISPUTES
    model = Dispute

    def records(self):
        return super().records().select_related("panel").order_by("-raised_on", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        groups = [("Open", [d for d in rows if d.is_open]), ("Over", [d for d in rows if not d.is_open])]
        return {**context, "groups": groups, "records": self.request.user.acting.role in RECORDS}


class RaiseDispute(Question):
    """Record a dispute that the steering group did not settle in its meeting."""

    permission = Permission.READ_PAPERS
    form_class = DisputeForm
    heading, submit_label, back_label = "Record a dispute", "Record the dispute", "Disputes"
    lead = "What the group did not settle in its meeting goes to clause 59 of the service contract."

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and getattr(request.user.acting, "role", "") not in RECORDS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def back(self):
        return "/steering/disputes"

    def get_initial(self):
        return {"stage": "referred", "on": clock.today()}

    def act(self, form):
        group = Panel.objects.visible_to(self.request.user).filter(kind=PanelKind.STEERING).order_by("pk").first()
        refuse_if([] if group else ["You sit on no steering group."])
        return raise_dispute(group, by=self.request.user, **form.cleaned_data).get_absolute_url()


class DisputeDetail(ActionView):
    """One dispute: where it is, by when it is answered, each step so far, and the next."""

    permission = Permission.SEE_DISPUTES
    model = Dispute
    form_class = StepForm
    success_message = "Recorded."

    def records(self):
        return super().records().select_related("panel")

    def get_initial(self):
        return {"stage": self.record.stage, "on": clock.today()}

    def get_context_data(self, **kwargs):
        steps = self.record.steps.select_related("recorded_by").order_by("on", "pk")
        return super().get_context_data(
            dispute=self.record, steps=steps, records=self.request.user.acting.role in RECORDS, **kwargs
        )

    def act(self, form):
        may = self.request.user.acting.role in RECORDS
        refuse_if([] if may else ["Only the administrator, the chair or the head of service records a step."])
        take_dispute_step(self.record, by=self.request.user, **form.cleaned_data)


class PanelReasons(ActionView):
    """A panel's lists of reasons: those in use by decision, one more, and those retired."""

    permission = Permission.RUN_MEETINGS
    model = Panel
    slug_field = slug_url_kwarg = "slug"
    form_class = ReasonForm
    success_message = "Saved."

    def rows(self):
        """This panel's reasons."""
        return DecisionReason.objects.visible_to(self.request.user).filter(panel=self.record)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "reasons": self.rows().in_use().order_by("outcome", "words")}

    def get_success_url(self):
        return self.request.path

    def post(self, request, *args, **kwargs):
        deed, _, key = request.POST.get("deed", "").partition(" ")
        if deed != "retire":
            return super().post(request, *args, **kwargs)
        self.retired = get_object_or_404(self.rows().in_use(), reference=plain(key))
        return self.form_valid(self.get_form())

    def get_context_data(self, **kwargs):
        rows = list(self.rows().select_related("retired_by").order_by("outcome", "words", "version")[:300])
        lists = [(label, [r for r in rows if r.outcome == value and not r.retired_at]) for value, label in Outcome.choices]
        return super().get_context_data(
            panel=self.record, lists=[pair for pair in lists if pair[1]], retired=[r for r in rows if r.retired_at], **kwargs
        )

    def act(self, form):
        if hasattr(self, "retired"):
            retire_reason(self.retired, by=self.request.user)
            return
        add_reason(self.record, by=self.request.user, **form.cleaned_data)


class BetweenMeetings(ActionView):
    """What the chair may act on before the panel next meets: referrals that are ready, and papers that are out."""

    permission = Permission.READ_PAPERS
    model = Panel
    slug_field = slug_url_kwarg = "slug"
    success_message = "The paper has gone to every member who is not out of it."

    def load(self):
        panel = super().load()
        self.next = panel.meetings.to_come().filter(starts_at__gt=clock.now()).soonest_first().first()
        user = self.request.user
        chairs = may_chair(self.next, user) if self.next else holds_the_chair(panel, user)
        if not (user.can(Permission.RUN_MEETINGS) or chairs):
            raise Http404
        return panel

    def get_success_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        ready = Referral.objects.visible_to(self.request.user).filter(status="READY").select_related("child", "authority")
        acts = AgendaItem.objects.visible_to(self.request.user).standing().filter(meeting__panel=self.record, kind=ItemKind.ACT)
        return super().get_context_data(
            panel=self.record, next=self.next, ready=ready.prefetch_related("tasks").order_by("status_since")[:50],
            acts=acts.select_related("meeting__panel", "referral", "decision").order_by("-meeting__starts_at", "number")[:50],
            chairs=self.request.user.acting.role != "PA", **kwargs,
        )  # fmt: skip

    def act(self, form):
        ready = Referral.objects.visible_to(self.request.user)
        referral = get_object_or_404(ready, reference=plain(self.request.POST.get("referral", "")))
        send_papers_for_act(referral, self.record, by=self.request.user)


class ActBetweenMeetings(ForTheChair, ActionView):
    """The chair's own form: what they decide on one paper before the panel meets."""

    form_class = ActForm
    success_message = "Recorded, and released. The next meeting ratifies, varies or ends it first."

    def load(self):
        meeting = super().load()
        rows = AgendaItem.objects.visible_to(self.request.user).standing()
        rows = rows.filter(meeting=meeting, kind=ItemKind.ACT, number=self.kwargs["number"])
        self.item = get_object_or_404(rows.select_related("referral__child", "referral__authority", "paper"))
        return meeting

    def get_initial(self):
        return proposed(self.item, self.record.terms)

    def get_form(self, form_class=None):
        """Outreach follows a bed alone."""
        form = super().get_form(form_class)
        if self.item.referral.wants != "hub":
            del form.fields["outreach_weeks"]
        return form

    def get_context_data(self, **kwargs):
        back = f"{self.record.panel.get_absolute_url()}/between-meetings"
        return super().get_context_data(
            heading=f"Act on {self.item.referral.reference} before the panel meets", item=self.item, meeting=self.record, back=back, **kwargs
        )

    def act(self, form):
        return act_between_meetings(self.item, by=self.request.user, **form.cleaned_data).get_absolute_url()
