"""Words and their colours for referrals, children and places."""

from django.db import models


class ReferralStatus(models.TextChoices):
    """Where a referral has got to; one vocabulary in tags, exports and emails."""

    DRAFT = "DRAFT", "Draft"
    WITH_TM = "WITH_TM", "With team manager"
    WITH_SM = "WITH_SM", "With service manager"
    WITH_STRATEGIC = "WITH_STRATEGIC", "With strategic manager"
    RETURNED = "RETURNED", "Returned to you"
    SENT = "SENT", "Sent"
    MORE_INFO = "MORE_INFO", "More information needed"
    READY = "READY", "Ready for panel"
    BOOKED = "BOOKED", "Booked for panel"
    RECOMMENDED = "RECOMMENDED", "Recommended"
    AGREED = "AGREED", "Agreed"
    CONDITIONS = "CONDITIONS", "Agreed with conditions"
    PART = "PART", "Agreed in part"
    DEFERRED = "DEFERRED", "Deferred"
    DECLINED = "DECLINED", "Not agreed"
    REDIRECTED = "REDIRECTED", "Sent to another panel"
    WAITING = "WAITING", "Waiting for a place"
    OFFERED = "OFFERED", "Place offered"
    SUPPORTED = "SUPPORTED", "Supported"
    STEP_DOWN = "STEP_DOWN", "Step-down"
    ENDED = "ENDED", "Ended"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"

    @property
    def tone(self) -> str:
        """The tag's colour: plain, waiting, attention, good or done."""
        return TONES.get(self.value, "plain")


TONES = {
    "DRAFT": "waiting",
    "RETURNED": "attention",
    "MORE_INFO": "attention",
    "WITH_TM": "moving",
    "WITH_SM": "moving",
    "WITH_STRATEGIC": "moving",
    "SENT": "moving",
    "READY": "moving",
    "BOOKED": "moving",
    "RECOMMENDED": "moving",
    "AGREED": "good",
    "CONDITIONS": "good",
    "PART": "good",
    "SUPPORTED": "good",
    "STEP_DOWN": "good",
    "WAITING": "waiting",
    "OFFERED": "moving",
}

SIGNED_OFF_ONCE = frozenset(ReferralStatus.values) - {
    "DRAFT", "WITH_TM", "WITH_SM", "WITH_STRATEGIC", "RETURNED", "WITHDRAWN",
}  # fmt: skip


class ProvisionKind(models.TextChoices):
    """The three provisions, and the council's own small group homes."""

    OUTREACH = "outreach", "Outreach"
    HUB = "hub", "Hub assessment bed"
    PROPERTIES = "properties", "Multi-functional property"
    GROUP_HOMES = "group homes", "Small group home"

    @property
    def is_living(self) -> bool:
        """A child lives in a bed or a room, and not in outreach."""
        return self.value != "outreach"


class Step(models.TextChoices):
    """Steps of a sign-off chain; a contract sets which, and in what order."""

    TEAM_MANAGER = "TM", "Team manager"
    SERVICE_MANAGER = "SM", "Service manager"
    STRATEGIC_MANAGER = "STM", "Strategic manager"


class SignOffOutcome(models.TextChoices):
    """What a signer did."""

    AGREED = "agreed", "Agreed"
    RETURNED = "returned", "Returned"
    NOT_SUPPORTED = "not supported", "Not supported"


class TaskName(models.TextChoices):
    """The eight tasks of a referral, in their three groups' order."""

    CHILD = "child", "About the child"
    VIEWS = "views", "Views"
    REQUEST = "request", "What you are asking for"
    NEEDS = "needs", "Needs and story"
    RISK = "risk", "Risk and safety"
    SUPPORT = "support", "Support and home now"
    DOCUMENTS = "documents", "Documents"
    CONSENT = "consent", "Consent and sharing"


class Band(models.TextChoices):
    """Priority bands."""

    URGENT = "urgent", "Urgent"
    HIGH = "high", "High"
    STANDARD = "standard", "Standard"


class BandingBasis(models.TextChoices):
    """What a judgement of priority came with."""

    TRIAGE = "triage", "At triage"
    CONTACT = "contact", "At a contact"
    REVIEW = "review", "On review"


class ContactWith(models.TextChoices):
    """With whom somebody was in touch while a child waits."""

    REFERRER = "referrer", "Social worker"
    CARER = "carer", "Carer"
    CHILD = "child", "Child"
    PARENT = "parent", "Parent"
    OTHER = "other", "Somebody else"


class HealthState(models.TextChoices):
    """Where a child stands with mental health services (CAMHS)."""

    NOT_NEEDED = "not needed", "No referral needed now"
    SUPPORTING = "supporting", "We support a referral"
    REFERRED = "referred", "Referred"
    OPEN = "open", "Open to them"
    DECLINED = "declined", "Not taken on"


class StayState(models.TextChoices):
    """Where a stay has got to."""

    OFFERED = "offered", "Offered"
    PLANNED = "planned", "Planned"
    BEGUN = "begun", "In place"
    ENDED = "ended", "Ended"
    LAPSED = "lapsed", "Lapsed"
    DECLINED = "declined", "Declined"
    RELEASED = "released", "Released"


HOLDING_STATES = ("offered", "planned", "begun", "ended")


class RateBasis(models.TextChoices):
    """What a price is for."""

    CHILD_WEEK = "child week", "a child a week"
    BED_WEEK = "bed week", "a bed a week"
    SERVICE_WEEK = "service week", "the whole service a week"
    BLOCK = "block", "a block"


class Basis(models.TextChoices):
    """Why somebody may see a record that is not theirs by role."""

    PAPER = "paper", "Circulated with a meeting's papers"
    RELEASED = "released", "A decision was released"
    PLACED = "placed", "The child has a place"
    NAMED = "named", "Named on a restricted record"
    BREAK_GLASS = "break glass", "Opened in an emergency, with a reason"


class Depth(models.TextChoices):
    """How much an interest withholds."""

    ITEM = "item", "The deliberation and the decision"
    RECORD = "record", "Everything, everywhere"


class Ground(models.TextChoices):
    """Why a record is kept to named people."""

    HIGH_PROFILE = "profile", "The child or family is well known"
    STAFF = "staff", "The child is related to somebody who works here"
    ADOPTION = "adoption", "The child is placed for adoption or has been adopted"
    HIGH_RISK = "risk", "Somebody would harm the child if they knew where they are"


class SharingKind(models.TextChoices):
    """Three facts that are kept apart."""

    BASIS = "basis", "Lawful basis for keeping the record"
    WORK = "work", "Agreement to work with the team"
    FILES = "files", "Permission to show files to the commissioner"


class SharingAnswer(models.TextChoices):
    """What was said, or for a basis, which it is."""

    GIVEN = "given", "Yes"
    REFUSED = "refused", "No"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_ASKED = "not asked", "Not asked yet"
    PUBLIC_TASK = "task", "Public task: the council's duties to children"
    LEGAL_DUTY = "duty", "A legal duty, such as a court's order"
    VITAL = "vital", "Somebody's life or safety is in danger"


class ToldHow(models.TextChoices):
    """How a family was told what is held."""

    SPOKEN = "spoken", "Spoken, with the sheet left with them"
    LETTER = "letter", "The sheet sent by post or email"
    INTERPRETED = "interpreted", "With an interpreter or in another language"
    EASY = "easy", "In another form, such as easy read or signed"


class Recipient(models.TextChoices):
    """To whom something was shown or told."""

    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    SCHOOL = "school", "School or college"
    COUNCIL = "council", "Another council"
    COURT = "court", "Court or guardian"
    COMMISSIONER = "commissioner", "The commissioner of the contract"
    OTHER = "other", "Another agency"


class Purpose(models.TextChoices):
    """Why it was shown or told."""

    SAFEGUARDING = "safeguarding", "To keep a child or somebody else safe"
    CRIME = "crime", "To prevent or look into a crime"
    COURT = "court", "A court asked for it"
    REVIEW = "review", "To review the contract"
    CARE = "care", "To plan the child's care"


# The kinds of file a referral keeps, told by their content.
KINDS = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "text/plain": "plain text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
}


class OutOfUseKind(models.TextChoices):
    """Why a place takes nobody for a time."""

    REPAIR = "repair", "Out of service"
    TURNAROUND = "turnaround", "Being made ready"
    HELD_FOR_ONE = "held for one", "Held for one child"
    CLOSED = "closed", "Closed by the contract"


class OnCallFor(models.TextChoices):
    """Who is on call for what."""

    SERVICE_MANAGER = "service manager", "Service manager on call"
    TEAM = "team", "ART on call"


class Caller(models.TextChoices):
    """Who rang."""

    CARER = "carer", "A carer"
    CHILD = "child", "The child or young person"
    PARENT = "parent", "A parent"
    WORKER = "worker", "A worker"
    SCHOOL = "school", "A school"
    OTHER = "other", "Somebody else"


class DemandOutcome(models.TextChoices):
    """What a review of demand decided."""

    REGISTER = "register", "Register for one group"
    KEEP = "keep", "Stay as it is"
    AGAIN = "again", "Review again"
