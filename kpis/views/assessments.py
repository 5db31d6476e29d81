"""Root-and-branch assessments of a contract's service, and the visits made for them."""

from core.roles import Permission
from core.views.bases import Question, RecordDetail
from kpis.actions.assessment import begin_assessment, end_assessment, record_visit
from kpis.choices import SpokenWith
from kpis.forms.reviews import BeginAssessmentForm, EndAssessmentForm, VisitForm
from kpis.models import Assessment
from kpis.models.assessment import PROVIDERS
from kpis.views.reviews import OfContract

MOST = 60


class BeginAssessment(OfContract):
    """Have the whole quality of the service assessed; it may be at any time."""

    form_class = BeginAssessmentForm
    heading, submit_label = "Begin a root-and-branch assessment", "Begin the assessment"
    lead = "It looks at the whole quality of the service, with visits on which staff, children and others are spoken with."
    success_message = "Begun. Write down each visit as it is made."

    def act(self, form):
        return begin_assessment(self.record, why=form.cleaned_data["why"], by=self.request.user).get_absolute_url()


class OfOne:
    """One assessment, found under its contract."""

    model = Assessment

    def records(self):
        rows = super().records().filter(contract__slug=self.kwargs["slug"])
        return rows.select_related("contract", "begun_by", "ended_by")


class AssessmentDetail(OfOne, RecordDetail):
    """One assessment: why, the visits, and what it found; a provider reads no notes of visits."""

    permission = Permission.SEE_CONTRACTS

    def get_context_data(self, **kwargs):
        user, words = self.request.user, dict(SpokenWith.choices)
        visits = list(self.object.visits.select_related("recorded_by").order_by("visited_on", "pk")[:MOST])
        for visit in visits:
            visit.with_whom = ", ".join(words.get(who, who).lower() for who in visit.spoken_with)
        return super().get_context_data(
            visits=visits, reads_notes=user.acting.role not in PROVIDERS,
            may_write=user.can(Permission.CHANGE_CONTRACTS) and self.object.ended_on is None, **kwargs,
        )  # fmt: skip


class OnAssessment(OfOne, Question):
    """A deed on one assessment."""

    permission = Permission.CHANGE_CONTRACTS
    back_label = "Assessment"


class RecordVisit(OnAssessment):
    """Write down a visit."""

    form_class = VisitForm
    heading, submit_label = "Write down a visit", "Save the visit"
    success_message = "Saved."

    def act(self, form):
        record_visit(self.record, by=self.request.user, **form.cleaned_data)


class EndAssessment(OnAssessment):
    """End it with what was found."""

    form_class = EndAssessmentForm
    heading, submit_label = "End the assessment", "End the assessment"
    success_message = "Ended. The provider reads what was found from now on."

    def act(self, form):
        end_assessment(self.record, finding=form.cleaned_data["finding"], by=self.request.user)
