"""Homes: the kinds there are, why one ended, how long one lasted, and what came of a move."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.dates import day_in_words, months_after
from core.figures import average, percentage
from core.rules import FieldReason
from referrals.rules.capacity import Stay

KINDS = {
    "home": "Parents or family",
    "connected": "Connected carers (family or friends)",
    "foster": "Foster carers",
    "lodgings": "Supported lodgings",
    "one-to-one": "One-to-one carer",
    "pathway": "Pathway carer",
    "adoptive": "Adoptive family",
    "residential": "Children’s home",
    "small group": "Small group home",
    "hub": "Hub assessment bed",
    "property": "Multi-functional property",
    "supported": "Supported accommodation",
    "secure": "Secure children’s home",
    "hospital": "Hospital",
    "other": "Somewhere else",
}
RESIDENTIAL = frozenset({"residential", "small group", "secure"})
FAMILY = frozenset({"home", "connected", "foster", "lodgings", "one-to-one", "pathway", "adoptive"})
# Where a move from a children's home is an outcome of its own (004:515-521, 543-546).
STEPS_TO_FAMILY = {
    "lodgings": "Moved from residential care to supported lodgings",
    "one-to-one": "Moved from residential care to a one-to-one carer",
    "pathway": "Moved from residential care to a pathway carer",
    "foster": "Moved from residential care to foster carers",
    "connected": "Moved from residential care to connected carers",
    "home": "Moved from residential care home to family",
}
# A change of home as the statutory return codes it; what each usually means is ours, and a
# setting can change it ("unplanned placement reasons"). None: the person is asked.
REASONS = {
    "CARPL": ("The care plan moved on", True),
    "CREQB": ("The carer asked, because of behaviour", False),
    "CREQO": ("The carer asked, for another reason", False),
    "CHILD": ("The child asked", False),
    "ALLEG": ("An allegation was made", False),
    "STAND": ("The care was not good enough", False),
    "CLOSE": ("The home closed", False),
    "APPRR": ("The carer’s approval was taken away", False),
    "LAREQ": ("The council asked, for another reason", None),
    "PLACE": ("The provider changed", None),
    "CUSTOD": ("Custody", None),
    "OTHER": ("Another reason", None),
}
UNPLANNED = tuple(code for code, (_, planned) in REASONS.items() if planned is False)
ASKED = tuple(code for code, (_, planned) in REASONS.items() if planned is None)

# A boundary day belongs to the shorter band: a stay of exactly one month is "1 day to 1 month".
BANDS = (
    ("1 day to 1 month", 1),
    ("1 to 6 months", 6),
    ("6 months to 1 year", 12),
    ("More than 1 year", None),
)


def duration_band(starts_on: date, ends_on: date) -> str:
    """Take a home's first day and the day it ended (not in it); give the band of its length (002:511-562).

    Months are calendar months: from 31 January one month is 28 or 29 February. ValueError
    when it does not end after it starts.
    """
    if ends_on <= starts_on:
        raise ValueError("A home ends after it starts.")
    for name, months in BANDS:
        if months is None or ends_on <= months_after(starts_on, months):
            return name
    raise AssertionError("The last band has no end.")


@dataclass(frozen=True)
class Ended:
    """One home that ended without being planned."""

    child: object
    is_internal: bool | None
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class BandRow:
    """One sector's early endings: how many, of how many children, how long, and by band."""

    name: str
    homes: int
    children: int
    average_days: Decimal | None
    bands: Sequence[tuple[str, int, Decimal | None]]


def early_endings(ended: Iterable[Ended]) -> list[BandRow]:
    """Count homes that ended early by own and agency provision and by how long they had lasted."""
    rows = list(ended)
    sectors = [("Own provision", True), ("Agency provision", False), ("All", "all")]
    return [
        _band_row(name, [each for each in rows if sector == "all" or each.is_internal is sector])
        for name, sector in sectors
    ]


def _band_row(name: str, rows: list[Ended]) -> BandRow:
    """One sector's row."""
    bands = [duration_band(each.starts_on, each.ends_on) for each in rows]
    return BandRow(
        name, len(rows), len({each.child for each in rows}),
        average([(each.ends_on - each.starts_on).days for each in rows], 0),
        [(band, n := bands.count(band), percentage(n, len(rows), 1)) for band, _ in BANDS],
    )  # fmt: skip


def is_planned(reason: str, said: bool | None, *, unplanned: Collection[str] = UNPLANNED) -> bool | None:
    """Say whether an ending was planned: as its reason means, or as the person said where it does not say."""
    if reason in unplanned:
        return False
    if reason in ASKED:
        return said
    return reason in REASONS or None


def outcome_of(before: str, after: str, *, instead_of_residential: bool = False) -> str:
    """Give the outcome that a move is, in words, or nothing (004:515-521, 543-546)."""
    if before in RESIDENTIAL and after in STEPS_TO_FAMILY:
        return STEPS_TO_FAMILY[after]
    if instead_of_residential and after not in RESIDENTIAL:
        return f"{KINDS[after]} instead of residential care"
    return ""


def why_not_two_homes(starts_on: date, ends_on: date | None, others: Iterable[tuple[date, date | None]]) -> list[str]:
    """LIV-1. A child lives in one home at a time."""
    if ends_on is not None and ends_on <= starts_on:
        return [FieldReason("ends_on", "A home ends after the day it starts.")]
    new = Stay(starts_on, ends_on)
    clash = sorted(start for start, end in others if new.overlaps(Stay(start, end)))
    if not clash:
        return []
    return [
        FieldReason(
            "starts_on",
            f"The child already has a home in those days, from {day_in_words(clash[0])}. Change its dates first.",
        )
    ]


def why_not_end_home(reason: str, planned: bool | None, *, starts_on: date, on: date, today: date) -> list[str]:
    """LIV-2. A home ends on a day that has come, with its reason, and planned or not where that does not say."""
    reasons = []
    if on <= starts_on:
        reasons.append(FieldReason("on", "A home ends after the day it started."))
    if on > today:
        reasons.append(FieldReason("on", "A move is recorded on the day it happens, or later."))
    if reason not in REASONS:
        reasons.append(FieldReason("ending_reason", "Select why the last home ended."))
    elif planned is None:
        reasons.append(FieldReason("was_planned", "Say whether the ending was planned: this reason alone does not tell."))
    return reasons


def why_not_home(kind: str, *, is_registered: bool | None) -> list[str]:
    """LIV-3. A home that must be registered is recorded with whether it is; where they truly live is never refused."""
    if kind in RESIDENTIAL | {"supported", "hub", "property"} and is_registered is None:
        return [FieldReason("is_registered", "Say whether this home is registered. If it is not, head of service is told.")]
    return []
