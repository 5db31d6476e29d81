"""Three years' statutory returns of invented children, imported as a council imports its own."""

import random
from datetime import date, timedelta

from core import clock
from core.roles import Role
from kpis.actions.imports import Sent, begin_import, check_import, confirm_import, store_import

CHILDREN, YEARS = 140, 3
HEADS = {
    "Header": "CHILD,SEX,DOB", "Episodes": "CHILD,DECOM,RNE,LS,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,PL_POST,URN",
    "OC2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON", "OC3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", "Missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}  # fmt: skip


def tell(borough, today: date) -> None:
    """The head of service has the returns of the last three years imported, the summer after the last."""
    last = date(today.year if today > date(today.year, 7, 1) else today.year - 1, 3, 31)
    by = borough.hos.acting_as(Role.HEAD_OF_SERVICE)
    with clock.held_at(last + timedelta(days=80)):
        sent = [Sent(f"{name} {year}.csv", len(text), text.encode) for (name, year), text in _files(last).items()]
        batch = begin_import(borough.authority, kind="ssda903", sent=sent, by=by)
        check_import(batch.reference)
        confirm_import(batch, by=by)
        store_import(batch.reference)


def _files(last: date) -> dict[tuple[str, int], str]:
    """Each year's five files."""
    drawn = random.Random(903)
    years = [date(last.year - back, 3, 31) for back in reversed(range(YEARS))]
    rows: dict[tuple[str, int], list[str]] = {(name, year.year): [head] for name, head in HEADS.items() for year in years}
    for number in range(CHILDREN):
        _a_child(rows, f"A{1000 + number}", years, drawn)
    return {key: "\n".join(lines) + "\n" for key, lines in rows.items() if len(lines) > 1}


def _a_child(rows, code: str, years: list[date], drawn: random.Random) -> None:
    """One child's rows in each year in which they were looked after, or left care."""
    born = years[-1] - timedelta(days=drawn.randrange(4 * 365, 21 * 365))
    stays = _stays(born, years, drawn)
    score = drawn.randrange(4, 27)
    for year in years:
        first = date(year.year - 1, 4, 1)
        held = [stay for stay in stays if stay[0] <= year and (stay[1] is None or stay[1] >= first)]
        score = min(max(score + drawn.randrange(-5, 5), 0), 40)
        if held:
            _in_care(rows, code, born, held, year, score if drawn.random() < 0.85 else None, drawn)
        elif (year - born).days // 365 in range(17, 22):
            said = drawn.choices(["YES", "NO", "REFU"], [90, 6, 4])[0]
            rows["OC3", year.year].append(f"{code},{_day(born)},{said},{drawn.choice(['F1', 'F2', 'F4', 'P5', 'G4', 'G5'])},{drawn.choice(['U1', 'U1', 'D1', 'Z1', 'K1', 'B2'])}")


def _stays(born: date, years: list[date], drawn: random.Random) -> list[tuple]:
    """A child's placements one after another: from, to, why it began, and where."""
    began = max(born + timedelta(days=200), years[0] - timedelta(days=drawn.randrange(100, 2_400)))
    found, reason = [], "S"
    adult = born + timedelta(days=18 * 365)
    while began < min(years[-1], adult):
        lasts = drawn.choices([drawn.randrange(20, 120), drawn.randrange(200, 700), drawn.randrange(900, 2_500)], [25, 35, 40])[0]
        ends = min(began + timedelta(days=lasts), adult)
        found.append((began, ends if ends <= years[-1] else None, reason, drawn.choice(["U6", "U6", "U6", "U1", "K2", "Q1"]), drawn.randrange(100, 180)))
        began, reason = ends, drawn.choice(["P", "P", "P", "T"])
    return found


def _in_care(rows, code, born, held, year, score, drawn) -> None:
    """One child's rows in one year's files."""
    rows["Header", year.year].append(f"{code},{drawn.choice('12')},{_day(born)}")
    for began, ends, reason, place, home in held:
        closed = _day(ends) if ends and ends <= year else ""
        change = drawn.choice(["CARPL", "CARPL", "CREQB", "LAREQ"]) if closed else ""
        rows["Episodes", year.year].append(f"{code},{_day(began)},{reason},C2,{place},PR1,{closed},{'X1' if closed else ''},{change},,SC{home}")
    rows["OC2", year.year].append(f"{code},{_day(born)},{'' if score is None else score},{'SDQ2' if score is None else ''}")
    if drawn.random() < 0.12:
        start = year - timedelta(days=drawn.randrange(10, 300))
        rows["Missing", year.year].append(f"{code},{_day(born)},M,{_day(start)},{_day(start + timedelta(days=1))}")


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"
