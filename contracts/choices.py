"""Words for contracts and money."""

from django.db import models


class ContractState(models.TextChoices):
    """Where a contract has got to."""

    PROPOSED = "proposed", "Proposed"
    ACTIVE = "active", "Active"
    ENDED = "ended", "Ended"


class LotKind(models.TextChoices):
    """A contract's parts."""

    CORE = "core", "Core"
    PILOT = "pilot", "Pilot"


class Board(models.TextChoices):
    """The boards that the steering group reports to, or is linked with (000:65-74)."""

    SCIP = "scip", "Social Care Investment Plan Board"
    BENEFITS = "bmb", "Benefits Monitoring Board"


class Topic(models.TextChoices):
    """What a clause of a contract is about."""

    TERM = "term", "Term and extension"
    DELIVERY = "delivery", "What is delivered"
    CALENDAR = "calendar", "When the service is open"
    PEOPLE = "people", "People and sub-contracting"
    COMMUNICATION = "communication", "How the parties talk"
    DATA = "data", "Data and publication"
    MONEY = "money", "Money"
    ENDING = "ending", "How it ends"


class NameOf(models.TextChoices):
    """Whose former name it is."""

    SERVICE = "service", "The service"
    PROVIDER = "provider", "The provider"


class VariationKind(models.TextChoices):
    """What a variation changes."""

    PLACES = "places", "Places or price"
    TERM = "term", "The term"
    SALE = "sale", "Sale of places to another council"
    OTHER = "other", "Something else"


class PlanKind(models.TextChoices):
    """Which plan a step belongs to."""

    MOBILISATION = "mobilise", "Mobilisation"
    ENDING = "ending", "Handover and ending"


class GateKind(models.TextChoices):
    """What a gate lets through."""

    PILOT = "pilot", "Roll-out after the pilot"
    EXTENSION = "extension", "Extension of the term"


class GateDecision(models.TextChoices):
    """What was decided at a gate."""

    GO_ON = "go on", "Go on"
    STOP = "stop", "Stop"


class Criterion(models.TextChoices):
    """What a piece of evidence is put forward for (002:13, 934, 955)."""

    OUTCOMES = "outcomes", "Outcomes are satisfactory"
    VALUE = "value", "Value for money"
    EXTERNAL = "external", "Less need for external placements"
    STABILITY = "stability", "Placements are more stable"
    FUNDING = "funding", "Funding is there"
    COMPLIANCE = "compliance", "The contract is kept to"


class ReportKind(models.TextChoices):
    """How often a report of progress is due (002:955)."""

    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    ANNUAL = "annual", "Annual"

    @property
    def months(self) -> int:
        """How many months one report covers."""
        return {"monthly": 1, "quarterly": 3, "annual": 12}[self.value]


class PaymentState(models.TextChoices):
    """Where a payment has got to."""

    RAISED = "raised", "To be decided"
    DECIDED = "decided", "Waiting for the invoice"
    INVOICED = "invoiced", "With the commissioner"
    APPROVED = "approved", "With finance"
    CLEARED = "cleared", "Approved, to be paid"
    PART_PAID = "part paid", "Paid in part"
    FAILED = "failed", "Payment failed"
    PAID = "paid", "Paid"
    NOTHING = "nothing", "Nothing to pay"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return {"paid": "good", "failed": "attention", "nothing": "done", "part paid": "attention"}.get(self.value, "moving")


class PaymentKind(models.TextChoices):
    """What is paid."""

    QUARTER = "quarter", "A quarter"
    RETENTION = "retention", "What was held back"
    CORRECTION = "correction", "A correction"


class Achieved(models.TextChoices):
    """How much was achieved, or is released."""

    ALL = "all", "All"
    PART = "part", "Part"
    NONE = "none", "None"


class Account(models.TextChoices):
    """Where a pound stands: what was due is at every moment in one of the other four."""

    DUE = "due", "Due"
    TO_PAY = "to pay", "To pay"
    RETAINED = "retained", "Held back"
    WITHHELD = "withheld", "Withheld"
    PAID = "paid", "Paid"
class BenefitKind(models.TextChoices):
    """The kinds of benefit, which are never added together (000:70)."""

    CASHABLE = "cashable", "Cashable"
    NON_CASHABLE = "non-cashable", "Non-cashable"
    CONTRACT = "contract", "Contract saving"
