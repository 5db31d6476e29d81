"""Bodies and their terms, meetings, agendas, people in the room, decisions and minutes."""

from panels.models.agenda_item import AgendaItem
from panels.models.alteration import Alteration, AlteredClause, AlteredPart, GroupAgreement
from panels.models.attendance import Attendance, Delegation, Presence
from panels.models.booking import HeldSlot, WaitingSlot
from panels.models.decision import Action, Decision
from panels.models.dispute import Dispute, DisputeStep
from panels.models.interest import Interest, Recusal
from panels.models.meeting import Meeting
from panels.models.minutes import Minutes
from panels.models.moves import MeetingMove
from panels.models.panel import Panel, SeatHolder, StandingDelegate
from panels.models.reading import PaperRead, Supplement
from panels.models.reason import DecisionReason
from panels.models.register import RegisterConfirmation, RegisterEntry
from panels.models.remit import FundingRequest
from panels.models.risk import Risk
from panels.models.routes import HealthDecision, HighRiskRequest
from panels.models.service import RepresentativeView, Service
from panels.models.terms import (
    Clause,
    CompositionSeat,
    QuorumLimb,
    Signature,
    StandingItem,
    TermsOfReference,
    TermsRole,
)

__all__ = [
    "Action",
    "AgendaItem",
    "Alteration",
    "AlteredClause",
    "AlteredPart",
    "Attendance",
    "Clause",
    "CompositionSeat",
    "Decision",
    "DecisionReason",
    "Delegation",
    "Dispute",
    "DisputeStep",
    "FundingRequest",
    "GroupAgreement",
    "HealthDecision",
    "HeldSlot",
    "HighRiskRequest",
    "Interest",
    "Meeting",
    "MeetingMove",
    "Minutes",
    "Panel",
    "PaperRead",
    "Presence",
    "QuorumLimb",
    "Recusal",
    "RegisterConfirmation",
    "RegisterEntry",
    "RepresentativeView",
    "Risk",
    "SeatHolder",
    "Service",
    "Signature",
    "StandingDelegate",
    "StandingItem",
    "Supplement",
    "TermsOfReference",
    "TermsRole",
    "WaitingSlot",
]
