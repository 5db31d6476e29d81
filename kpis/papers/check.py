"""The machine's own look at a pack before it leaves: no small count of children may stand in it."""

import re
from collections.abc import Iterator

NUMBERS = "[1-5]|one|two|three|four|five"
CHILDREN = "child|children|young people|young person|referrals?|decided|placed|waiting|withdrawn|left out"
SMALL = re.compile(rf"(?<![\d.,:£-])\b({NUMBERS})\b (?:of \d+ )?({CHILDREN})\b", re.IGNORECASE)


def small_numbers(facts: dict) -> list[str]:
    """Every place where a pack's facts tell a count of 1 to 5 children, as sentences; none is well."""
    found = [
        f"“{row['what']}” shows {row['children']}, a count of 1 to 5 children."
        for row in facts.get("referrals", [])
        if re.fullmatch("[1-5]", str(row["children"]))
    ]
    for words in _texts({key: value for key, value in facts.items() if key not in OURS}):
        found += small_in(words)
    return found


def small_in(words: str) -> list[str]:
    """Every count of 1 to 5 children that some words tell, as sentences; none is well."""
    return [f"“{match[0]}” is a count of 1 to 5 children." for match in SMALL.finditer(words)]


# The council's own words: rules, targets and published figures, which count no child here.
OURS = {"terms", "recommendations", "agenda", "attendance", "asks", "note"}


def _texts(value) -> Iterator[str]:
    """Every string in some facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
