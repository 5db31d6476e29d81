"""Missing from home: every episode, one episode, and what is written down about it."""

from core import clock
from core.dated import numbers
from core.roles import Permission
from core.views.bases import Question, RecordDetail
from referrals.actions.missing import (
    record_interview,
    record_return,
    report_missing,
    review_missing,
)
from referrals.forms.care import InterviewForm, ReportMissingForm, ReturnForm, ReviewMissingForm
from referrals.models import Child, MissingEpisode, Stay
from referrals.models.child_page import began_days, often_of
from referrals.rules import missing as rules
from referrals.rules.readings import INTERVIEW
from referrals.views.child_head import CareRecord


class ChildMissing(CareRecord, RecordDetail):
    """The child's episodes, newest first, and whether there have been many."""

    def get_context_data(self, **kwargs):
        child = self.object
        episodes = list(child.missing_episodes.prefetch_related("reviews").order_by("-from_at")[:200])
        days = began_days(child)
        ended = [
            rules.Ended(e.interview_offered_at is not None, e.interview_accepted is True, e.until_at, e.interview_done_at, e.interview_hours)
            for e in episodes if e.until_at
        ]  # fmt: skip
        return super().get_context_data(
            episodes=episodes, often=often_of(child, days), shares=rules.interview_shares(ended), **self.identity(child), **kwargs,
        )  # fmt: skip


class Missing(RecordDetail):
    """One episode: since when, who reviews it and when, what holds the bed, and the return interview."""

    permission = Permission.SEE_CHILDREN
    model = MissingEpisode
    template_name = "referrals/child_missing_episode.html"

    def records(self):
        return super().records().select_related("child", "reported_by").prefetch_related("reviews__by")

    def get_context_data(self, **kwargs):
        episode = self.object
        stays = Stay.objects.visible_to(self.request.user).filter(child=episode.child, state="begun").select_related("place")
        return super().get_context_data(
            episode=episode, stays=stays[:4], may_record=self.request.user.can(Permission.RECORD_JOURNEYS),
            reviews=sorted(episode.reviews.all(), key=lambda review: review.at, reverse=True), **kwargs,
        )  # fmt: skip


class ReportMissing(Question):
    """A child is missing, or away without agreement."""

    permission = Permission.RECORD_JOURNEYS
    model = Child
    form_class = ReportMissingForm
    success_message = "Recorded. The place is held, and the first review is due after 24 hours."
    heading, submit_label, back_label = "Record that a child is missing or away", "Record it", "Missing from home"
    lead = "Tell the police and the people your procedure names first. This is the record, not the call."

    def back(self):
        """The child's episodes."""
        return f"{self.record.get_absolute_url()}/missing"

    def act(self, form):
        typed = form.cleaned_data
        episode = report_missing(
            self.record, kind=typed["kind"], from_at=clock.moment(typed["from_on"], typed["from_time"]),
            circumstances=typed["circumstances"], police_reference=typed["police_reference"], by=self.request.user,
        )  # fmt: skip
        return episode.get_absolute_url()


class EpisodeDeed(Question):
    """A deed to one episode, going back to it."""

    permission = Permission.RECORD_JOURNEYS
    model = MissingEpisode
    back_label = "The episode"

    def records(self):
        return super().records().select_related("child")


class ReviewMissing(EpisodeDeed):
    """The review at 24 hours, or that of the day."""

    form_class = ReviewMissingForm
    heading, submit_label = "Review while the child is away", "Save the review"
    lead = "At 24 hours, then every 24 hours until the child is back."
    success_message = "The review is written down."

    def act(self, form):
        review_missing(self.record, words=form.cleaned_data["words"], by=self.request.user)


class RecordReturn(EpisodeDeed):
    """The child is back."""

    form_class = ReturnForm
    heading, submit_label = "Record the return", "Record the return"
    success_message = "The return is recorded."

    @property
    def lead(self):
        """By when the interview is due, as it is in force."""
        return f"A return interview is due within {numbers(INTERVIEW, authority=self.record.child.authority_id)[INTERVIEW].words} of it."

    def act(self, form):
        typed = form.cleaned_data
        record_return(
            self.record, until_at=clock.moment(typed["on"], typed["time"]), is_offered=typed["is_offered"], by=self.request.user
        )


class RecordInterview(EpisodeDeed):
    """The return interview: offered, taken up, done."""

    form_class = InterviewForm
    heading, submit_label = "Record the return interview", "Save the interview"
    lead = "Saving says that it was offered. The person who does it does not work in the home."
    success_message = "The interview is written down."

    def act(self, form):
        typed = form.cleaned_data
        record_interview(
            self.record, accepted=typed["accepted"], done_at=form.done_at(), because=typed["because"], by=self.request.user
        )
