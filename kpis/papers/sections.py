"""The pack's sections, each as plain facts: words and figures ready to be set."""

from dataclasses import asdict

from core import clock
from core.dates import day_in_words
from kpis.measures.child_counts import child_counts
from kpis.measures.service import HIDDEN
from panels.choices import RiskHeading
from panels.models import Action, Meeting, Minutes
from panels.models.room import representatives, standing_delegates


def agenda(meeting) -> list[dict]:
    """The items in order, with who presents and for how long."""
    items = meeting.items.standing().in_order().select_related("presenter")
    return [
        {"number": i.number, "title": i.title, "minutes": i.minutes, "is_ask": i.kind == "report",
         "presenter": i.presenter.job_title or i.presenter.full_name if i.presenter else ""}
        for i in items
    ]  # fmt: skip


def attendance(meeting) -> dict:
    """Each seat with its holder and delegates, and what a quorum needs."""
    always = standing_delegates(meeting)
    return {
        "seats": [
            {
                "letter": seat.letter, "title": seat.title, "holder": seat.holder.full_name,
                "limb": seat.limb, "delegates": ", ".join(p.full_name for p in always.get(seat.letter, [])),
            }
            for seat in representatives(meeting)
        ],
        "quorum": [limb.role for limb in meeting.terms.limbs.order_by("order")],
    }  # fmt: skip


def last_minutes(meeting) -> dict:
    """What the last meeting of this body decided, and where its minutes have got to."""
    rows = Minutes.objects.filter(meeting__panel=meeting.panel, meeting__starts_at__lt=meeting.starts_at)
    minutes = rows.select_related("meeting").order_by("-meeting__starts_at").first()
    if minutes is None:
        return {}
    return {
        "on": day_in_words(minutes.meeting.on), "state": minutes.get_state_display(),
        "decisions": [
            {"key": item.get("key"), "title": item["title"], "decision": item["decision"], "quorum": item["quorum"]}
            for item in minutes.words.get("items", []) if item["decision"]
        ],
    }  # fmt: skip


def last_actions(meeting) -> list[dict]:
    """Actions of this body that are open, or were finished since its last meeting."""
    held = Meeting.objects.held().filter(panel=meeting.panel, starts_at__lt=meeting.starts_at)
    last = held.order_by("-starts_at").first()
    rows = Action.objects.filter(item__meeting__panel=meeting.panel, item__referral=None)
    rows = rows.exclude(done_at__lt=last.starts_at) if last else rows
    today = clock.today()
    return [
        {
            "what": action.what, "who": action.owner_name, "by": day_in_words(action.due_on),
            "state": "Completed" if action.done_at else "Late" if action.due_on < today else "In progress",
        }
        for action in rows.order_by("done_at", "due_on", "pk")[:30]
    ]  # fmt: skip


def terms_in_words(meeting) -> dict:
    """The terms this meeting is judged by, every clause in our own words."""
    terms = meeting.terms
    return {
        "version": terms.version, "from": day_in_words(terms.in_force_from), "is_example": terms.is_example,
        "clauses": [
            {"number": c.number, "heading": c.heading, "text": c.text} for c in terms.clauses.order_by("order", "pk")
        ],
    }  # fmt: skip


def risks(panel) -> list[dict]:
    """Each of the seven headings, with what stands under it."""
    rows: dict[str, list] = {}
    for risk in panel.risks.filter(closed_on=None).order_by("pk"):
        rows.setdefault(risk.heading, []).append(
            {"text": risk.text, "owner": risk.owner, "rating": risk.rating, "trend": risk.trend,
             "reviewed": day_in_words(risk.reviewed_on)}
        )  # fmt: skip
    return [{"heading": heading.label, "rows": rows.get(heading.value, [])} for heading in RiskHeading]


def referrals_summary(authority) -> list[dict]:
    """Engaged, considered, priorities: counts of children as they were told, 1 to 5 hidden, and no total beside them."""
    return [asdict(line) for line in child_counts(authority, clock.today())]


def measures(rows) -> list[dict]:
    """The service's own measures, one line each, with the months behind them."""
    return [
        {
            "name": row.measure.name, "value": row.value, "count": "1 to 5, hidden" if row.count == HIDDEN else row.count.partition(", Quarter ")[0],
            "when": row.count.partition(", Quarter ")[2].partition(", ")[2], "longest": row.detail,
            "variation": row.variation, "how": row.measure.how,
        }
        for row in rows
    ]  # fmt: skip


def printed(rows) -> list[dict]:
    """Recommendations with their measures as printed, in the facts of a paper."""
    return [
        {
            "number": row.number, "text": row.text, "progress": row.progress,
            "measures": [
                {"name": m.indicator.name, "target": m.target, "flag": m.flag, "latest": m.latest, "rating": m.rating}
                for m in row.measures
            ],
        }
        for row in rows
    ]  # fmt: skip
