"""One meeting held and minuted, with a referral decided on it, and another still to come."""

from dataclasses import dataclass
from datetime import date

import pytest

from core import clock
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.altering import propose_alteration
from panels.actions.decision import agree_all, record_decision
from panels.actions.dispute import raise_dispute
from panels.actions.live import finish_meeting
from panels.actions.panel import name_standing_delegate
from panels.actions.routes import ask_high_risk_panel
from panels.models import (
    Action,
    AgendaItem,
    Alteration,
    Decision,
    Dispute,
    HighRiskRequest,
    Meeting,
    Panel,
    Signature,
)
from referrals.models import Referral
from tests.conftest import TODAY
from tests.panels import builders
from tests.referrals import builders as referrals

ON_THE_DAY = date(2026, 12, 24)


@dataclass
class Record:
    """What one finished meeting leaves, and what is still open."""

    panel: Panel
    held: Meeting
    item: AgendaItem
    decision: Decision
    action: Action
    to_come: Meeting
    next_item: AgendaItem
    ready: Referral
    alteration: Alteration
    dispute: Dispute
    vulnerable: HighRiskRequest

    def at(self, address: str) -> str:
        """An address with its references filled in."""
        return address.format(
            slug=self.panel.slug, held=self.held.reference, meeting=self.to_come.reference,
            number=self.next_item.number, held_number=self.item.number, ready=self.ready.reference,
            decision=self.decision.reference, action=self.action.reference, alteration=self.alteration.reference,
            dispute=self.dispute.reference, child=self.vulnerable.child.reference, vulnerable=self.vulnerable.reference,
        )  # fmt: skip


def decide(borough, meeting, item, *, finish=True):
    """Hold a meeting on its day: the item is agreed, with one action, and the chair signs."""
    with clock.held_at(clock.moment(ON_THE_DAY, clock.TEN)):
        builders.begin(borough, meeting)
        decision = record_decision(
            item, outcome="agree", reasons="Reasonszz.", by=borough.panel_administrator,
            actions=[{"what": "Tell the carerzz", "owner_name": "Member", "owner": borough.member, "due_on": ON_THE_DAY}],
        )  # fmt: skip
        agree_all(meeting, by=borough.chair)
        if finish:
            finish_meeting(meeting, by=borough.panel_administrator)
    decision.refresh_from_db()
    return decision


def decide_many(borough, how_many):
    """So many referrals of one meeting, each agreed and released."""
    panel = builders.a_referral_panel(borough)
    meeting = builders.a_called_meeting(borough, panel)
    items = [list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator) for _ in range(how_many)]
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        for item in items:
            record_decision(item, outcome="agree", reasons="It helps.", by=borough.panel_administrator)
        agree_all(meeting, by=borough.chair)
        finish_meeting(meeting, by=borough.panel_administrator)
    return list(Decision.objects.filter(item__in=items).order_by("pk"))


@pytest.fixture
def record(borough):
    """One meeting behind us and one to come, whose papers have been circulated."""
    panel = builders.a_referral_panel(borough)
    held, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), panel)
    circulate_agenda(held, by=borough.panel_administrator)
    decision = decide(borough, held, item)
    to_come = builders.a_called_meeting(borough, panel, on=date(2027, 1, 14))
    next_item = list_referral(referrals.a_signed_off_referral(borough), to_come, by=borough.panel_administrator)
    circulate_agenda(to_come, by=borough.panel_administrator)
    held.refresh_from_db()
    item.refresh_from_db()
    name_standing_delegate(panel, letter="b", person=borough.finance, from_on=builders.SINCE, by=borough.panel_administrator)
    Signature.objects.create(terms=panel.terms.get(), party=borough.council)
    return Record(
        panel, held, item, decision, item.actions.get(), to_come, next_item,
        referrals.a_signed_off_referral(borough), a_proposal(borough, panel),
        raise_dispute(panel, about="Who pays", words="Not settled.", on=TODAY, due_on=ON_THE_DAY, by=borough.panel_administrator),
        ask_high_risk_panel(referrals.a_child(borough, born_on=date(2009, 3, 4)), why="Reasonszz.", by=borough.social_worker),
    )  # fmt: skip


def a_proposal(borough, panel):
    """A proposal that papers go out four Working Days before, waiting for a meeting to be called."""
    clause = panel.terms.get().clauses.get(number="3")
    change = {"number": "3", "text": f"{clause.text} Proposedzz.", "numbers": {"papers_working_days": 4}}
    return propose_alteration(panel, changes=[change], reason="Reasonszz.", by=borough.member)
