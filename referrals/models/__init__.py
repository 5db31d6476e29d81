"""Children, referrals, provisions, places and stays."""

from referrals.models.access import Access
from referrals.models.care import CareDetails, Learning, Review
from referrals.models.child import Child, ChildPerson
from referrals.models.child_document import ChildDocument
from referrals.models.cover import Cover
from referrals.models.eligibility import EligibilityException
from referrals.models.emergency import EmergencyStart
from referrals.models.ending import Ending, SustainedCheck
from referrals.models.extra_support import ExtraSupport
from referrals.models.form_import import FormImport
from referrals.models.health import HealthLink
from referrals.models.hold import Hold
from referrals.models.joining import JoinRequest
from referrals.models.journey import JourneyEvent, JourneyWeek, Narrative, Scenario, ScenarioHome
from referrals.models.message import MessageReading, ReferralMessage
from referrals.models.missing import MissingEpisode, MissingReview
from referrals.models.network import Agency, Consultation, Residency
from referrals.models.on_call import OnCallCall, OnCallTurn
from referrals.models.out_of_use import OutOfUse
from referrals.models.placement import Placement, PlacementPrice
from referrals.models.plan import PlanAction, PlanReview, SupportPlan
from referrals.models.provision import Home, Place, Provision, ProvisionTerms, Registration
from referrals.models.referral import (
    Referral,
    ReferralDocument,
    ReferralSnapshot,
    ReferralTask,
    StatusChange,
)
from referrals.models.restriction import Restriction
from referrals.models.sdq import SdqScore
from referrals.models.sdq_look import SdqLook
from referrals.models.service import DemandReview, KiteMark, TeamPost
from referrals.models.sessions import HomeAssessment, Session, SessionAttendance
from referrals.models.sharing import Disclosure, SharingFact, SharingProtocol, Told
from referrals.models.sign_off import SignOff
from referrals.models.stay import Stay
from referrals.models.transition import (
    ChildClosing,
    ChildLink,
    CouncilHeld,
    Disengagement,
    Handover,
    HomelessOffer,
    OnwardReferral,
    StayResident,
    Telling,
    UndoneClosing,
)
from referrals.models.waiting import Banding, Contact, LeadWorker, OrderChange, WaitingPlan
from referrals.models.worked_with import WorkedWith

__all__ = [
    "Access",
    "Agency",
    "Banding",
    "CareDetails",
    "Child",
    "ChildClosing",
    "ChildDocument",
    "ChildLink",
    "ChildPerson",
    "Consultation",
    "Contact",
    "CouncilHeld",
    "Cover",
    "DemandReview",
    "Disclosure",
    "Disengagement",
    "EligibilityException",
    "EmergencyStart",
    "Ending",
    "ExtraSupport",
    "FormImport",
    "Handover",
    "HealthLink",
    "Hold",
    "Home",
    "HomeAssessment",
    "HomelessOffer",
    "JoinRequest",
    "JourneyEvent",
    "JourneyWeek",
    "KiteMark",
    "LeadWorker",
    "Learning",
    "MessageReading",
    "MissingEpisode",
    "MissingReview",
    "Narrative",
    "OnCallCall",
    "OnCallTurn",
    "OnwardReferral",
    "OrderChange",
    "OutOfUse",
    "Place",
    "Placement",
    "PlacementPrice",
    "PlanAction",
    "PlanReview",
    "Provision",
    "ProvisionTerms",
    "Referral",
    "ReferralDocument",
    "ReferralMessage",
    "ReferralSnapshot",
    "ReferralTask",
    "Registration",
    "Residency",
    "Restriction",
    "Review",
    "Scenario",
    "ScenarioHome",
    "SdqLook",
    "SdqScore",
    "Session",
    "SessionAttendance",
    "SharingFact",
    "SharingProtocol",
    "SignOff",
    "StatusChange",
    "Stay",
    "StayResident",
    "SupportPlan",
    "SustainedCheck",
    "TeamPost",
    "Telling",
    "Told",
    "UndoneClosing",
    "WaitingPlan",
    "WorkedWith",
]
