"""What a list declares: its columns, and the queues it is kept in."""

from collections.abc import Callable
from dataclasses import dataclass

from core.keyset import keys_up_to

COUNTED_TO = 1_000
PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Column:
    """One column: its heading, what an export writes in it, how it sorts, and whether it says who a child is."""

    label: str
    value: Callable
    sort: str = ""
    by: tuple[str, ...] = ()
    numeric: bool = False
    says_who: bool = False


@dataclass(frozen=True)
class Queue:
    """One way of keeping a list by whose work it is; `narrow` takes the rows and the person."""

    key: str
    label: str
    narrow: Callable


def count_up_to(rows, most: int = COUNTED_TO) -> tuple[int, bool]:
    """How many rows there are, counted no further than `most`; and whether there are more. `rows` is a query, or a list's parts."""
    keys = keys_up_to(rows, most + 1) if isinstance(rows, list) else rows.order_by().values("pk")
    found = keys[: most + 1].count()
    return min(found, most), found > most


def counted(rows, noun: str) -> str:
    """Take rows (a query, or a list's parts) and "referral"; give "42 referrals", "1 referral" or "More than 1,000 referrals"."""
    number, is_more = count_up_to(rows) if rows != [] else (0, False)
    one, _, many = noun.partition(",")
    return f"{'More than ' if is_more else ''}{number:,} {one if number == 1 else many or one + 's'}"
