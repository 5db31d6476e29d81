"""Children, referrals, provisions, places and stays."""

from referrals.models.access import Access
from referrals.models.child import Child, ChildPerson
from referrals.models.cover import Cover
from referrals.models.eligibility import EligibilityException
from referrals.models.health import HealthLink
from referrals.models.message import MessageReading, ReferralMessage
from referrals.models.network import Agency, Consultation, Residency
from referrals.models.provision import Home, Place, Provision, ProvisionTerms, Registration
from referrals.models.referral import (
    Referral,
    ReferralDocument,
    ReferralSnapshot,
    ReferralTask,
    StatusChange,
)
from referrals.models.restriction import Restriction
from referrals.models.sharing import Disclosure, SharingFact, SharingProtocol, Told
from referrals.models.sign_off import SignOff
from referrals.models.stay import Stay
from referrals.models.waiting import Banding, Contact, LeadWorker, OrderChange, WaitingPlan

__all__ = [
    "Access",
    "Agency",
    "Banding",
    "Child",
    "ChildPerson",
    "Consultation",
    "Contact",
    "Cover",
    "Disclosure",
    "EligibilityException",
    "HealthLink",
    "Home",
    "LeadWorker",
    "MessageReading",
    "OrderChange",
    "Place",
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
    "SharingFact",
    "SharingProtocol",
    "SignOff",
    "StatusChange",
    "Stay",
    "Told",
    "WaitingPlan",
]
