"""The service's own measures, counted from its records: each with what it was counted from."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.dates import months_after
from kpis.measures import own_meetings, own_outcomes, own_places, own_quality, own_waits
from kpis.measures.facts import (
    AT_THE_END,
    DAYS_EMPTY,
    DAYS_USED,
    MEAN,
    MIDDLE,
    MONEY,
    NUMBER,
    SHARE,
    SHARE_AT_THE_END,
    Count,
)
from kpis.measures.measure import Measure
from kpis.rules.suppression import suppress

__all__ = ["BY_SLUG", "FEWEST_POINTS", "HIDDEN", "MEASURES", "Count", "Measure", "count_in_words", "months_back", "suppressed"]

HIDDEN = "c"
FEWEST_POINTS = 6
ALL = Decimal(100)

SENT = "Counted in calendar days from the day the social worker first sent the referral"
MIDDLE_IS_SHOWN = "The middle value is shown."
USED = "Days on which a {} was in use, over days on which a {} was open, to the end of today."
_WAITS = [
    Measure("days-to-decision", "Days from referral to decision", "days", "low", "decided", True,
            f"{SENT} to the day the chair agreed. The middle value is shown; withdrawn referrals are left out "
            "and counted in “of”.", own_waits.decided, MIDDLE, children="decided"),
    Measure("days-to-sign-off", "Days from referral to last signature", "days", "low", "signed", True,
            f"{SENT} to the day of the last signature that stands. {MIDDLE_IS_SHOWN}", own_waits.signed, MIDDLE),
    Measure("days-signed-to-decision", "Days from last signature to decision", "days", "low", "decided", True,
            f"Calendar days from the day the signed referral was sent on to the day the chair agreed. {MIDDLE_IS_SHOWN}",
            own_waits.signed_to_decided, MIDDLE, children="decided"),
    Measure("days-decision-to-place", "Days from decision to place", "days", "low", "placed", True,
            "Calendar days from the day the chair agreed to the first day of the stay; a start in an emergency, decided "
            f"afterwards, is left out. {MIDDLE_IS_SHOWN}", own_waits.decided_to_placed, MIDDLE, children="placed"),
    Measure("days-to-place", "Days from referral to place", "days", "low", "placed", True,
            f"{SENT} to the first day of the stay. {MIDDLE_IS_SHOWN}", own_waits.placed, MIDDLE, goal="days-to-place", children="placed"),
    Measure("children-waiting", "Children waiting", "children", "low", "waiting", True,
            "Children who waited for a place, or had one offered, at the end of the period.", own_waits.waiting, AT_THE_END),
]  # fmt: skip
_PLACES = [
    Measure("outreach-occupancy", "Outreach places in use", "%", "high", "place-days", False, USED.format("place", "place"),
            own_places.places_and_stays, DAYS_USED, "places", "outreach", goal="outreach-in-use"),
    Measure("hub-occupancy", "Hub assessment beds in use", "%", "high", "place-days", False, USED.format("bed", "bed"),
            own_places.places_and_stays, DAYS_USED, "places", "hub", goal="beds-in-use"),
    Measure("rooms-occupancy", "Rooms of the properties in use", "%", "high", "place-days", False, USED.format("room", "room"),
            own_places.places_and_stays, DAYS_USED, "places", "properties", goal="rooms-in-use"),
    Measure("empty-days", "Days that places stood empty", "days", "low", "place-days", False,
            "Days on which a place was open and nobody was in it, over days on which a place was open, to the end of today.",
            own_places.places_and_stays, DAYS_EMPTY, "places"),
]  # fmt: skip
_MEETINGS = [
    Measure("quorate-decisions", "Steering group decisions with a quorum", "%", "high", "decisions", False,
            "Decisions kept with the quorum as it was when they were taken.", own_meetings.quorate, SHARE, "meetings", target=ALL,
            is_by_service=False),
    Measure("notice-in-time", "Steering group notices in time", "%", "high", "notices", False,
            "Representatives of each meeting on whom notice of its day was served by the last day the terms allow, and did not come back.", own_meetings.notices, SHARE, "meetings",
            target=ALL, is_by_service=False),
    Measure("papers-in-time", "Papers circulated in time", "%", "high", "meetings", False,
            "Meetings held, of every panel, whose papers were circulated by the day its terms set.", own_meetings.papers, SHARE,
            "meetings", target=ALL, is_by_service=False),
    Measure("actions-overdue", "Actions overdue", "actions", "low", "overdue", False,
            "Actions agreed at meetings whose day had passed and that were not done, at the end of the period.", own_meetings.actions,
            AT_THE_END, "meetings", is_by_service=False),
    Measure("decisions-agreed", "Decisions that agree to something", "%", None, "decisions", True,
            "Decisions of panels on referrals, deferred ones and those sent on among them, of which something was agreed to: "
            "in full, with conditions or in part.", own_meetings.decisions, SHARE, "meetings"),
]  # fmt: skip
_OUTCOMES = [
    Measure("ended-as-planned", "Support that ended as planned", "%", "high", "stays", True,
            "Of stays that ended, those that did not end before their planned day.", own_outcomes.endings, SHARE, "outcomes",
            goal="ended-as-planned", children="ended"),
    Measure("goals-reached", "Goals reached", "%", "high", "endings", True,
            "Of endings that say whether the goal of the referral was reached, those that say yes. “Partly” is not counted.",
            own_outcomes.goals, SHARE, "outcomes", children="ended"),
    Measure("homes-ended-early", "Homes that ended unplanned", "%", "low", "homes that ended", True,
            "Of homes that ended for children who are or were supported, those that ended without being planned.",
            own_outcomes.homes_ended, SHARE, "outcomes", is_by_service=False),
    Measure("three-or-more-homes", "Three or more homes in 12 months", "%", "low", "children", True,
            "Of children supported at the end of the period, those who had three homes or more in the 12 months to then. The "
            "periods overlap, so the line has no limits.", own_outcomes.many_homes, SHARE_AT_THE_END, "outcomes", is_rolling=True,
            is_by_service=False, children="supported"),
    Measure("sdq-lower", "SDQ scores lower than the one before", "%", "high", "pairs of scores", True,
            "Of SDQ scores with one before by the same kind of person, those that are lower, which is better.",
            own_outcomes.moved_scores, SHARE, "outcomes", is_by_service=False),
    Measure("sdq-coverage", "Children with an SDQ score", "%", "high", "children", True,
            "Of children supported at the end of the period, those with a score in the 12 months to then. It says how far “SDQ "
            "scores lower” can be trusted. The periods overlap, so the line has no limits.", own_outcomes.scored, SHARE_AT_THE_END,
            "outcomes", is_rolling=True, is_by_service=False, children="supported"),
]  # fmt: skip
_QUALITY = [
    Measure("marks", "What young people and carers say", "of 5", "high", "answers", True,
            "The mean of the marks from 1 to 5 that were given, to the nearest half.", own_quality.marks, MEAN, "quality",
            is_by_service=False),
    Measure("complaints", "Complaints", "complaints", "low", "complaints", True,
            "Complaints about services that were received.", own_quality.complaints, NUMBER, "quality", is_by_service=False),
    Measure("complaints-in-time", "Complaints answered in time", "%", "high", "answers due", True,
            "Of complaints and incidents whose answer was due, those that were answered by their day.", own_quality.answers, SHARE,
            "quality", target=ALL, is_by_service=False),
    Measure("spend-of-budget", "Spend against budget", "%", None, "pounds", False,
            "What was paid for quarters that ended in the period, over the part of confirmed budgets that falls in it, by days. "
            "What is held back, and what is not paid yet, is not in it.", own_quality.spend, MONEY, "money", is_by_service=False,
            is_by_quarter=True),
]  # fmt: skip
MEASURES = [*_WAITS, *_PLACES, *_MEETINGS, *_OUTCOMES, *_QUALITY]
BY_SLUG = {measure.slug: measure for measure in MEASURES}


@lru_cache(maxsize=256)
def months_back(until: date, how_many: int = 13) -> tuple[tuple[date, date], ...]:
    """The months up to the one that a day is in, the oldest first, as first days and the next first days."""
    first = until.replace(day=1)
    starts = [months_after(first, -back) for back in range(how_many - 1, -1, -1)]
    return tuple((start, months_after(start, 1)) for start in starts)


def count_in_words(count: Count, measure, *, hide: bool) -> str:
    """ "24 of 25 decided"; with 1 to 5 children hidden, "24 decided, c left out", which gives no total."""
    if not (hide and measure.counts_children):
        return f"{count.numerator:,} of {count.denominator:,} {measure.counts}"
    counted, left_out = suppressed([count.numerator, count.denominator - count.numerator])
    return f"{counted} {measure.counts}" + (f", {left_out} left out" if left_out != "0" else "")


def suppressed(counts: list[int]) -> list[str]:
    """Counts of children in words, 1 to 5 of them hidden, for a reader who is shown no total."""
    return [HIDDEN if cell is None else f"{cell:,}" for cell in (suppress([n]).cells[0] for n in counts)]
