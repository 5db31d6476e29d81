"""Decisions said to be on the council's case system, and their entries checked, one by one or several at once."""

from core.roles import Permission
from core.views.several import Several
from panels.actions.entries import (
    check_entry,
    check_several,
    enter_on_case_system,
    enter_several,
)
from panels.views.decisions import DecisionDeed


class EnterDecision(DecisionDeed):
    """Say that a decision is on the council's case system."""

    def act(self, form):
        enter_on_case_system(self.record, by=self.request.user)


class CheckEntry(DecisionDeed):
    """Say that the entry on the case system was read against the decision."""

    def act(self, form):
        check_entry(self.record, by=self.request.user)


class SeveralDecisions(Several):
    """A deed to several decisions that were ticked."""

    permission = Permission.RUN_MEETINGS
    noun, back_url, back_label = "decision", "/decisions?entry=not", "Decisions"


class EnterSeveral(SeveralDecisions):
    """Say that several decisions are on the council's case system."""

    heading, submit_label = "Entered on the case system", "Enter them"
    lead = "Somebody else checks each entry against its decision."

    def do(self, form):
        return enter_several(self.picked(), by=self.request.user)


class CheckSeveral(SeveralDecisions):
    """Say that several entries were read against their decisions."""

    heading, submit_label = "Entries checked", "Check them"
    lead = "An entry is checked by somebody who did not make it."

    def do(self, form):
        return check_several(self.picked(), by=self.request.user)
