"""Words for indicators, values and packs."""

from django.db import models


class Better(models.TextChoices):
    """Which way is better."""

    HIGH = "high", "Higher is better"
    LOW = "low", "Lower is better"


class Frequency(models.TextChoices):
    """How often an indicator has a value."""

    WEEK = "week", "Weekly"
    MONTH = "month", "Monthly"
    QUARTER = "quarter", "Quarterly"
    YEAR = "year", "Yearly"


class Scheme(models.TextChoices):
    """How an indicator is coloured: each has a key of its own, and some have none."""

    TARGET = "target", "Against its target, with a tolerance"
    QUARTILE = "quartile", "By quartile and trend, with the printed key"
    NONE = "none", "Not rated: no way is better"


class Against(models.TextChoices):
    """Whose figure a benchmark is."""

    NEIGHBOURS = "neighbours", "Statistical neighbours"
    ENGLAND = "england", "England"
    PUBLISHED = "published", "As the Department for Education published it"


class InQuartile(models.TextChoices):
    """Where inside its quartile a figure lies, where a document says so."""

    HIGH = "high", "High in it"
    LOW = "low", "Low in it"


class RegisterKind(models.TextChoices):
    """What a register holds."""

    IMPROVE = "improve", "Improvement recommendations"
    QUARTER = "quarter", "A quarter’s dashboard"
    OUTCOMES = "outcomes", "Outcome measures of a strategy"
    TABLES = "tables", "Tables of a specification"
    NEEDS = "needs", "Sufficiency of homes"
    PLAN = "plan", "A plan’s actions"


class ActionState(models.TextChoices):
    """Where an action of a plan has got to."""

    OPEN = "open", "Open"
    COMPLETE = "complete", "Complete"
    CLOSED = "closed", "Closed, carried on elsewhere"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return {"complete": "good", "closed": "quiet"}.get(self.value, "moving")


class ValueState(models.TextChoices):
    """How far a value has been checked."""

    ENTERED = "entered", "Provisional"
    CHECKED = "checked", "Checked by its owner"
    VALIDATED = "validated", "Validated for release"


class PackState(models.TextChoices):
    """Where a pack has got to."""

    DUE = "due", "Due"
    DRAFTED = "drafted", "Drafted"
    FROZEN = "frozen", "Frozen"
    APPROVED = "approved", "Approved by the chair"
    ISSUED = "issued", "Circulated"
    STOPPED = "stopped", "Stopped by a failed check"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return {"issued": "good", "approved": "good", "stopped": "attention"}.get(
            self.value, "moving"
        )


class ReportState(models.TextChoices):
    """Where a regular report has got to; whoever draws the council's reports approves it, and no chair."""

    DUE = "due", "Due"
    DRAFTED = "drafted", "Drafted"
    FROZEN = "frozen", "Frozen"
    APPROVED = "approved", "Approved"
    ISSUED = "issued", "Sent"
    STOPPED = "stopped", "Stopped by a failed check"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return PackState(self.value).tone


class RegularKind(models.TextChoices):
    """What the timetable makes each quarter, beside the packs of meetings."""

    SCIP = "scip", "Report to the Social Care Investment Plan Board"
    BENEFITS = "bmb", "Report to the Benefits Monitoring Board"
    WAITING = "waiting", "Waiting list report"
    CONTRACT = "contract", "Contract pack"


class PackPart(models.TextChoices):
    """The parts of a pack that somebody is asked to write about."""

    RISKS = "risks", "Risks and interdependencies"
    REFERRALS = "referrals", "Referrals"
    CAPACITY = "capacity", "Capacity"
    INDICATORS = "indicators", "Contract and KPIs"
    BENEFITS = "benefits", "Benefits"


class Rating(models.TextChoices):
    """Red, amber, green, complete."""

    RED = "R", "Red"
    AMBER = "A", "Amber"
    GREEN = "G", "Green"
    COMPLETE = "C", "Complete"


class ReturnState(models.TextChoices):
    """Where a provider's return has got to."""

    DRAFT = "draft", "With the provider"
    SENT = "sent", "With the commissioner"
    CHALLENGED = "challenged", "Challenged"
    ACCEPTED = "accepted", "Accepted"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return {"accepted": "good", "challenged": "attention"}.get(self.value, "moving")


class Verdict(models.TextChoices):
    """What the commissioner says of one row of a return."""

    ACCEPT = "accept", "Accept"
    CHALLENGE = "challenge", "Challenge"
class Side(models.TextChoices):
    """Which side asks for a review of a contract before its time."""

    COMMISSIONERS = "commissioners", "The commissioners"
    PROVIDER = "provider", "The provider"


class SpokenWith(models.TextChoices):
    """Who was spoken with on a visit to a service (002:892)."""

    STAFF = "staff", "Staff"
    CHILDREN = "children", "Children and young people"
    OTHERS = "others", "Others who have to do with the service"


class ImportKind(models.TextChoices):
    """What is imported."""

    RETURN = "ssda903", "Statutory return (SSDA903): Header, Episodes, OC2, OC3, Missing"
    ANNEX_A = "annex-a", "Annex A: lists 3, 7, 8 and 9"
    KPI = "kpi", "KPI values, with numerators and denominators"
    HOLIDAYS = "holidays", "Bank holidays, as GOV.UK lists them"

    @property
    def short(self) -> str:
        """A few words for a list."""
        return self.label.split(":")[0].split(",")[0]

    @property
    def is_about_children(self) -> bool:
        """Whether its rows are about children."""
        return self in {ImportKind.RETURN, ImportKind.ANNEX_A}


class ImportState(models.TextChoices):
    """Where an import has got to."""

    CHECKING = "checking", "Being checked"
    REFUSED = "refused", "Has errors"
    CHECKED = "checked", "Ready to import"
    STORING = "storing", "Being imported"
    STORED = "stored", "Imported"
    DROPPED = "dropped", "Thrown away"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return {"stored": "good", "refused": "attention", "checked": "moving", "dropped": "quiet"}.get(self.value, "moving")
