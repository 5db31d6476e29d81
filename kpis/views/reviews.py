"""Reviews of one contract's performance: the tab, calling them, how often, and what each found."""

from django.http import Http404

from contracts.views.head import ContractRecord
from core import clock
from core.models import User
from core.roles import Permission, Role
from core.views.bases import Question, RecordDetail
from kpis.actions.reviews import (
    begin_reviews,
    call_reviews,
    call_urgent_review,
    record_findings,
    settle_rhythm,
)
from kpis.forms.reviews import (
    BeginReviewsForm,
    CallReviewsForm,
    FindingsForm,
    RhythmForm,
    UrgentReviewForm,
)
from kpis.models import Assessment, ContractReview, ReviewPlan
from kpis.models.review_rhythm import callers_of, lots_of, usual_of
from kpis.papers.review_terms import topics
from panels.models import Meeting

MOST = 24


class ContractReviews(ContractRecord, RecordDetail):
    """The tab: what is due when, reviews to come and held, what is considered, and assessments."""

    template_name = "kpis/contract_reviews.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        plan = ReviewPlan.objects.visible_to(user).filter(contract=contract).select_related("panel", "contract").first()
        reviews = self._reviews(plan) if plan else []
        opens = self._opens(reviews) if user.can(Permission.SEE_MEETINGS) else set()
        for review in reviews:
            review.opens = review.meeting_id in opens
        assessments = Assessment.objects.visible_to(user).filter(contract=contract).select_related("contract")
        return super().get_context_data(
            plan=plan, lots=lots_of(plan) if plan else [], topics=topics(),
            proposed=plan.proposals.open().prefetch_related("lots").first() if plan else None,
            callers=callers_of(plan) if plan else [],
            coming=[r for r in reviews if r.is_to_come][::-1], held=[r for r in reviews if not r.is_to_come],
            assessments=assessments.order_by("-begun_on", "-pk")[:MOST], may_change=user.can(Permission.CHANGE_CONTRACTS),
            may_call=user.can(Permission.CALL_REVIEWS), **self.identity(contract), **kwargs,
        )  # fmt: skip

    def _reviews(self, plan):
        """The newest reviews, each with its lots and findings, and whether it is still to come."""
        rows = plan.reviews.select_related("meeting__panel", "plan__contract").prefetch_related("lots", "findings__lot")
        rows = list(rows.order_by("-meeting__starts_at", "-pk")[:MOST])
        for review in rows:
            review.is_to_come = review.meeting.started_at is None and review.meeting.status not in {"cancelled", "not held"}
        return rows

    def _opens(self, reviews) -> set[int]:
        """Those meetings whose pages this person may open."""
        keys = [review.meeting_id for review in reviews]
        return set(Meeting.objects.visible_to(self.request.user).filter(pk__in=keys).values_list("pk", flat=True))


class OfContract(ContractRecord, Question):
    """A deed on one contract's reviews, asked on a page of its own."""

    permission = Permission.CHANGE_CONTRACTS
    back_label = "Reviews"

    def back(self):
        return f"{self.record.get_absolute_url()}/reviews"


class BeginReviews(OfContract):
    """Have a panel review the contract: who takes the chair, who sits for the provider."""

    form_class = BeginReviewsForm
    heading, submit_label = "Begin reviews of this contract", "Begin reviews"
    lead = "A panel of its own holds them, with terms from the specification. You sit on it as the commissioner."
    success_message = "Reviews have begun. Call the first one."

    def get_form_kwargs(self):
        chairs = User.objects.holding(Role.CHAIR, Role.HEAD_OF_SERVICE, authority=self.record.authority_id)
        providers = User.objects.holding(Role.PROVIDER_MANAGER).filter(organisation=self.record.provider_id)
        return {**super().get_form_kwargs(), "chairs": chairs.order_by("full_name"), "providers": providers.order_by("full_name")}

    def act(self, form):
        begin_reviews(self.record, by=self.request.user, **form.cleaned_data)


class OfReviews(OfContract):
    """The same, where reviews have begun."""

    def load(self):
        contract = super().load()
        plans = ReviewPlan.objects.visible_to(self.request.user).select_related("contract", "panel")
        self.plan = plans.filter(contract=contract).first()
        if self.plan is None:
            raise Http404
        return contract


class CallReviews(OfReviews):
    """Call the next reviews; the day proposed is the soonest on which one is due."""

    form_class = CallReviewsForm
    heading, submit_label = "Call reviews", "Call and serve notice"
    success_message = "Called. Notice is on its way to everybody who sits on the panel."

    def get_initial(self):
        proposed = self.plan.proposals.open().first()
        if proposed is not None:
            return {"on": proposed.on, "at": f"{proposed.at:%H:%M}", "venue": proposed.venue}
        dues, (at, venue) = [row.next_on for row in lots_of(self.plan)], usual_of(self.plan)
        return {"on": max(min(dues), clock.today()), "at": f"{at:%H:%M}", "venue": venue} if dues else {}

    def act(self, form):
        said = form.cleaned_data
        call_reviews(self.plan, first_on=said["on"], at=said["at"], venue=said["venue"], count=said["count"], by=self.request.user)


class CallUrgentReview(OfReviews):
    """Either side calls a review that cannot wait."""

    permission = Permission.CALL_REVIEWS
    form_class = UrgentReviewForm
    heading, submit_label = "Call an urgent review", "Call and serve notice"
    lead = "For a matter grave and urgent enough that waiting for the next review is not right. Notice is reasonable."
    success_message = "Called. Notice, with the reason, is on its way to everybody who sits on the panel."

    def act(self, form):
        said = form.cleaned_data
        call_urgent_review(
            self.plan, starts_at=clock.moment(said["on"], said["at"]), venue=said["venue"], reason=said["reason"], by=self.request.user
        )


class SettleRhythm(OfReviews):
    """Settle how often one part is reviewed."""

    form_class = RhythmForm
    heading, submit_label = "How often is a part reviewed?", "Settle it"
    lead = "Monthly in the first year. After it every three months, while the last review found performance satisfactory."
    success_message = "Settled."

    def get_form_kwargs(self):
        self.lots = {str(lot.pk): lot for lot in self.record.lots.order_by("pk")}
        return {**super().get_form_kwargs(), "lots": [(key, lot.name) for key, lot in self.lots.items()]}

    def act(self, form):
        said = form.cleaned_data
        settle_rhythm(
            self.plan, lot=self.lots[said["lot"]], months=said["months"], from_on=said["from_on"], because=said["because"],
            by=self.request.user,
        )  # fmt: skip


class RecordFindings(Question):
    """One review: its agenda's topics, and what was found of each part."""

    permission = Permission.CHANGE_CONTRACTS
    model = ContractReview
    slug_field = "meeting__reference"
    form_class = FindingsForm
    heading, submit_label, back_label = "What the review found", "Save what was found", "Reviews"
    success_message = "Saved."

    def records(self):
        rows = super().records().filter(plan__contract__slug=self.kwargs["slug"])
        return rows.select_related("plan__contract", "meeting__panel")

    def back(self):
        return self.record.plan.get_absolute_url()

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "lots": list(self.record.lots.order_by("pk"))}

    def get_initial(self):
        found = {}
        for row in self.record.findings.order_by("pk")[:MOST]:
            found[f"lot_{row.lot_id}_is"] = "yes" if row.is_satisfactory else "no"
            found[f"lot_{row.lot_id}_words"] = row.words
        return found

    def get_context_data(self, **kwargs):
        self.lead = str(self.record)
        return super().get_context_data(**kwargs)

    def why_not(self):
        return [] if self.record.meeting.started_at else ["This review has not been held."]

    def act(self, form):
        record_findings(self.record, said=form.said(), by=self.request.user)
