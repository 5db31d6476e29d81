"""GOV.UK's list of bank holidays, as its JSON has it."""

import json
from dataclasses import dataclass
from datetime import date

from kpis.rules.file_rows import Problem

DIVISION = "england-and-wales"
WHOLE = "The whole file"
MOST_NAME = 120
FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Holiday:
    """One bank holiday: its day and what it is called."""

    on: date
    name: str


def read_holidays(raw: bytes, name: str, problems: list[Problem]) -> list[Holiday]:
    """Give England and Wales's holidays out of the list, in order; what is wrong with it goes to `problems`."""
    events = _events(raw, name, problems)
    found: dict[date, Holiday] = {}
    for number, event in enumerate(events, 1):
        holiday = _holiday(event, number, name, problems)
        if holiday and holiday.on in found:
            problems.append(Problem(name, number, "date", f"Event {number} of the list is on the same day as an earlier one."))
        elif holiday:
            found[holiday.on] = holiday
    return [found[on] for on in sorted(found)]


def _events(raw: bytes, name: str, problems: list[Problem]) -> list:
    """The events of England and Wales in the list; what is wrong with it goes to `problems`."""
    try:
        said = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.append(Problem(name, 1, WHOLE, "This is not text in UTF-8, as GOV.UK gives it."))
        return []
    except json.JSONDecodeError as error:
        problems.append(Problem(name, error.lineno, f"Character {error.colno}", "The list breaks off or is not JSON here."))
        return []
    except RecursionError:
        problems.append(Problem(name, 1, WHOLE, "The list is nested too deeply to be GOV.UK’s."))
        return []
    division = said.get(DIVISION) if isinstance(said, dict) else None
    events = division.get("events") if isinstance(division, dict) else None
    if isinstance(events, list) and events:
        return events
    problems.append(Problem(name, 1, DIVISION, "The list has no “england-and-wales” with its “events”."))
    return []


def _holiday(event, number: int, name: str, problems: list[Problem]) -> Holiday | None:
    """One event of the list; its line is its number in the list."""
    title, on = (event.get("title"), event.get("date")) if isinstance(event, dict) else (None, None)
    if not isinstance(title, str) or not title.strip() or len(title) > MOST_NAME or "\x00" in title:
        problems.append(Problem(name, number, "title", f"Event {number} of the list has no title of 1 to {MOST_NAME} characters."))
        return None
    try:
        day = date.fromisoformat(on) if isinstance(on, str) else None
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        problems.append(Problem(name, number, "date", f"Event {number} of the list has no date written as 2026-12-25."))
        return None
    return Holiday(day, title.strip())
