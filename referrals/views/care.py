"""Reviews, plans and learning: one page, and the questions behind it."""

from core import clock
from core.roles import Permission
from core.views.bases import Question, RecordDetail
from referrals.actions.care import add_learning, book_review, hold_review, keep_care_details
from referrals.forms.care import BookReviewForm, CareDetailsForm, HoldReviewForm, LearningForm
from referrals.models import Child, Review, Stay
from referrals.models.child_page import details_of, pathway_of, review_due, statutory_days
from referrals.rules import care
from referrals.views.child_head import CareRecord


class ChildReviews(CareRecord, RecordDetail):
    """Reviews to come and held, who chairs them, the plans there must be, and how learning goes."""

    def get_context_data(self, **kwargs):
        child, today = self.object, clock.today()
        reviews = list(child.reviews.order_by("-due_on")[:200])
        details = details_of(child)
        pathway = pathway_of(child, details, today)
        stays = Stay.objects.visible_to(self.request.user).filter(child=child, state="begun").exclude(review_on=None).select_related("place")
        return super().get_context_data(
            coming=sorted((r for r in reviews if r.held_on is None), key=lambda r: r.due_on),
            held=[r for r in reviews if r.held_on], details=details, due=review_due(child), today=today, pathway=pathway,
            pathway_from=pathway[2], bed_reviews=stays[:4],
            permanence=care.permanence_state(statutory_days(child), details.permanence_plan_on if details else None),
            learning=child.learning.order_by("-on", "-pk")[:50], **self.identity(child), **kwargs,
        )  # fmt: skip


class CareDeed(Question):
    """A question about a child's care, going back to reviews."""

    permission = Permission.KEEP_CARE_RECORDS
    model = Child
    back_label = "Reviews"

    def back(self):
        """The child's reviews, whether a child or one review was asked about."""
        child = self.record if isinstance(self.record, Child) else self.record.child
        return f"{child.get_absolute_url()}/reviews"


class BookReview(CareDeed):
    """A review to come."""

    form_class = BookReviewForm
    heading, submit_label, success_message = "Book a review", "Book the review", "The review is booked."

    def get_initial(self):
        details = details_of(self.record)
        stay = self.record.stays.filter(state="begun").exclude(review_on=None).order_by("review_on").first()
        if self.request.GET.get("kind") == "bed" and stay:
            return {"due_on": stay.review_on, "kind": "bed"}
        return {"due_on": review_due(self.record), "kind": "statutory", "chaired_by": details.reviewing_officer if details else ""}

    def act(self, form):
        book_review(self.record, **form.cleaned_data, by=self.request.user)


class HoldReview(CareDeed):
    """A review that was held is written up."""

    model = Review
    form_class = HoldReviewForm
    heading, submit_label, success_message = "Write up the review", "Save the review", "The review is written up."

    def records(self):
        return super().records().select_related("child")

    def why_not(self):
        return care.why_not_hold_review(held_on=clock.today(), today=clock.today(), is_held=self.record.held_on is not None)

    def act(self, form):
        hold_review(self.record, **form.cleaned_data, by=self.request.user)


class KeepCareDetails(CareDeed):
    """Since when in care, whose reviews, which plans."""

    form_class = CareDetailsForm
    heading, submit_label, success_message = "Care details", "Save the details", "The details are saved."

    def get_initial(self):
        details = details_of(self.record)
        return {name: getattr(details, name) for name in CareDetailsForm.base_fields} if details else {}

    def act(self, form):
        keep_care_details(self.record, **form.cleaned_data, by=self.request.user)


class AddLearning(CareDeed):
    """Education, training or work at the start, a review or the end."""

    form_class = LearningForm
    heading, submit_label, success_message = "Education, training or work", "Save", "Written down."

    def act(self, form):
        add_learning(self.record, **form.cleaned_data, by=self.request.user)
