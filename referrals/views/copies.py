"""A second referrer, a copy of an earlier referral, and drafts that lie untouched."""

from django import forms
from django.utils.functional import cached_property

from core import clock
from core.dates import day_in_words
from core.forms import HouseForm
from core.models import User
from core.roles import Permission, Role
from core.views.bases import ActionView, ButtonDeed, RecordList
from referrals.actions.copies import MAY_COPY, copy_referral, join_referrer
from referrals.actions.draft import keep_draft, see_draft
from referrals.choices import TaskName
from referrals.models import Referral
from referrals.models.draft_days import draft_days
from referrals.rules.copies import is_old
from referrals.views.referral import ReferralRecord, WritersOnly
from referrals.views.tasks import next_unfinished


class CopyForm(HouseForm):
    """Which sections to start from; the old ones are not ticked."""

    sections = forms.MultipleChoiceField(
        label="Which sections should it start from?", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Sections more than six months old are not ticked. Everything can be changed before you send.",
    )  # fmt: skip

    def __init__(self, *args, tasks=(), **kwargs):
        super().__init__(*args, **kwargs)
        rows = [(task, _saved_on(task)) for task in tasks]
        self.fields["sections"].choices = [(task.name, f"{task.get_name_display()}, {_age_words(on)}") for task, on in rows]
        self.fields["sections"].initial = [task.name for task, on in rows if not is_old(on, today=clock.today())]


def _saved_on(task):
    return task.saved_at.astimezone(clock.LONDON).date() if task.saved_at else None


def _age_words(on) -> str:
    return f"last changed {day_in_words(on)}" if on else "not filled in"


class CopyReferral(ReferralRecord, ActionView):
    """Start a new referral from an earlier one of the same child."""

    permission = Permission.START_REFERRALS
    form_class = CopyForm
    template_name = "base_question.html"

    def get_form_kwargs(self):
        order = {name: at for at, name in enumerate(MAY_COPY)}
        tasks = sorted((t for t in self.record.tasks.all() if t.name in order), key=lambda task: order[task.name])
        return {**super().get_form_kwargs(), "tasks": tasks}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Copy to a new referral",
            lead="Consent and documents are always asked again.",
            submit_label="Start from this one",
            back_url=self.record.get_absolute_url(),
            back_label=self.record.reference,
            **kwargs,
        )

    def act(self, form):
        made = copy_referral(self.record, sections=form.cleaned_data["sections"], by=self.request.user)
        return next_unfinished(made)


class JointForm(HouseForm):
    """Who else refers."""

    person = forms.ModelChoiceField(
        label="Second referrer", queryset=None, empty_label="Choose one",
        help_text="For example the foster carers’ supervising social worker. They can read the referral and see how it goes.",
    )  # fmt: skip

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class JoinReferrer(WritersOnly, ReferralRecord, ActionView):
    """Name a second referrer; whoever asked to be one is chosen already."""

    permission = Permission.FILL_REFERRALS
    form_class = JointForm
    template_name = "referrals/name_second_referrer.html"
    success_message = "Named. They have been told."

    def get_form_kwargs(self):
        people = User.objects.holding(Role.SOCIAL_WORKER, authority=self.record.authority_id)
        people = people.exclude(pk=self.record.author_id).distinct().order_by("full_name")
        return {**super().get_form_kwargs(), "people": people}

    @cached_property
    def asked(self):
        """Those who ask to be it, the first to ask first."""
        return list(self.record.join_requests.waiting().select_related("person")[:10])

    def get_initial(self):
        return {"person": self.asked[0].person_id} if self.asked else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Name a second referrer", submit_label="Name them", asked=self.asked,
            back_url=self.record.get_absolute_url(), back_label=self.record.reference, **kwargs,
        )  # fmt: skip

    def act(self, form):
        join_referrer(self.record, person=form.cleaned_data["person"], by=self.request.user)


class OldDrafts(RecordList):
    """Drafts of a manager's teams that nobody has touched, a week before they are let go."""

    permission = Permission.SIGN_OFF_REFERRALS
    model = Referral
    template_name = "referrals/old_drafts.html"

    @cached_property
    def days(self):
        """The days in force for the authority this person acts in."""
        return draft_days(self.request.user.acting.authority_id)

    def records(self):
        rows = super().records().old_drafts(clock.now() - self.days.show)
        return rows.select_related("child", "author", "team", "draft_seen_by").prefetch_related("tasks").order_by("edited_at", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(days=self.days, **kwargs)
        for referral in context["object_list"]:
            referral.safeguarding = referral.task_answers.get(TaskName.RISK, {}).get("safeguarding", "")
        return context


class KeepDraft(ButtonDeed):
    """Its days begin again."""

    permission = Permission.SIGN_OFF_REFERRALS
    model = Referral
    success_message = "Kept. Its days begin again."

    def get_success_url(self):
        return "/drafts"

    def act(self, form):
        keep_draft(self.record, by=self.request.user)


class SeeDraft(KeepDraft):
    """Read, and may go."""

    success_message = "It will be let go when its days are up. Its safeguarding text is kept."

    def act(self, form):
        see_draft(self.record, by=self.request.user)


