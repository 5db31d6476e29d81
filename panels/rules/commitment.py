"""Commitment: what is asked or agreed for one child, with what was committed before, beside the sums of the terms (003:30, 003:33)."""

from dataclasses import dataclass
from decimal import Decimal

SECTION_17, ASSESSMENT = "section 17", "assessment"


@dataclass(frozen=True)
class Commitment:
    """One sum as the rules read it, in pounds: a request before a panel, or what a decision would agree to."""

    kind: str
    amount: Decimal | None = None  # the whole forward commitment, to its end or review; None where none was said
    before: Decimal = Decimal(0)  # committed before, to the child or the family as the terms count
    limit: Decimal | None = None  # more than this is the panel's; None where the terms are silent
    national_rate: Decimal | None = None
    above_because: str = ""
    must_say: bool = False  # whether a thing of this kind says its sum

    @property
    def whole(self) -> Decimal:
        """What is held against the limit: for section 17 with what was committed before, otherwise the single request."""
        return (self.amount or Decimal(0)) + (self.before if self.kind == SECTION_17 else Decimal(0))

    @property
    def is_over(self) -> bool:
        """Whether it is more than the terms' sum; where they are silent, nothing is."""
        return self.limit is not None and self.whole > self.limit

    @property
    def is_above_rate(self) -> bool:
        """Whether an assessment costs more than the national rate on file."""
        rate = self.national_rate
        return self.kind == ASSESSMENT and rate is not None and self.amount is not None and self.amount > rate


def why_not_commit(asked: Commitment) -> list[str]:
    """REM-1. What asks for money, and what agrees to it, says the whole of what it commits."""
    return ["Say what it costs, and until when."] if asked.must_say and asked.amount is None else []


def why_not_section_17(asked: Commitment) -> list[str]:
    """REM-2. The panel authorises section 17 help whose total commitment is over the terms' sum."""
    if asked.kind != SECTION_17 or asked.limit is None or asked.is_over or asked.amount is None:
        return []
    return [f"The whole commitment is {pounds(asked.whole)}, and the panel authorises more than {pounds(asked.limit)}: a manager can agree it."]


def why_not_assess(asked: Commitment) -> list[str]:
    """REM-3. The panel funds a specialist assessment that is expected to cost more than the terms' sum."""
    if asked.kind != ASSESSMENT or asked.limit is None or asked.is_over or asked.amount is None:
        return []
    return [f"It costs {pounds(asked.amount)}, and the panel funds those over {pounds(asked.limit)}: a manager can agree it."]


def why_not_pay_above(asked: Commitment) -> list[str]:
    """REM-4. A cost above the national rate says why, for the chair to accept."""
    if not asked.is_above_rate or asked.above_because.strip():
        return []
    return [f"The national rate on file is {pounds(asked.national_rate)}: say why it costs more."]


def commitment_words(asked: Commitment) -> str:
    """The sum with what was committed before, beside the limit; nothing where the kind has none."""
    if asked.limit is None or asked.amount is None:
        return ""
    before = f" with {pounds(asked.before)} committed before" if asked.kind == SECTION_17 and asked.before else ""
    told = f"{pounds(asked.whole)} in all{before}:"
    if asked.is_over:
        return f"{told} more than {pounds(asked.limit)}, so it is the panel’s to authorise."
    return f"{told} not more than {pounds(asked.limit)}, so it need not have come to the panel."


def pounds(amount: Decimal) -> str:
    """A sum as people read it: whole pounds without pence."""
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"
