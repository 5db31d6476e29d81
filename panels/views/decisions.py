"""Decisions: listed, read, released or held back, presented again; actions and unmet needs."""

from django.db.models import Prefetch
from django.http import Http404

from core.dates import financial_quarter
from core.lists import Column
from core.roles import Permission
from core.views.bases import ANYONE_SIGNED_IN, ButtonDeed, Question, RecordDetail, RecordList
from core.views.lists import FilteredList
from panels.actions.decision import settle_decision
from panels.actions.follow_up import finish_action, hold_back, release_now
from panels.filters import DecisionFilter, NeedFilter
from panels.forms.decisions import DecidedElsewhereForm, HoldBackForm, PresentAgainForm
from panels.models import Action, Decision, Meeting, Recusal
from panels.models.case_text import case_text
from panels.models.commitment import agreeing_of, high_cost_limit
from panels.models.room import may_chair
from panels.rules.commitment import commitment_words
from panels.rules.entries import why_not_check_entry, why_not_enter
from referrals.actions.outcome import present_again

PRESENTED_AGAIN = {"DEFERRED", "DECLINED", "REDIRECTED"}


def entry_words(decision) -> str:
    """What the case system has of a decision."""
    if not decision.item.referral_id:
        return "Not about a child"
    if decision.entry_checked_at:
        return "Entered and checked"
    if decision.on_case_system_at:
        return "Entered, not checked"
    return "Not yet" if decision.released_at else "Not released"


def entry_deeds(decision, user) -> tuple[bool, bool]:
    """Whether this person may enter a decision on the case system, and whether they may check its entry."""
    if not user.can(Permission.RUN_MEETINGS) or not decision.item.referral_id:
        return False, False
    is_own = decision.on_case_system_by_id == user.pk
    enters = not why_not_enter(decision.released_at is not None, decision.on_case_system_at is not None)
    return enters, not why_not_check_entry(decision.on_case_system_at is not None, decision.entry_checked_at is not None, is_own)


def met_on(decision):
    """The day of its meeting."""
    return decision.item.meeting.on


class DecisionList(FilteredList):
    """Decisions this person may read, the newest first."""

    permission = Permission.SEE_REFERRALS
    model = Decision
    filterset_class = DecisionFilter
    noun = "decision"
    extra_context = {"heading": "Decisions"}
    columns = (
        Column("Number", lambda d, u: d.number or "None yet", sort="number", by=("year", "serial")),
        Column("Item", lambda d, u: d.item.title),
        Column("Decision", lambda d, u: d.get_outcome_display(), sort="outcome"),
        Column("State", lambda d, u: d.get_state_display(), sort="state"),
        Column("Cost agreed", lambda d, u: float(d.amount) if d.amount is not None else None, sort="amount", numeric=True),
        Column("Met on", lambda d, u: met_on(d), sort="met", by=("item__meeting__starts_at",)),
        Column("Case system", lambda d, u: entry_words(d), sort="entry", by=("on_case_system_at",)),
    )  # fmt: skip

    def records(self):
        rows = super().records().select_related("item__meeting__panel", "item__referral")
        return rows.order_by("-recorded_at", "-pk")

    def prepared(self, rows):
        user = self.request.user
        for decision in rows:
            decision.entry = entry_words(decision)
            decision.may_enter, decision.may_check = entry_deeds(decision, user)
            decision.may_pick = decision.may_enter or decision.may_check
        return rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        return {**context, "enters": any(d.may_enter for d in rows), "checks": any(d.may_check for d in rows)}


class UnmetNeedList(FilteredList):
    """What children needed and could not be had, for those who commission and find carers."""

    permission = Permission.READ_DECISIONS
    model = Decision
    filterset_class = NeedFilter
    noun = "need"
    extra_context = {"heading": "Needed but not to be had", "lead": "Written down as panels decide, for commissioning and for finding carers."}
    columns = (
        Column("What was needed", lambda d, u: d.unmet_need, sort="unmet_need"),
        Column("Panel", lambda d, u: str(d.item.meeting.panel)),
        Column("Met on", lambda d, u: met_on(d), sort="met", by=("item__meeting__starts_at",)),
        Column("Quarter", lambda d, u: financial_quarter(met_on(d))),
        Column("Decision", lambda d, u: d.get_outcome_display()),
    )

    def records(self):
        rows = super().records().exclude(unmet_need="").select_related("item__meeting__panel", "item__referral")
        return rows.order_by("-item__meeting__starts_at", "-pk")

    def prepared(self, rows):
        for decision in rows:
            decision.quarter = financial_quarter(met_on(decision))
        return rows


class HighCost(RecordList):
    """Placements whose weekly cost is above the dated threshold, fed by what panels decided."""

    permission = Permission.READ_DECISIONS
    model = Decision
    template_name = "panels/high_cost.html"

    def records(self):
        limit = high_cost_limit(self.request.user.acting.authority)
        rows = super().records().filter(agreed_at__isnull=False, outcome__in=["agree", "conditions", "part"])
        rows = rows.filter(item__meeting__in=Meeting.objects.visible_to(self.request.user))
        rows = rows.filter(weekly_cost__gt=limit) if limit is not None else rows.none()
        return rows.select_related("item__meeting__panel", "item__referral").order_by("-weekly_cost", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(limit=high_cost_limit(self.request.user.acting.authority), **kwargs)


class DecisionDetail(RecordDetail):
    """One decision, with the words to copy onto the case system."""

    permission = Permission.SEE_REFERRALS
    model = Decision

    def records(self):
        left = Recusal.objects.filter(withdrawn_at=None).select_related("person")
        return super().records().select_related(
            "item__meeting__panel__authority", "item__meeting__terms", "item__referral__child", "agreed_by", "on_case_system_by",
            "entry_checked_by", "sent_to", "reason", "item__request",
        ).prefetch_related(Prefetch("item__recusals", left, to_attr="left"))  # fmt: skip

    def get_context_data(self, **kwargs):
        decision, user = self.object, self.request.user
        actions = list(Action.objects.visible_to(user).filter(item=decision.item).order_by("pk"))
        runs = user.can(Permission.RUN_MEETINGS)
        referral = decision.item.referral
        return super().get_context_data(
            actions=actions, runs=runs, whole=self._whole(decision) if user.can(Permission.READ_PAPERS) else "", text=case_text(decision, actions), entry=entry_words(decision),
            # Who left is for the panel and its minutes; the extract that others read does not say it.
            left=decision.item.left if user.can(Permission.READ_PAPERS) else [],
            tells=(runs or may_chair(decision.item.meeting, user)) and decision.released_at is None and decision.agreed_at,
            again=runs and referral is not None and referral.status in PRESENTED_AGAIN, settles=runs and decision.state == "awaiting",
            **kwargs,
        )  # fmt: skip


    def _whole(self, decision):
        """What is committed in all, beside the terms' limit."""
        facts = {"kind": decision.kind, "amount": decision.amount}
        return commitment_words(agreeing_of(decision.item, facts).commitment)


class DecisionDeed(ButtonDeed):
    """A button of one decision."""

    permission = Permission.RUN_MEETINGS
    model = Decision
    success_message = "Recorded."


class TellsDecision:
    """For whoever says when a decision is told: the administrator, and whoever chairs its meeting."""

    def load(self):
        """The decision, or not found for anybody else."""
        decision, user = super().load(), self.request.user
        if not (user.can(Permission.RUN_MEETINGS) or may_chair(decision.item.meeting, user)):
            raise Http404
        return decision


class ReleaseDecision(TellsDecision, DecisionDeed):
    """Release one agreed decision by itself."""

    permission = Permission.READ_PAPERS
    success_message = "Released: the referrer and the service have been sent a link."

    def act(self, form):
        release_now(self.record, by=self.request.user)


class HoldBack(TellsDecision, Question):
    """Say why a decision is not told yet."""

    permission = Permission.READ_PAPERS
    model = Decision
    form_class = HoldBackForm
    heading, submit_label, back_label = "Hold this decision back", "Hold it back", "The decision"
    lead = "It is not released with the others when the meeting ends. To do keeps it open."

    def act(self, form):
        hold_back(self.record, because=form.cleaned_data["because"], by=self.request.user)


class PresentAgain(Question):
    """Take what was deferred, not agreed or sent elsewhere to a panel again."""

    permission = Permission.RUN_MEETINGS
    model = Decision
    form_class = PresentAgainForm
    heading, submit_label, back_label = "Present it again", "Make it ready for panel", "The decision"
    success_message = "It is ready for panel, and can be booked."

    def records(self):
        return super().records().filter(item__referral__isnull=False).select_related("item__referral")

    def act(self, form):
        present_again(self.record.item.referral, reason=form.cleaned_data["reason"], by=self.request.user)


class DecidedElsewhere(Question):
    """Write down what whoever decides in law answered."""

    permission = Permission.RUN_MEETINGS
    model = Decision
    form_class = DecidedElsewhereForm
    heading, submit_label, back_label = "What was decided", "Record the decision", "The decision"

    def act(self, form):
        said = form.cleaned_data
        settle_decision(self.record, outcome=said["outcome"], decided_by=said["decided_by"], by=self.request.user)


class FinishAction(ButtonDeed):
    """Mark something as done."""

    permission = ANYONE_SIGNED_IN
    model = Action
    success_message = "Done."

    def get_success_url(self):
        return "/actions"

    def act(self, form):
        finish_action(self.record, by=self.request.user)
