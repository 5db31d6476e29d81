"""What a board is told: what the group decided, places, referrals, released measures, escalations, benefits, risks."""

from django.db.models import Prefetch

from contracts.choices import Board
from contracts.models import Escalation
from core import clock
from core.dates import day_in_words
from kpis.choices import ValueState
from kpis.measures.figures import HIDDEN, figures_of
from kpis.measures.kept_back import kept_back
from kpis.models import Indicator, IndicatorValue
from kpis.papers.benefits import benefits
from kpis.papers.pack import ZEROES, capacity_in_words, capacity_of
from kpis.papers.sections import referrals_summary, risks
from panels.models import Decision, Meeting, Panel

MOST = 40


def report_facts(authority, board: str, starts_on, ends_on) -> dict:
    """Everything the report says, as JSON; small counts of children hidden, nothing provisional in it."""
    last_day = min(ends_on - clock.ONE_DAY, clock.today())
    facts = {
        "title": f"Report to the {Board(board).label}", "council": authority.name, "note": ZEROES,
        "period": f"{day_in_words(starts_on)} to {day_in_words(last_day)}", "drawn_on": day_in_words(clock.today()),
        "escalations": escalations(authority, board, starts_on), "benefits": benefits(authority),
    }  # fmt: skip
    if board == Board.BENEFITS:
        return facts
    return facts | {
        "meetings": meetings(authority, starts_on, ends_on), "measures": released(authority, starts_on, ends_on),
        "referrals": referrals_summary(authority), "capacity": capacity_in_words(capacity_of(authority)),
        "risks": [row for panel in groups(authority) for row in risks(panel)],
    }  # fmt: skip


def groups(authority):
    """The authority's steering groups."""
    return Panel.objects.filter(authority=authority, kind="steering").order_by("pk")


def meetings(authority, starts_on, ends_on) -> list[dict]:
    """The steering group's meetings of the period, with what each decided; no child's item among them."""
    first, last = clock.moment(starts_on, clock.MIDNIGHT), clock.moment(ends_on, clock.MIDNIGHT)
    held = Meeting.objects.held().filter(panel__in=groups(authority), starts_at__gte=first, starts_at__lt=last)
    held = list(held.select_related("panel").order_by("starts_at")[:MOST])
    agreed = Decision.objects.filter(item__meeting__in=held, item__referral=None, agreed_at__isnull=False)
    said: dict[int, list[str]] = {}
    for decision in agreed.select_related("item").order_by("item__number"):
        said.setdefault(decision.item.meeting_id, []).append(decision.sentence)
    return [{"on": day_in_words(meeting.on), "decisions": said.get(meeting.pk, [])} for meeting in held]


def released(authority, starts_on, ends_on) -> list[dict]:
    """Measures of the period that were validated for release, few children hidden; what is provisional goes to no board."""
    kept = kept_back(authority, hide=True)
    values = IndicatorValue.objects.select_related("definition").order_by("pk")
    indicators = Indicator.objects.filter(
        authority=authority, values__state=ValueState.VALIDATED, values__period_end__gt=starts_on, values__period_start__lt=ends_on
    )
    indicators = indicators.distinct().order_by("name").prefetch_related("definitions", "targets", Prefetch("values", values))
    return [
        {"name": figure.name, "period": figure.label, "value": HIDDEN if figure.hidden else figure.printed}
        for indicator in indicators[:MOST]
        for figure in figures_of(indicator, only_validated=True, kept=kept)
        if figure.ends_on > starts_on and figure.starts_on < ends_on
    ][:MOST]


def escalations(authority, board: str, starts_on) -> list[dict]:
    """What this board was asked to decide and has not, and what it decided since the period began."""
    rows = Escalation.objects.filter(authority=authority, board=board)
    rows = rows.open() | rows.filter(decided_on__gte=starts_on)
    return [
        {
            "what": row.what, "why": row.why, "raised": day_in_words(row.raised_on), "wanted": day_in_words(row.wanted_by),
            "decision": row.decision, "decided": day_in_words(row.decided_on) if row.decided_on else "", "late": row.is_late,
        }
        for row in rows.order_by("raised_at", "pk")[:MOST]
    ]  # fmt: skip
