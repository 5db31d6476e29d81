"""How often a body meets in a calendar year: what counts towards its number, and what is counted apart."""

from panels.choices import MeetingKind, MeetingStatus

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
