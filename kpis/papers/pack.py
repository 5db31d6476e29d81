"""The steering-group pack as plain facts, in the order of its agenda; frozen, they are the pack."""

from core import clock
from core.dates import day_in_words
from core.seals import newest_seal, seal_in_words
from kpis.measures.capacity import Capacity
from kpis.measures.period import period_dates
from kpis.measures.recommendations import recommendations
from kpis.measures.rows import finding, rows_for
from kpis.measures.service import HIDDEN
from kpis.papers.benefits import benefits
from kpis.papers.charts import charts_of
from kpis.papers.sections import (
    agenda,
    attendance,
    last_actions,
    last_minutes,
    measures,
    printed,
    referrals_summary,
    risks,
    terms_in_words,
)
from referrals.models import Provision
from referrals.models.board import board, shown_provisions

MOST_ON_SUMMARY, MOST_MEASURES = 4, 6
ZEROES = "Counts of 1 to 5 children are shown as c. Nought is shown."
# Where each part of the pack stands on the agenda, by a word of its item's title.
ITEMS = {
    "minutes": "attendance", "interests": "interest", "terms": "terms", "risks": "risks", "referrals": "referrals",
    "indicators": "contract", "benefits": "benefits", "other": "other business",
}  # fmt: skip


def pack_facts(meeting, commentary: dict | None = None) -> dict:
    """Everything the pack says, as JSON, with small counts of children hidden; `commentary` is what was written of each part."""
    authority, items = meeting.panel.authority, agenda(meeting)
    starts_on, ends_on = period_dates("quarter", clock.today())
    rows = rows_for(authority.pk, starts_on=starts_on, ends_on=ends_on, hide=True)
    return {
        "title": "Steering group pack", "group": str(meeting.panel), "council": authority.name,
        "on": f"{meeting.on:%A} {day_in_words(meeting.on)}", "times": _times(meeting), "venue": meeting.venue,
        "frozen_on": day_in_words(clock.today()), "note": ZEROES,
        "period": f"{day_in_words(starts_on)} to {day_in_words(clock.today())}",
        "agenda": items, "numbers": _numbers(items), "asks": [item for item in items if item["is_ask"]],
        "commentary": commentary or {}, **_business(meeting), **_figures_said(authority, rows, ends_on),
        "referrals": referrals_summary(authority),
        "recommendations": printed(recommendations_of(authority)), "benefits": benefits(authority, provisional=True),
    }  # fmt: skip


def _business(meeting) -> dict:
    """The group's own business: who attends, what was decided and done, its terms and its risks."""
    actions, stand = last_actions(meeting), risks(meeting.panel)
    return {
        "attendance": attendance(meeting), "last_minutes": last_minutes(meeting), "actions": actions,
        "open_actions": [action for action in actions if action["state"] != "Completed"][:MOST_ON_SUMMARY],
        "terms": terms_in_words(meeting), "risks": stand,
        "none_is_red": all(row["rating"] != "R" for risk in stand for row in risk["rows"]),
    }  # fmt: skip


def _figures_said(authority, rows, ends_on) -> dict:
    """What is measured: the finding, the figures of the summary, places, the measures and their charts."""
    capacity = capacity_of(authority)
    bold, rest = finding(rows)
    moving = [row for row in rows if row.variation in {"worse", "better"} or row.rating in {"R", "A"}]
    return {
        "finding": bold, "finding_rest": rest, "figures": _figures(capacity, rows), "capacity": capacity_in_words(capacity),
        "measures": measures(rows), "headlines": measures(moving[:MOST_MEASURES]), "charts": charts_of(rows, authority, ends_on),
    }  # fmt: skip


def _numbers(items: list[dict]) -> dict:
    """The number on the agenda of each part of the pack."""
    return {
        part: item["number"] for part, word in ITEMS.items() for item in items if not item["is_ask"] and word in item["title"].lower()
    }


def _times(meeting) -> str:
    """When it begins and ends: "10:00 to 12:00"."""
    begins = meeting.starts_at.astimezone(clock.LONDON)
    ends = begins + clock.minutes(meeting.lasts_minutes)
    return f"{begins:%H:%M} to {ends:%H:%M}"


def capacity_of(authority) -> Capacity:
    """The authority's outreach and hub, with nobody's reference; who waits is told by the measures, once a quarter."""
    provisions = shown_provisions(Provision.objects.filter(authority=authority))
    return Capacity(board(provisions, names=False), None)


def recommendations_of(authority) -> list:
    """The authority's recommendations, whoever asks; what rests on few children is hidden, and its colour with it."""
    return recommendations(authority=authority, hide=True)


def _figures(capacity: Capacity, rows) -> list[dict]:
    """The four figures of the summary."""
    by_slug = {row.measure.slug: row for row in rows}
    decision, waiting = by_slug["days-to-decision"], by_slug["children-waiting"]
    return [
        {"figure": f"{capacity.drawn.used} of {capacity.drawn.places}", "words": f"places in use, {capacity.free} free"},
        {"figure": decision.value, "words": f"from referral to decision ({_said(decision)})"},
        {"figure": f"£{capacity.drawn.cost:,.0f}", "words": f"this week: {capacity.working}"},
        {"figure": waiting.value, "words": f"waiting or offered a place ({_said(waiting)})"},
    ]


def _said(row) -> str:
    """What a figure was counted from, without a sign that says nothing beside it."""
    return "1 to 5, hidden" if row.count == HIDDEN else row.count


def capacity_in_words(capacity: Capacity) -> dict:
    """The board without references, this week's cost, and the other reading of the hub's price."""
    drawn = capacity.drawn
    return {
        "finding": f"{drawn.used} of {drawn.places} places in use, {capacity.free} free.",
        "weeks": [f"{week.day} {week:%b}" for week in drawn.weeks],
        "now": drawn.weeks.index(drawn.this_week) if drawn.this_week in drawn.weeks else None,
        "groups": [
            {
                "name": group.name, "used": group.used, "places": group.places,
                "rows": [
                    {"name": row.name, "bars": [{"weeks": b.weeks, "words": b.words if b.weeks > 1 else _in_a_week(b.words), "css": b.css} for b in row.bars]}
                    for row in group.rows
                ],
            }
            for group in drawn.groups
        ],
        "costs": [
            {"name": g.name, "used": g.used, "rate": f"£{g.rate or 0:,.0f}", "cost": f"£{g.cost:,.0f}",
             "indicative": not g.is_confirmed, "other": g.other_reading}
            for g in drawn.groups
        ],
        "cost": f"£{drawn.cost:,.0f}",
        "other_cost": f"£{capacity.other_cost:,.0f}" if capacity.other_cost is not None else "",
    }  # fmt: skip


def _in_a_week(words: str) -> str:
    """What a bar of one week has room for: "Free" of "Free from 11 Jan"."""
    return words.partition(" from ")[0].partition(" to ")[0]


def cover_facts(pack, today, version=None, approval=None) -> dict:
    """What the cover says of freezing, approval, circulation and correction, of the newest version or another, on the day it is printed."""
    version = version or pack.version
    correction = version.frozen.get("correction") if version else None
    late = "Made late: its day had passed, so its figures are those of the day it was made." if pack.is_late else ""
    asked = pack.meeting.terms.pack_needs_approval and not pack.is_late
    approved = _approval(pack) if asked or pack.approved_by_id else ""
    if correction:
        approval = approval or pack.corrections.filter(version=version).select_related("answered_by").first()
        approved = approval.said if approval else ""
    return {
        "circulated_on": day_in_words(today), "approved": approved, "late": late, "version": version.number if version else 1,
        "correction": correction, "seal": seal_in_words(newest_seal()),
    }  # fmt: skip


def _approval(pack) -> str:
    """Who approved the first version, or that nobody has."""
    if not pack.approved_by_id:
        return "Not yet approved by the chair."
    return f"Approved by {pack.approved_by.full_name} on {day_in_words(pack.approved_at.astimezone(clock.LONDON).date())}."
