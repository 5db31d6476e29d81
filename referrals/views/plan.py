"""The support plan of a child: read, written, acted on, looked at again."""

from django.http import Http404

from core import clock
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail
from referrals.actions.plan import add_plan_action, finish_plan_action, review_plan, write_plan
from referrals.forms.plan import FinishActionForm, PlanActionForm, ReviewForm, WritePlanForm
from referrals.models import Referral, Session, SupportPlan
from referrals.models.plan import Goal
from referrals.models.plan_voices import voices_of
from referrals.views.child_head import ChildRecord

SUPPORTED = ("SUPPORTED", "STEP_DOWN")


def plan_of(child, user):
    """The child's plan that is in force, or the last one; None where there is none the person may see."""
    rows = SupportPlan.objects.visible_to(user).filter(child=child).select_related("child", "referral")
    return rows.prefetch_related("actions").order_by("-started_at", "-pk").first()


def referral_in_support(child, user):
    """The referral under which the child is supported now, as far as the person sees it."""
    rows = Referral.objects.visible_to(user).filter(child=child, status__in=SUPPORTED)
    return rows.prefetch_related("tasks").order_by("-placed_on", "-pk").first()


def earlier_goal(referral) -> str:
    """The goal as the referral asked it."""
    asked = referral.task_answers.get("request", {}).get("goal", "") if referral else ""
    return asked if asked in Goal.values else ""


class SupportPlanDetail(ChildRecord, RecordDetail):
    """The plan: what is missing first, the child's words, actions by day, reviews, sessions."""

    permission = Permission.SEE_PLANS

    def get_context_data(self, **kwargs):
        child, user = self.object, self.request.user
        plan = plan_of(child, user)
        sessions = Session.objects.visible_to(user).filter(child=child).prefetch_related("attendance")
        return super().get_context_data(
            plan=plan, voices=voices_of(child, user), warnings=plan.warnings if plan else [], today=clock.today(),
            actions=sorted(plan.actions.all(), key=lambda a: (a.done_on is not None, a.due_on, a.number))[:50] if plan else [],
            reviews=plan.reviews.order_by("-held_on", "-pk")[:10] if plan else [],
            sessions=sessions.order_by("-held_on", "-pk")[:5], may_write=user.can(Permission.WRITE_PLANS),
            **self.identity(child), **kwargs,
        )  # fmt: skip


class PlanDeed(ChildRecord, ActionView):
    """A deed on a child's plan: back to the plan when it is done."""

    permission = Permission.WRITE_PLANS
    template_name = "referrals/write_ending.html"
    success_message = "Saved."
    needs_plan = True

    def load(self):
        child = super().load()
        self.plan = plan_of(child, self.request.user)
        if self.plan is None and self.needs_plan:
            raise Http404
        return child

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/plan"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"heading": self.heading, "back_url": self.get_success_url(), "back_label": "Support plan",
               **self.identity(self.record), **kwargs}
        )  # fmt: skip


class WriteSupportPlan(PlanDeed):
    """Start the plan with the goal of the referral, or change it."""

    form_class = WritePlanForm
    heading = "Write the support plan"
    needs_plan = False

    def load(self):
        child = super().load()
        self.referral = referral_in_support(child, self.request.user)
        if self.plan is not None and self.referral is not None and self.plan.referral_id != self.referral.pk:
            self.plan = None  # support under a new referral begins a plan of its own
        return child

    def get_initial(self):
        if self.plan is None:
            return {"goal": earlier_goal(self.referral)}
        return {field: getattr(self.plan, field) for field in WritePlanForm.base_fields}

    def act(self, form):
        referral = self.plan.referral if self.plan else self.referral
        write_plan(self.record, referral=referral, by=self.request.user, **form.cleaned_data)


class AddPlanAction(PlanDeed):
    """One more action."""

    form_class = PlanActionForm
    heading = "Add an action"

    def act(self, form):
        add_plan_action(self.plan, by=self.request.user, **form.cleaned_data)


class FinishPlanAction(PlanDeed):
    """An action is done."""

    form_class = FinishActionForm
    heading = "An action is done"

    def load(self):
        child = super().load()
        self.action = next((a for a in self.plan.actions.all() if a.number == self.kwargs["action"]), None)
        if self.action is None:
            raise Http404
        return child

    def get_initial(self):
        return {"done_on": clock.today()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(lead=self.action.what, **kwargs)

    def act(self, form):
        finish_plan_action(self.action, by=self.request.user, **form.cleaned_data)


class ReviewPlan(PlanDeed):
    """The plan was looked at together."""

    form_class = ReviewForm
    heading = "Record a review"

    def get_initial(self):
        return {"held_on": clock.today(), "envisaged_end_on": self.plan.envisaged_end_on}

    def act(self, form):
        review_plan(self.plan, by=self.request.user, **form.cleaned_data)
