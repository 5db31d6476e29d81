"""The steering-group pack as plain facts, in the order of its agenda; frozen, they are the pack."""

from core import clock
from core.dates import day_in_words
from kpis.measures.capacity import Capacity, waiting_now
from kpis.measures.period import period_dates
from kpis.measures.recommendations import recommendations
from kpis.measures.rows import finding, rows_for
from kpis.papers.sections import (
    agenda,
    attendance,
    benefits,
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

MOST_ON_SUMMARY = 5
ZEROES = "Counts of 1 to 5 children are shown as c. Nought is shown."


def pack_facts(meeting) -> dict:
    """Everything the pack says, as JSON, with small counts of children hidden."""
    authority = meeting.panel.authority
    starts_on, ends_on = period_dates("quarter", clock.today())
    rows = rows_for(authority.pk, starts_on=starts_on, ends_on=ends_on, hide=True)
    capacity = capacity_of(authority)
    bold, rest = finding(rows)
    actions = last_actions(meeting)
    return {
        "title": "Steering group pack", "group": str(meeting.panel), "council": authority.name,
        "on": f"{meeting.on:%A} {day_in_words(meeting.on)}", "times": _times(meeting), "venue": meeting.venue,
        "frozen_on": day_in_words(clock.today()), "note": ZEROES, "finding": bold, "finding_rest": rest,
        "period": f"{day_in_words(starts_on)} to {day_in_words(clock.today())}",
        "figures": _figures(capacity, rows), "agenda": agenda(meeting), "attendance": attendance(meeting),
        "asks": [item for item in agenda(meeting) if item["is_ask"]],
        "last_minutes": last_minutes(meeting), "actions": actions,
        "open_actions": [action for action in actions if action["state"] != "Completed"][:MOST_ON_SUMMARY], "terms": terms_in_words(meeting),
        "risks": risks(meeting.panel), "referrals": referrals_summary(authority, starts_on, ends_on),
        "capacity": capacity_in_words(capacity), "measures": measures(rows),
        "recommendations": printed(recommendations_of(authority)), "benefits": benefits(authority),
    }  # fmt: skip


def _times(meeting) -> str:
    """When it begins and ends: "10:00 to 12:00"."""
    begins = meeting.starts_at.astimezone(clock.LONDON)
    ends = begins + clock.minutes(meeting.lasts_minutes)
    return f"{begins:%H:%M} to {ends:%H:%M}"


def capacity_of(authority) -> Capacity:
    """The authority's outreach and hub, with nobody's reference and few children hidden."""
    provisions = shown_provisions(Provision.objects.filter(authority=authority))
    return Capacity(board(provisions, names=False), waiting_now(provisions, hide=True))


def recommendations_of(authority) -> list:
    """The authority's recommendations, whoever asks."""
    return recommendations(authority=authority)


def _figures(capacity: Capacity, rows) -> list[dict]:
    """The four figures of the summary."""
    by_slug = {row.measure.slug: row for row in rows}
    decision = by_slug["days-to-decision"]
    return [
        {"figure": f"{capacity.drawn.used} of {capacity.drawn.places}", "words": f"places in use, {capacity.free} free"},
        {"figure": decision.value, "words": f"from referral to decision, {decision.count}"},
        {"figure": f"£{capacity.drawn.cost:,.0f}", "words": f"this week: {capacity.working}"},
        {"figure": capacity.shown_waiting, "words": "children waiting or offered a place"},
    ]


def capacity_in_words(capacity: Capacity) -> dict:
    """The board without references, this week's cost, and the other reading of the hub's price."""
    drawn = capacity.drawn
    return {
        "weeks": [f"{week.day} {week:%b}" for week in drawn.weeks],
        "now": drawn.weeks.index(drawn.this_week) if drawn.this_week in drawn.weeks else None,
        "groups": [
            {
                "name": group.name, "used": group.used, "places": group.places,
                "rows": [
                    {"name": row.name, "bars": [{"weeks": b.weeks, "words": b.words, "css": b.css} for b in row.bars]}
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


def cover_facts(pack, today) -> dict:
    """What the cover says of freezing, approval and circulation, on the day it is printed."""
    approved = (
        f"Approved by {pack.approved_by.full_name} on {day_in_words(pack.approved_at.astimezone(clock.LONDON).date())}."
        if pack.approved_by_id
        else "Not yet approved by the chair."
    )
    late = "Made late: its day had passed, so its figures are those of the day it was made." if pack.is_late else ""
    asked = pack.meeting.terms.pack_needs_approval and not pack.is_late
    return {"circulated_on": day_in_words(today), "approved": approved if asked or pack.approved_by_id else "", "late": late}
