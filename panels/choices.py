"""Words and their colours for panels, meetings and decisions."""

from django.db import models


class PanelKind(models.TextChoices):
    """What a body is for."""

    REFERRAL = "referral", "Referral panel"
    STEERING = "steering", "Steering group"
    RESOURCES = "resources", "Access to resources panel"
    TRIPARTITE = "tripartite", "Tripartite group"
    CONTRACT_REVIEW = "contract review", "Contract review"
    EARLY_HELP = "early help", "Early help transition, oversight and planning meeting"
    FAMILY_CARE = "family care", "Family care and protect meeting"
    CHILDRENS_DECISION = "child decision", "Children’s decision meeting"
    PERMANENCE = "permanence", "Permanence panel"
    ADDITIONAL = "additional", "Additional resource panel"
    COMPLEX_CARE = "complex care", "Complex care panel"
    HIGH_RISK = "high risk", "Multi-agency high risk panel"
    OTHER = "other", "Panel"


class TermsState(models.TextChoices):
    """Where a version of the terms has got to."""

    PROPOSED = "proposed", "Proposed"
    ADOPTED = "adopted", "Adopted, awaiting a party's signature"
    IN_FORCE = "in force", "In force"
    REPLACED = "replaced", "Replaced"


class AlterationState(models.TextChoices):
    """Where a proposal to change the terms has got to."""

    SENT = "sent", "With the chair"
    ADOPTED = "adopted", "Adopted"
    NOT_ADOPTED = "not adopted", "Not adopted"


class TakesEffect(models.TextChoices):
    """When new terms begin to govern."""

    SIGNED = "signed", "When every party has signed"
    ON_A_DAY = "on a day", "On a day that the decision names, signed or not"


class PartKind(models.TextChoices):
    """What of the terms a proposal changes beside clauses."""

    SEAT = "seat", "Seat"
    LIMB = "limb", "Part of the quorum"
    ITEM = "item", "Standing item"


class PartDeed(models.TextChoices):
    """What a proposal does with one of them."""

    ADD = "add", "Added"
    CHANGE = "change", "Changed"
    REMOVE = "remove", "Taken away"


class MeetingKind(models.TextChoices):
    """Why a meeting is called."""

    ORDINARY = "ordinary", "Ordinary"
    EMERGENCY = "emergency", "Emergency"
    DEVELOPMENTAL = "developmental", "Developmental"


class MeetingStatus(models.TextChoices):
    """Where a meeting has got to."""

    PLANNED = "planned", "Planned"
    CALLED = "called", "Called"
    AGENDA = "agenda", "Agenda open"
    CIRCULATED = "circulated", "Papers circulated"
    IN_PROGRESS = "in progress", "In progress"
    DRAFT_MINUTES = "draft minutes", "Draft minutes"
    MINUTES_AGREED = "minutes agreed", "Minutes agreed"
    ADJOURNED = "adjourned", "Adjourned"
    CANCELLED = "cancelled", "Cancelled"
    NOT_HELD = "not held", "Not held"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return MEETING_TONES.get(self.value, "plain")


MEETING_TONES = {
    "planned": "plain",
    "called": "moving",
    "agenda": "moving",
    "circulated": "good",
    "in progress": "attention",
    "draft minutes": "waiting",
    "cancelled": "attention",
    "not held": "attention",
}
HELD = ("in progress", "draft minutes", "minutes agreed", "adjourned")
STILL_TO_COME = ("planned", "called", "agenda", "circulated")
OPEN_FOR_BUSINESS = (*STILL_TO_COME, "in progress")


class ItemKind(models.TextChoices):
    """What an agenda item is."""

    STANDING = "standing", "Standing item"
    INTERESTS = "interests", "Declarations of interest"
    LAST_MINUTES = "last minutes", "Last minutes and actions"
    REFERRAL = "referral", "Referral"
    REVIEW = "review", "Review"
    REPORT = "report", "Report"
    ACT = "act", "Chair’s act between meetings"
    OTHER = "other", "Other business"


class CareOutcome(models.TextChoices):
    """What health decided of continuing care."""

    ELIGIBLE = "eligible", "Eligible: health pays for the care"
    JOINT = "joint", "The cost is shared"
    NOT_ELIGIBLE = "not eligible", "Not eligible"


class RequestKind(models.TextChoices):
    """What an item asks a resources panel for (003:23-33, 003:86)."""

    PLACEMENT = "placement", "A placement that the council does not itself provide"
    EXTRA_COST = "extra cost", "Extra cost of a placement"
    ALLOWANCE = "allowance", "An allowance for adopters or special guardians"
    TRANSPORT = "transport", "Extra transport for a placement"
    FAMILY_TIME = "family time", "Supervised family time outside the contract"
    SECTION_17 = "section 17", "Section 17 help for a child in need"
    NO_RECOURSE = "no recourse", "Help for a family with no recourse to public funds"
    ACCOMMODATION = "accommodation", "A child coming into care"
    ASSESSMENT = "assessment", "A specialist assessment"
    JOINT = "joint", "Joint or three-way funding"


class Explored(models.TextChoices):
    """What came of another way of helping."""

    TRIED = "tried", "Tried"
    UNSUITABLE = "unsuitable", "Considered, and not suitable"
    NOT_YET = "not yet", "Not yet"


class InterestKind(models.TextChoices):
    """What an entry of the register of interests is about (003:83)."""

    PERSONAL = "personal", "A personal interest"
    POTENTIAL = "potential", "A potential conflict"
    CONTRACTOR = "contractor", "A relationship with an outside contractor or company"


class ItemState(models.TextChoices):
    """Where an item has got to."""

    TO_COME = "to come", "To come"
    DISCUSSED = "discussed", "Discussed"
    DECIDED = "decided", "Decided"
    ADJOURNED = "adjourned", "Adjourned"
    TAKEN_OFF = "taken off", "Taken off"


class Outcome(models.TextChoices):
    """Decision words."""

    AGREE = "agree", "Agree"
    CONDITIONS = "conditions", "Agree with conditions"
    PART = "part", "Agree in part"
    DEFER = "defer", "Defer"
    NOT_AGREED = "not agreed", "Not agreed"
    REDIRECT = "redirect", "Send to another panel"


class DecisionState(models.TextChoices):
    """Where a decision has got to."""

    RECOMMENDED = "recommended", "Recommended by the panel"
    INQUORATE = "inquorate", "Recommended to the next quorate meeting"
    AWAITING = "awaiting", "Recommended, awaiting its decision-maker"
    AGREED = "agreed", "Agreed by the chair"
    RELEASED = "released", "Released"


class DecisionKind(models.TextChoices):
    """What a decision is about: it says who makes it in law, and how decisions of a year are classed."""

    RESOURCE = "resource", "A service or resource"
    OUT_OF_AREA = "out of area", "A placement outside the area"
    AT_A_DISTANCE = "at a distance", "A placement at a distance"
    PERMANENCE = "permanence", "Adoption or a permanent match"
    ALLOWANCE = "allowance", "Allowances for adopters or special guardians"
    TRANSPORT = "transport", "Transport for a placement"
    CONTACT = "contact", "Supervised family time outside the contract"
    SECTION_17 = "section 17", "Help under section 17"
    NO_RECOURSE = "no recourse", "No recourse to public funds"
    ASSESSMENT = "assessment", "A specialist assessment"


class Settled(models.TextChoices):
    """What the next meeting made of the chair's act."""

    RATIFIED = "ratified", "Ratified"
    VARIED = "varied", "Varied"
    ENDED = "ended", "Ended"


class DisputeStage(models.TextChoices):
    """Where a dispute has got to under clause 59 of the service contract."""

    RAISED = "raised", "Raised, not settled in the meeting"
    REFERRED = "referred", "Referred under clause 59"
    TALKS = "talks", "The parties are talking"
    OUTSIDE = "outside", "With somebody outside"
    SETTLED = "settled", "Settled"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ServiceKind(models.TextChoices):
    """What was served."""

    NOTICE = "notice", "Notice of meeting"
    AGENDA = "agenda", "Agenda and papers"
    CANCELLATION = "cancellation", "Notice of cancellation"
    MINUTES = "minutes", "Minutes"
    ACT = "act", "Papers for the chair’s act"
    BOUNCE = "bounce", "Came back undelivered"


class AttendanceMode(models.TextChoices):
    """How somebody is in the room."""

    ROOM = "room", "In the room"
    VIDEO = "video", "By video"
    TELEPHONE = "telephone", "By telephone"


class Answer(models.TextChoices):
    """What a member said about coming."""

    ATTENDING = "attending", "Attending"
    DELEGATE = "delegate", "Sending a delegate"
    APOLOGIES = "apologies", "Apologies"


class MinutesState(models.TextChoices):
    """Where minutes have got to."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Checked by the chair"
    AGREED = "agreed", "Agreed"


class RiskHeading(models.TextChoices):
    """The seven headings of the standing item on risks and interdependencies."""

    TECHNOLOGY = "technology", "Technology and practical arrangements"
    CULTURE = "culture", "Culture"
    OWNERSHIP = "ownership", "Ownership"
    TRAINING = "training", "Training and staff development"
    COMMUNICATION = "communication", "Communication"
    CAPACITY = "capacity", "Capacity and staffing"
    ON_CALL = "on call", "ART on-call offer"


class Trend(models.TextChoices):
    """Which way a risk is moving."""

    BETTER = "better", "Getting better"
    SAME = "same", "No change"
    WORSE = "worse", "Getting worse"
