"""How a goal is measured: ours and the peer by turns, in rounds, as a ratio; never milliseconds alone."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

# The quick run makes fewer rounds of what takes long, to end in three minutes; each line says how many.
IS_QUICK = bool(os.environ.get("BENCH_QUICK"))
ROUNDS = 5


@dataclass(frozen=True)
class Result:
    """One line of the table: a goal, what was compared, the ratios of its rounds, and whether they are as they should be."""

    goal: str
    what: str
    ratios: list[float]
    n: int
    limit: float
    at_least: bool = False
    note: str = ""
    unit: str = "x"
    facts: dict = field(default_factory=dict)

    @property
    def middle(self) -> float:
        """The median of the rounds, which is what is judged."""
        return median(self.ratios)

    @property
    def passes(self) -> bool:
        """Whether the median keeps the limit."""
        return self.middle >= self.limit if self.at_least else self.middle <= self.limit

    def cells(self) -> list[str]:
        """The line as the table prints it."""
        low, high = min(self.ratios), max(self.ratios)
        sign = "≥" if self.at_least else "≤"
        return [
            self.goal, self.what, str(len(self.ratios)), f"{self.middle:.2f}", f"{low:.2f} to {high:.2f}", str(self.n),
            f"{sign} {self.limit:g} {self.unit}".strip(), "pass" if self.passes else "MISS", self.note,
        ]  # fmt: skip


def took(look: Callable) -> float:
    """The seconds that one call takes."""
    began = time.perf_counter()
    look()
    return time.perf_counter() - began


def percentile(seconds: list[float], share: float) -> float:
    """The value that a share of them do not pass."""
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def by_turns(ours: Callable, peer: Callable, *, n: int, rounds: int = ROUNDS, share: float = 0.5) -> tuple[list[float], list[float]]:
    """Call ours and the peer by turns, n times a round after a round to warm up; give each round's percentile of ours, and of the peer's."""
    mine, theirs = [], []
    for nth in range(rounds + 1):
        a, b = [], []
        for _ in range(n if nth else max(n // 4, 1)):
            a.append(took(ours))
            b.append(took(peer))
        if nth:
            mine.append(percentile(a, share))
            theirs.append(percentile(b, share))
    return mine, theirs


def ratios(ours: Callable, peer: Callable, **how) -> list[float]:
    """Each round's ratio of ours to the peer's."""
    mine, theirs = by_turns(ours, peer, **how)
    return [a / b for a, b in zip(mine, theirs, strict=True)]
