"""Children, referrals, provisions, places and stays."""

from referrals.models.access import Access
from referrals.models.care import CareDetails, Learning, Review
from referrals.models.child import Child, ChildPerson
from referrals.models.cover import Cover
from referrals.models.eligibility import EligibilityException
from referrals.models.health import HealthLink
from referrals.models.journey import JourneyEvent, JourneyWeek, Narrative, Scenario, ScenarioHome
from referrals.models.message import MessageReading, ReferralMessage
from referrals.models.missing import MissingEpisode, MissingReview
from referrals.models.network import Agency, Consultation, Residency
from referrals.models.placement import Placement, PlacementPrice
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
from referrals.models.sharing import Disclosure, SharingFact, SharingProtocol, Told
from referrals.models.sign_off import SignOff
from referrals.models.stay import Stay
from referrals.models.waiting import Banding, Contact, LeadWorker, OrderChange, WaitingPlan

__all__ = [
    "Access",
    "Agency",
    "Banding",
    "CareDetails",
    "Child",
    "ChildPerson",
    "Consultation",
    "Contact",
    "Cover",
    "Disclosure",
    "EligibilityException",
    "HealthLink",
    "Home",
    "JourneyEvent",
    "JourneyWeek",
    "LeadWorker",
    "Learning",
    "MessageReading",
    "MissingEpisode",
    "MissingReview",
    "Narrative",
    "OrderChange",
    "Place",
    "Placement",
    "PlacementPrice",
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
    "SdqScore",
    "SharingFact",
    "SharingProtocol",
    "SignOff",
    "StatusChange",
    "Stay",
    "Told",
    "WaitingPlan",
]
