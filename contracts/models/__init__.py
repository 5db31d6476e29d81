"""Contracts: what they say, their prices and budgets, what changes them, what is paid, what came of them, and their registers."""

from contracts.models.assurance import AssuranceEntry, ContractDay, EvidencePack
from contracts.models.benefit import Benefit, BenefitValidation
from contracts.models.budget import Budget
from contracts.models.clause import CapitalDecision, Clause, DataRole, FormerName
from contracts.models.complaint import Complaint, Compliment
from contracts.models.contract import Contract, Lot
from contracts.models.contract_document import ContractDocument
from contracts.models.escalation import Escalation
from contracts.models.feedback import FeedbackAnswer, FeedbackRound
from contracts.models.gate import Baseline, Gate, GateEvidence, PlanStep, ProgressReport
from contracts.models.payment import InvoiceOfficer, Move, Payment, Release
from contracts.models.price import Price
from contracts.models.purchase import Purchase
from contracts.models.variation import Subcontract, Variation
from contracts.models.workforce import StaffCheck, StaffGap, StaffMember

__all__ = [
    "AssuranceEntry", "Baseline", "Benefit", "BenefitValidation", "Budget", "CapitalDecision", "Clause", "Complaint",
    "Compliment", "Contract", "ContractDay", "ContractDocument", "DataRole", "Escalation", "EvidencePack", "FeedbackAnswer", "FeedbackRound",
    "FormerName", "Gate", "GateEvidence", "InvoiceOfficer", "Lot", "Move", "Payment", "PlanStep", "Price",
    "ProgressReport", "Purchase", "Release", "StaffCheck", "StaffGap", "StaffMember", "Subcontract", "Variation",
]  # fmt: skip
