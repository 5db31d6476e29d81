"""Round a referral: messages between those who work on it, its lead worker, and mental health services."""

from core.dated import numbers
from core.models import User
from core.roles import Permission, Role
from core.views.bases import ActionView, ButtonDeed
from referrals.actions.health import record_health_link
from referrals.actions.lead_worker import name_lead_worker
from referrals.actions.message import read_messages, write_message
from referrals.forms.waiting import HealthLinkForm, LeadWorkerForm, MessageForm
from referrals.models.need import latest_sdq
from referrals.rules.health import has_priority_access
from referrals.rules.readings import SDQ_FROM
from referrals.views.referral import ReferralRecord


class ReferralMessages(ReferralRecord, ActionView):
    """What was written, the unread first, and a form to write."""

    permission = Permission.WRITE_MESSAGES
    form_class = MessageForm
    success_message = "Sent. They have been told that there is a message, and not what it says."

    def get_context_data(self, **kwargs):
        referral, user = self.record, self.request.user
        rows = referral.messages.visible_to(user)
        unread = set(rows.unread_by(user).values_list("pk", flat=True))
        messages = list(rows.select_related("written_by").order_by("-written_at", "-pk")[:100])
        messages.sort(key=lambda message: message.pk not in unread)
        for message in messages:
            message.is_unread = message.pk in unread
        return super().get_context_data(written=messages, unread=len(unread), **self.identity(referral), **kwargs)

    def act(self, form):
        write_message(self.record, by=self.request.user, **form.cleaned_data)
        return f"/referrals/{self.record.reference}/messages"


class ReadMessages(ReferralRecord, ButtonDeed):
    """Say that one has read them."""

    permission = Permission.WRITE_MESSAGES

    def act(self, form):
        read_messages(self.record, by=self.request.user)

    def get_success_url(self):
        return f"/referrals/{self.record.reference}/messages"


def people_who_lead(user):
    """Whoever may lead a child's support at the provider this person works for."""
    people = User.objects.holding(Role.PRACTITIONER, Role.PROVIDER_MANAGER, organisation=user.acting.organisation_id)
    return people.order_by("full_name", "pk")


class NameLeadWorker(ReferralRecord, ActionView):
    """Who leads the child's support; one at a time, with the reason of a change."""

    permission = Permission.NAME_LEAD_WORKERS
    form_class = LeadWorkerForm
    success_message = "Saved. They have been told."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": people_who_lead(self.request.user)}

    def get_context_data(self, **kwargs):
        leads = self.record.lead_workers.select_related("person", "named_by").order_by("-from_at", "-pk")[:20]
        return super().get_context_data(
            heading=f"Lead worker for {self.record.reference}", leads=leads, submit_label="Name the lead worker",
            back_url=self.record.get_absolute_url(), back_label=self.record.reference, **kwargs,
        )  # fmt: skip

    def act(self, form):
        name_lead_worker(self.record, form.cleaned_data["person"], reason=form.cleaned_data["reason"], by=self.request.user)


class RecordHealthLink(ReferralRecord, ActionView):
    """How a child stands with mental health services, and who does what beside them."""

    permission = Permission.RECORD_HEALTH_LINKS
    form_class = HealthLinkForm
    success_message = "Recorded."

    def get_context_data(self, **kwargs):
        referral, score = self.record, latest_sdq(self.record)
        links = referral.health_links.select_related("recorded_by").order_by("-recorded_at", "-pk")[:20]
        gives = numbers(SDQ_FROM, authority=referral.authority_id)[SDQ_FROM]
        return super().get_context_data(
            heading="Mental health services", links=links, sdq=score, gives=gives, submit_label="Save",
            has_priority=has_priority_access(score, is_looked_after=referral.child.is_looked_after, from_score=gives.number),
            back_url=referral.get_absolute_url(), back_label=referral.reference, **kwargs,
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        record_health_link(
            self.record, state=said["state"], home_is_stable=said["home_is_stable"] == "yes",
            unstable_plan=said["unstable_plan"], shared_care_note=said["shared_care_note"], by=self.request.user,
        )  # fmt: skip
