"""Triage: what has come in, one page to decide what happens to it, and a question back."""

from core import clock
from core.roles import Permission
from core.views.bases import ActionView, RecordList
from referrals.actions.triage import ask_for_more, make_ready, turn_away
from referrals.choices import TaskName
from referrals.forms.triage import AWAY, MORE, AskForMoreForm, TriageForm
from referrals.models import Referral
from referrals.models.eligibility import findings_for
from referrals.models.holdings import strategic_managers
from referrals.models.need import priority_terms, proposed_priority
from referrals.models.panel_dates import next_panel_date
from referrals.models.turn import working_days_allowed
from referrals.views.answers import answer_sections
from referrals.views.referral import ReferralRecord

GROUPS = ("Urgent", "Information received", "New", "Waiting for an answer")


def to_triage(user):
    """Signed referrals that nobody has decided on, the oldest first."""
    rows = Referral.objects.visible_to(user).filter(status="SENT").exclude(
        pk__in=Referral.objects.filter(sign_offs__in=user.sign_offs.standing()).values("pk")
    )
    return rows.order_by("status_since", "pk")


def group_of(referral) -> str:
    """Where the queue shows a referral."""
    if referral.status == "MORE_INFO":
        return "Waiting for an answer"
    if referral.priority.band == "urgent":
        return "Urgent"
    return "Information received" if any(s.status == "MORE_INFO" for s in referral.spans) else "New"


class TriageQueue(RecordList):
    """Signed referrals in groups: urgent, answered, new, and those that wait for an answer."""

    permission = Permission.TRIAGE_REFERRALS
    model = Referral

    def records(self):
        rows = super().records().filter(status__in=["SENT", "MORE_INFO"])
        rows = rows.select_related("child", "author", "team", "authority").prefetch_related("tasks", "moves", "child__sdqs")
        return rows.order_by("status_since", "pk")

    def get_context_data(self, **kwargs):
        context, user = super().get_context_data(**kwargs), self.request.user
        allowed, terms = working_days_allowed(user.acting.authority), priority_terms(user.acting.authority_id)
        groups: dict[str, list] = {name: [] for name in GROUPS}
        for referral in context["object_list"]:
            referral.allowed_days, referral.priority = allowed, proposed_priority(referral, terms=terms)
            groups[group_of(referral)].append(referral)
        return {
            **context, "groups": [{"title": name, "referrals": rows} for name, rows in groups.items() if rows],
            "first": to_triage(user).first(),
        }  # fmt: skip


def eligibility_checks(referral) -> list[dict]:
    """What triage looks at before it decides: the contract's criteria, legal status, the child's own view."""
    legal = referral.task_answers.get(TaskName.CHILD, {}).get("legal_status")
    found = [
        _check(finding.asks, None if not finding.fact else not finding.reasons, finding.fact or " ".join(finding.reasons))
        for finding in findings_for(referral)
    ]
    return [
        *found,
        _check("Legal status", bool(legal) or None, legal or "Not said"),
        _check("Child’s own view", bool(referral.child_view) or None, "Written" if referral.child_view else "Needed before panel"),
    ]  # fmt: skip


def _check(label, is_so, words) -> dict:
    state = {True: ("Yes", "good"), False: ("No", "attention"), None: ("Check", "waiting")}[is_so]
    return {"label": label, "words": words, "state": state[0], "tone": state[1]}


class TriageReferral(ReferralRecord, ActionView):
    """To a panel in a band, a question back to the social worker, or not for this service."""

    permission = Permission.TRIAGE_REFERRALS
    form_class = TriageForm

    def records(self):
        return super().records().prefetch_related("moves")

    def get_form_kwargs(self):
        managers = strategic_managers(self.record.authority_id).order_by("full_name", "pk")
        return {**super().get_form_kwargs(), "managers": managers, "proposed": proposed_priority(self.record).band}

    def get_context_data(self, **kwargs):
        referral = self.record
        return super().get_context_data(
            referral=referral,
            child=referral.child,
            sections=answer_sections(referral),
            checks=eligibility_checks(referral),
            priority=proposed_priority(referral),
            panel=next_panel_date(referral.authority_id),
            sign_offs=referral.sign_offs.standing().select_related("person", "covers").order_by("signed_at"),
            more=to_triage(self.request.user).exclude(pk=referral.pk).count(),
            **self.identity(referral),
            **kwargs,
        )

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        if said["deed"] == MORE:
            ask_for_more(
                self.record, question=said["question"], tasks=said["tasks"], answer_by=said["answer_by"], by=user
            )
            self.success_message = f"Asked for more about {self.record.reference}."
        elif said["deed"] == AWAY:
            turn_away(self.record, reason=said["question"], by=user)
            self.success_message = f"{self.record.reference} went back with the reason."
        else:
            make_ready(
                self.record, band=said["band"] or None, at_risk_in_days=said["at_risk_in_days"],
                reason=said["band_reason"], agreed_by=said["agreed_by"], by=user,
            )  # fmt: skip
            self.success_message = f"{self.record.reference} is ready for panel."
        following = to_triage(user).exclude(pk=self.record.pk).first()
        return f"/triage/{following.reference}" if following else "/triage"


class AskForMore(ReferralRecord, ActionView):
    """A question to the social worker, on the tasks it belongs to."""

    permission = Permission.TRIAGE_REFERRALS
    form_class = AskForMoreForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Ask for more information about {self.record.reference}",
            lead="Each task you tick shows your question. Triage’s clock stops until the answer.",
            submit_label="Send the question", back_url=f"/triage/{self.record.reference}", back_label="Triage",
            today=clock.today(), **kwargs,
        )  # fmt: skip

    def act(self, form):
        ask_for_more(self.record, by=self.request.user, **form.cleaned_data)
        self.success_message = f"Asked for more about {self.record.reference}."
        return "/triage"
