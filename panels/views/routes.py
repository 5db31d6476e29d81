"""Health's decision on a referral, and a young person put to the high risk panel."""

from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission
from core.templatetags.ui import weekday
from core.views.bases import Question
from panels.actions.routes import ask_high_risk_panel, put_to_high_risk, record_health_decision
from panels.choices import PanelKind
from panels.forms.routes import HealthDecisionForm, HighRiskForm, PutToHighRiskForm
from panels.models import HighRiskRequest, Meeting
from referrals.models import Child, Referral

MOST = 12


class RecordHealthDecision(Question):
    """Write down what health decided of continuing care."""

    permission = Permission.RUN_MEETINGS
    model = Referral
    form_class = HealthDecisionForm
    heading, submit_label, back_label = "Health’s decision on continuing care", "Save health’s decision", "Panel"
    lead = "It is health’s own, and kept apart from what a panel decided."
    success_message = "Saved."

    def back(self):
        return f"{self.record.get_absolute_url()}/panel"

    def act(self, form):
        record_health_decision(self.record, by=self.request.user, **form.cleaned_data)


class AskHighRisk(Question):
    """Put a young person to the panel for the most vulnerable care leavers, and see where that has got to."""

    permission = Permission.START_REFERRALS
    model = Child
    form_class = HighRiskForm
    template_name = "panels/high_risk.html"
    heading, submit_label, back_label = "Multi-agency high risk panel", "Ask the panel", "Moving on"
    lead = "For the most vulnerable care leavers, from 16 until 25."
    success_message = "Asked. The panel administrator finds it a meeting."

    def back(self):
        return f"{self.record.get_absolute_url()}/moving-on"

    def get_context_data(self, **kwargs):
        rows = HighRiskRequest.objects.visible_to(self.request.user).filter(child=self.record)
        asked = rows.select_related("asked_by", "item__meeting__panel").order_by("-asked_at", "-pk")[:MOST]
        return super().get_context_data(asked=asked, **kwargs)

    def act(self, form):
        ask_high_risk_panel(self.record, why=form.cleaned_data["why"], by=self.request.user)


class PutToHighRisk(Question):
    """Find what the high risk panel was asked a meeting."""

    permission = Permission.RUN_MEETINGS
    model = HighRiskRequest
    form_class = PutToHighRiskForm
    template_name = "panels/put_to_high_risk.html"
    submit_label, back_label = "Put it on the agenda", "To do"
    success_message = "It is on the agenda."

    def records(self):
        return super().records().select_related("child", "asked_by")

    def back(self):
        return "/"

    @property
    def meetings(self):
        """The coming meetings of the panel, soonest first."""
        rows = Meeting.objects.visible_to(self.request.user).to_come().filter(
            panel__kind=PanelKind.HIGH_RISK, panel__authority=self.record.child.authority_id, starts_at__gte=clock.now()
        )
        return list(rows.select_related("panel").soonest_first()[:MOST])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meetings": [(m.reference, f"{m.panel}, {weekday(m.on)}") for m in self.meetings]}

    def get_context_data(self, **kwargs):
        self.heading = f"A meeting for {self.record.child.reference}"
        return super().get_context_data(meetings=self.meetings, **kwargs)

    def act(self, form):
        chosen = get_object_or_404(Meeting.objects.visible_to(self.request.user), reference=form.cleaned_data["meeting"])
        put_to_high_risk(self.record, chosen, by=self.request.user)
        return f"{chosen.get_absolute_url()}/agenda"
