"""Remit: what a resources panel asks of a request for money, by its kind."""

from dataclasses import dataclass
from decimal import Decimal

SECTION_17, ASSESSMENT, JOINT = "section 17", "assessment", "joint"
EXPLORES = ("accommodation", "placement")
WAYS = ("universal services", "family support", "a family group conference")


@dataclass(frozen=True)
class Limits:
    """The sums of one body's terms; None where they are silent."""

    section_17: Decimal | None = None
    assessment: Decimal | None = None


@dataclass(frozen=True)
class Ask:
    """One request: its kind, what it would commit, and what its kind asks beside."""

    kind: str
    commitment: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    national_rate: Decimal | None = None
    above_rate_because: str = ""
    explored: tuple[str, ...] = ()  # of WAYS, in their order: "tried", "unsuitable", "not yet" or ""
    explored_words: str = ""


def why_not_ask(ask: Ask, limits: Limits) -> list[str]:
    """REM-1. A request for money says what it commits."""
    reasons = [] if ask.commitment > 0 or ask.kind in {*EXPLORES, JOINT} else ["Say what it costs, and until when."]
    return (
        reasons + why_not_section_17(ask, limits.section_17) + why_not_assess(ask, limits.assessment)
        + why_not_pay_above(ask) + why_not_accommodate(ask)
    )  # fmt: skip


def why_not_section_17(ask: Ask, limit: Decimal | None) -> list[str]:
    """REM-2. The panel authorises section 17 help whose total commitment is over the terms' sum."""
    total = ask.commitment + ask.committed
    if ask.kind != SECTION_17 or limit is None or total > limit or not ask.commitment:
        return []
    return [f"The whole commitment is {_pounds(total)}, and the panel authorises more than {_pounds(limit)}: a manager can agree it."]


def why_not_assess(ask: Ask, limit: Decimal | None) -> list[str]:
    """REM-3. The panel funds a specialist assessment that is expected to cost more than the terms' sum."""
    if ask.kind != ASSESSMENT or limit is None or ask.commitment > limit or not ask.commitment:
        return []
    return [f"It costs {_pounds(ask.commitment)}, and the panel funds those over {_pounds(limit)}: a manager can agree it."]


def why_not_pay_above(ask: Ask) -> list[str]:
    """REM-4. A cost above the national rate says why, for the chair to accept."""
    if not is_above_rate(ask) or ask.above_rate_because.strip():
        return []
    return [f"The national rate on file is {_pounds(ask.national_rate)}: say why it costs more."]


def is_above_rate(ask: Ask) -> bool:
    """Whether an assessment costs more than the national rate on file."""
    return ask.kind == ASSESSMENT and ask.national_rate is not None and ask.commitment > ask.national_rate


def why_not_accommodate(ask: Ask) -> list[str]:
    """REM-5. Other ways of helping are explored before a child comes into care."""
    if ask.kind not in EXPLORES:
        return []
    given = dict(zip(WAYS, ask.explored, strict=False))
    open_ways = [way for way in WAYS if given.get(way, "") in {"", "not yet"}]
    if open_ways and not ask.explored_words.strip():
        return [f"Say what came of {way}, or why there is no time." for way in open_ways]
    return []


def why_not_keep(kind: str) -> list[str]:
    """REM-6. Joint and three-way funding goes to the Tripartite group."""
    return ["Joint and three-way funding is for the Tripartite group: send the item there."] if kind == JOINT else []


def _pounds(amount: Decimal) -> str:
    """A sum as people read it."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"
