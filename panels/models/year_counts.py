"""A body's calendar year: how often it meets, what is counted apart, and how its decisions are classed."""

from django.db.models import Count, Q

from panels.choices import DecisionKind, MeetingKind, MeetingStatus
from panels.models.decision import Decision

GONE = [MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD]


def counts_of(panel, year: int) -> tuple[int, int, int]:
    """Ordinary and emergency meetings; extra ones for development; and those cancelled or not held."""
    rows = panel.meetings.filter(starts_at__year=year)
    extra = rows.filter(kind=MeetingKind.DEVELOPMENTAL).exclude(status__in=GONE).count()
    return panel.meetings.counted(year).count(), extra, rows.filter(status__in=GONE).count()


def year_in_words(panel, year: int, terms) -> dict:
    """Both counts of a year against the number the terms ask for, and why it was let fall below."""
    counted, extra, gone = counts_of(panel, year)
    short = terms.fewest_a_year is not None and counted < terms.fewest_a_year
    over = terms.most_a_year is not None and counted > terms.most_a_year
    rows = panel.meetings.filter(starts_at__year=year, status=MeetingStatus.CANCELLED).select_related("panel")
    cancelled = rows.soonest_first()[:12] if short else []
    return {
        "year": year, "counted": counted, "extra": extra, "gone": gone, "short": short, "over": over,
        "fewest": terms.fewest_a_year, "most": terms.most_a_year,
        "because": [f"{meeting}: {meeting.reason}" for meeting in cancelled],
    }  # fmt: skip


def decided_in(panel, year: int, user) -> dict[str, int]:
    """A body's decisions of a calendar year that this person may see: about permanence, and about a resource (004:3689-3691)."""
    rows = Decision.objects.visible_to(user).filter(panel=panel, year=year)
    about = Q(kind=DecisionKind.PERMANENCE)
    return rows.aggregate(permanence=Count("pk", filter=about), resource=Count("pk", filter=~about))
