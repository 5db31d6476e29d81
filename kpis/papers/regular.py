"""What each regular report says about its quarter, as plain facts: small counts of children hidden, nothing provisional."""

from contracts.choices import Board
from contracts.models import Price
from core import clock
from core.dates import day_in_words
from kpis.choices import RegularKind, ReturnState
from kpis.measures.child_counts import child_counts
from kpis.measures.rows import rows_for
from kpis.measures.waiting import waiting_of
from kpis.models import ContractReview, RegularReport, Return
from kpis.papers.board_report import report_facts
from kpis.papers.pack import ZEROES

MOST = 30


def regular_facts(report: RegularReport) -> dict:
    """Everything a report says, as JSON."""
    if report.kind in Board.values:
        return report_facts(report.authority, report.kind, report.starts_on, report.ends_on)
    last_day = report.ends_on - clock.ONE_DAY
    facts = {
        "title": str(report), "council": report.authority.name, "note": ZEROES, "drawn_on": day_in_words(clock.today()),
        "period": f"{day_in_words(report.starts_on)} to {day_in_words(last_day)}",
    }  # fmt: skip
    return facts | (_waiting(report) if report.kind == RegularKind.WAITING else _contract(report))


def _table(title: str, heads: list[str], rows: list[list[str]], none: str, words: str = "") -> dict:
    """One section: a sentence, and a table or the words that say there is none."""
    return {"title": title, "heads": heads, "rows": rows, "none": none, "words": words}


def _waiting(report: RegularReport) -> dict:
    """How many wait, by priority, as every paper of the quarter tells it; how long, and what was done in four weeks."""
    found = waiting_of(report.authority)
    told = [line for line in child_counts(report.authority, clock.today()) if line.group == "Priorities"]
    return {
        "tables": [
            _table("How many wait", ["Priority", "Children", "When"], [[line.what, line.children, line.when] for line in told], ""),
            _table("How long they have waited", ["What", "Figure"], [["Longest wait", found.longest], ["Median wait", found.middle]], "",
                   f"As it stood on {day_in_words(clock.today())}."),
            _table("Done in the last four weeks", ["What", "How often"], [[row["label"], row["count"]] for row in found.actions], ""),
        ]
    }  # fmt: skip


def _contract(report: RegularReport) -> dict:
    """What a contract pays for, the service's figures of the quarter, the provider's return, and the reviews held."""
    contract = report.contract
    prices = Price.objects.filter(lot__contract=contract, until_on=None).select_related("lot").order_by("pk")[:MOST]
    places = [[f"{row.lot.name}: {row.label}", str(row.places), day_in_words(row.from_on)] for row in prices]
    own = rows_for(contract.authority_id, starts_on=report.starts_on, ends_on=report.ends_on, hide=True)
    return {
        "tables": [
            _table("What the contract pays for", ["Part", "Places", "Since"], places, "No price is in force."),
            _table("The service’s figures", ["Measure", "Value", "Of"], [[row.measure.name, str(row.value), row.detail] for row in own], ""),
            _table("The provider’s return", ["Quarter", "Where it stands"], _returns(report), "No return was opened for this quarter."),
            _table("Reviews held", ["Held on", "What was found"], _reviews(report), "No review was held in this quarter."),
        ]
    }  # fmt: skip


def _returns(report: RegularReport) -> list[list[str]]:
    """The quarter's return: accepted, or provisional and said so; its figures stand in it and not here."""
    rows = Return.objects.filter(contract=report.contract, starts_on=report.starts_on)
    return [
        [str(row.quarter), "Accepted, and locked" if row.state == ReturnState.ACCEPTED else f"Provisional: {row.get_state_display().lower()}"]
        for row in rows[:MOST]
    ]  # fmt: skip


def _reviews(report: RegularReport) -> list[list[str]]:
    """The reviews of the quarter, each with what it found or that nobody has written it."""
    first, last = clock.moment(report.starts_on, clock.MIDNIGHT), clock.moment(report.ends_on, clock.MIDNIGHT)
    rows = ContractReview.objects.filter(
        plan__contract=report.contract, meeting__started_at__isnull=False, meeting__starts_at__gte=first, meeting__starts_at__lt=last
    )
    rows = rows.select_related("meeting").prefetch_related("findings").order_by("meeting__starts_at")[:MOST]
    return [[day_in_words(row.meeting.on), _found(row)] for row in rows]


def _found(review: ContractReview) -> str:
    """What a review found, in a few words."""
    findings = list(review.findings.all())
    if not findings:
        return "What it found has not been written."
    return "Satisfactory" if all(one.is_satisfactory for one in findings) else "Not satisfactory in every part"


def issue_words(report: RegularReport) -> dict:
    """What the cover says of approval and lateness."""
    approved = "Not yet approved."
    if report.approved_by_id:
        approved = f"Approved by {report.approved_by.full_name} on {day_in_words(report.approved_at.astimezone(clock.LONDON).date())}."
    return {"approved": approved, "late": "Made late: its day had passed." if report.is_late else ""}
