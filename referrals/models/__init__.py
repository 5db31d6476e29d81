"""Children, referrals, provisions, places and stays."""

from referrals.models.access import Access
from referrals.models.child import Child, ChildPerson
from referrals.models.cover import Cover
from referrals.models.eligibility import EligibilityException
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

__all__ = [
    "Access",
    "Child",
    "ChildPerson",
    "Cover",
    "Disclosure",
    "EligibilityException",
    "Home",
    "Place",
    "Provision",
    "ProvisionTerms",
    "Referral",
    "ReferralDocument",
    "ReferralSnapshot",
    "ReferralTask",
    "Registration",
    "Restriction",
    "SharingFact",
    "SharingProtocol",
    "SignOff",
    "StatusChange",
    "Stay",
    "Told",
]
