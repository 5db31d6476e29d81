"""Sessions with those who care for a child, and what each home needs."""

from django.db import transaction
from django.shortcuts import get_object_or_404

from core import clock
from core.reading import record_read
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail, RecordList
from referrals.actions.sessions import assess_home, record_session
from referrals.forms.sessions import AssessHomeForm, SessionForm
from referrals.models import Child, HomeAssessment, Place, Session
from referrals.models.sessions import READS_HOMES
from referrals.views.child_head import head_of
from referrals.views.plan import PlanDeed, referral_in_support


class SessionList(RecordList):
    """Every session for one child's sake, the newest first, with who came."""

    permission = Permission.SEE_PLANS
    model = Session

    def records(self):
        rows = Child.objects.visible_to(self.request.user).select_related("care")
        self.child = get_object_or_404(rows, reference=self.kwargs["reference"])
        record_read(self.child, by=self.request.user)
        rows = super().records().filter(child=self.child).prefetch_related("attendance")
        return rows.order_by("-held_on", "-pk")

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_write=self.request.user.can(Permission.WRITE_PLANS), **head_of(self.child, self.request), **kwargs
        )


class RecordSession(PlanDeed):
    """One more session."""

    form_class = SessionForm
    heading = "Record a session"
    needs_plan = False

    def get_initial(self):
        return {"held_on": clock.today()}

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/sessions"

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_label="Sessions", **kwargs)

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        record_session(self.record, referral=referral_in_support(self.record, user), by=user, **said)


class HomeOfPlace:
    """The home that a bed or room is in, for those who read what homes need."""

    permission = Permission.SEE_PLANS
    model = Place

    def records(self):
        user = self.request.user
        if user.acting is None or user.acting.role not in READS_HOMES:
            return super().records().none()
        return super().records().filter(home__isnull=False).select_related("home__provision")


class HomeAssessmentDetail(HomeOfPlace, RecordDetail):
    """What one home needs as it was last written, and when it was written before."""

    def get_context_data(self, **kwargs):
        home, user = self.object.home, self.request.user
        rows = HomeAssessment.objects.visible_to(user).filter(home=home).select_related("written_by")
        rows = list(rows.order_by("-written_at", "-pk")[:10])
        return super().get_context_data(
            home=home, assessment=rows[0] if rows else None, earlier=rows[1:], today=clock.today(),
            may_write=user.can(Permission.WRITE_PLANS), **kwargs,
        )  # fmt: skip


class AssessHome(HomeOfPlace, ActionView):
    """Write what one home needs, beginning from what was written last."""

    permission = Permission.WRITE_PLANS
    form_class = AssessHomeForm
    template_name = "referrals/write_ending.html"
    success_message = "Saved. What was written before is kept."

    def get_initial(self):
        last = self.record.home.assessments.order_by("-written_at", "-pk").first()
        return {field: getattr(last, field) for field in AssessHomeForm.base_fields if field != "review_on"} if last else {}

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/home"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"What {self.record.home} needs", back_url=self.get_success_url(), back_label=self.record.home.name, **kwargs
        )

    def act(self, form):
        assess_home(self.record.home, by=self.request.user, **form.cleaned_data)
