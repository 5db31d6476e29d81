"""A contract's quarterly pack as plain facts: what was paid and held back, places, validated measures with their lines, complaints."""

from django.db.models import Prefetch

from contracts.models import Budget, Complaint, Price
from contracts.models.books import NOUGHT
from contracts.models.payment_page import held_back, years_of
from contracts.rules.quarters import quarter_of
from core import clock
from core.dates import day_in_words, months_after
from core.templatetags.ui import count, money
from kpis.choices import ReturnState, ValueState
from kpis.measures.capacity import Capacity
from kpis.measures.complaints import open_and_late
from kpis.measures.indicator_line import indicator_series
from kpis.measures.kept_back import kept_back
from kpis.measures.rows import rows_for
from kpis.measures.service import HIDDEN
from kpis.models import ContractReview, Indicator, IndicatorValue, Return
from kpis.models.imports import RETURNED_SOURCE
from kpis.papers.board_report import released
from kpis.papers.charts import FEWEST, chart_of
from kpis.rules.suppression import suppress
from referrals.models import Provision
from referrals.models.board import board, shown_provisions

MOST, MOST_CHARTS, QUARTERS = 30, 12, 4


def table(title: str, heads: list[str], rows: list[list[str]], none: str, words: str = "", nums: tuple[int, ...] = ()) -> dict:
    """One section: a sentence, and a table (`nums`: the columns that are numbers) or the words that say there is none."""
    return {"title": title, "heads": heads, "rows": rows, "none": none, "words": words, "nums": list(nums)}


def contract_facts(report) -> dict:
    """Everything a contract's pack says of its quarter, few children hidden; only what was validated has a line."""
    contract = report.contract
    own = rows_for(contract.authority_id, starts_on=report.starts_on, ends_on=report.ends_on, hide=True)
    validated = [[row["name"], row["period"], row["value"]] for row in released(report.authority, report.starts_on, report.ends_on)]
    said = f"{count(len(validated), 'figure')} of this quarter {'is' if len(validated) == 1 else 'are'} validated for release." if validated else ""
    return {
        "tables": [
            _prices(contract), _payments(report), _held(contract), _places(contract), table(
                "Measures that were validated", ["Measure", "Period", "Value"], validated,
                "No figure of this quarter is validated for release, so none is shown.", said, nums=(2,),
            ), table(
                "The service’s figures", ["Measure", "Value", "Longest"], [[row.measure.name, str(row.value), row.detail] for row in own], "",
                "Counted from the records of this quarter.", nums=(1,),
            ), _complaints(report), _returns(report), _reviews(report),
        ],
        "charts": validated_charts(report.authority, report.ends_on),
    }  # fmt: skip


def _prices(contract) -> dict:
    prices = Price.objects.filter(lot__contract=contract, until_on=None).select_related("lot").order_by("pk")[:MOST]
    rows = [[f"{row.lot.name}: {row.label}", str(row.places), money(row.weekly_rate), day_in_words(row.from_on)] for row in prices]
    words = f"{sum(row.places for row in prices)} places are paid for, at the prices in force." if rows else ""
    return table("What the contract pays for", ["Part", "Places", "A week each", "Since"], rows, "No price is in force.", words, nums=(1, 2))


def _payments(report) -> dict:
    """The payments of the quarter's financial year until its end, with what each came to and what is held back."""
    year = quarter_of(report.starts_on).financial_year
    paid = [pair for one in years_of(report.contract) if one["year"] == year for pair in one["rows"] if pair[0].starts_on < report.ends_on]
    rows = [
        [payment.title, payment.get_state_display(), money(due.due), money(due.retained), money(due.withheld), money(due.paid)] for payment, due in paid
    ]
    mine = [due for payment, due in paid if payment.starts_on == report.starts_on]
    due, kept, out = (sum((getattr(one, name) for one in mine), NOUGHT) for name in ("due", "retained", "paid"))
    words = f"For this quarter {money(due)} was due: {money(out)} is paid, and {money(kept)} is held back." if mine else "Nothing was raised for this quarter."
    heads = ["Payment", "Where it stands", "Due", "Held back", "Withheld", "Paid"]
    return table("Payments this year", heads, rows, f"No payment was raised in {year}.", words if rows else "", nums=(2, 3, 4, 5))


def _held(contract) -> dict:
    """The retention of each budget: how much in the hundred, what it comes to, and when it is decided."""
    budgets = list(Budget.objects.filter(contract=contract, retention_percent__gt=0).select_related("lot", "release").order_by("-from_on", "pk")[:MOST])
    held = held_back(budgets)
    rows = [
        [str(one.budget), f"{one.budget.retention_percent.normalize():f}%", money(one.balance.retained), money(one.freed), money(one.kept), one.due_words]
        for one in held
    ]
    still = sum((one.balance.retained for one in held), NOUGHT)
    words = f"{money(still)} is held back now, until what was agreed is shown to be achieved." if rows else ""
    return table("What is held back", ["Budget", "Share", "Held", "Released", "Kept", "Decided"], rows, "Nothing is held back under this contract.", words, nums=(1, 2, 3, 4))


def _places(contract) -> dict:
    """Places in use and free, with what this week costs."""
    mine = Provision.objects.filter(pk__in=Price.objects.filter(lot__contract=contract, until_on=None).values("provision"))
    drawn = Capacity(board(shown_provisions(mine), names=False), None).drawn
    rows = [[one.name, f"{one.used} of {one.places}", money(one.rate or 0), money(one.cost)] for one in drawn.groups]
    words = f"On {day_in_words(clock.today())} {drawn.used} of {drawn.places} places were in use, which cost {money(drawn.cost)} that week." if rows else ""
    return table("Capacity", ["Service", "Places in use", "A week each", "This week"], rows, "No places are open under this contract.", words, nums=(1, 2, 3))


def validated_charts(authority, day) -> list[dict]:
    """Each indicator with enough validated values as a line; none of a count of children, for its average counts them too."""
    kept = kept_back(authority, hide=True)
    values = IndicatorValue.objects.filter(state=ValueState.VALIDATED, period_start__lt=day).select_related("definition").order_by("pk")
    rows = Indicator.objects.filter(authority=authority, values__state=ValueState.VALIDATED).exclude(source=RETURNED_SOURCE).distinct()
    rows = rows.order_by("name").prefetch_related("definitions", "targets", Prefetch("values", values))
    found = []
    for indicator in rows:
        unit = max(indicator.definitions.all(), key=lambda each: each.version).unit
        series = None if unit in {"number", "children"} else indicator_series(indicator, kept=kept)
        if series is not None and len(series.entries) >= FEWEST and len({entry.value for entry in series.entries}) > 1:
            found.append(chart_of(series, slug=indicator.slug, name=indicator.name, unit=unit))
    return found[:MOST_CHARTS]


def _complaints(report) -> dict:
    """What was received in this quarter and the three before it, few hidden, and no total beside them."""
    received = list(Complaint.objects.filter(contract=report.contract, received_on__lt=report.ends_on).values_list("kind", "received_on"))
    quarters = [(months_after(report.starts_on, -3 * back), months_after(report.ends_on, -3 * back)) for back in range(QUARTERS)]
    rows = [
        [f"{first:%B} to {last - clock.ONE_DAY:%B %Y}", *(_few(sum(kind == one and first <= on < last for one, on in received)) for kind in ("complaint", "incident"))]
        for first, last in quarters
    ]
    still, late = open_and_late(report.contract, hide=True)
    words = f"Open on {day_in_words(clock.today())}: {still}, of which past the day for their answer: {late}."
    return table("Complaints and incidents", ["Quarter", "Complaints", "Incidents"], rows, "", words, nums=(1, 2))


def _few(many: int) -> str:
    shown = suppress([many]).cells[0]
    return HIDDEN if shown is None else str(shown)


def _returns(report) -> dict:
    """The quarter's return: accepted, or provisional and said so; its figures stand in it and not here."""
    rows = [
        [str(row.quarter), "Accepted, and locked" if row.state == ReturnState.ACCEPTED else f"Provisional: {row.get_state_display().lower()}"]
        for row in Return.objects.filter(contract=report.contract, starts_on=report.starts_on)[:MOST]
    ]
    return table("The provider’s return", ["Quarter", "Where it stands"], rows, "No return was opened for this quarter.")


def _reviews(report) -> dict:
    """The reviews of the quarter, each with what it found or that nobody has written it."""
    first, last = clock.moment(report.starts_on, clock.MIDNIGHT), clock.moment(report.ends_on, clock.MIDNIGHT)
    rows = ContractReview.objects.filter(
        plan__contract=report.contract, meeting__started_at__isnull=False, meeting__starts_at__gte=first, meeting__starts_at__lt=last
    )
    rows = rows.select_related("meeting").prefetch_related("findings").order_by("meeting__starts_at")[:MOST]
    said = [[day_in_words(row.meeting.on), _found(row)] for row in rows]
    return table("Reviews held", ["Held on", "What was found"], said, "No review was held in this quarter.")


def _found(review: ContractReview) -> str:
    """What a review found, in a few words."""
    findings = list(review.findings.all())
    if not findings:
        return "What it found has not been written."
    return "Satisfactory" if all(one.is_satisfactory for one in findings) else "Not satisfactory in every part"
