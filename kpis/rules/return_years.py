"""Which year a file is about, as its name says it."""

import re
from datetime import date

TWO_YEARS = re.compile(r"(?<!\d)(?:20)?(\d\d)[-_ /]?(?:20)?(\d\d)(?!\d)")
ONE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def year_end_in(name: str) -> date | None:
    """Give the 31 March that ends the year in a file's name ("2018-19", "1819", "2019"), or None where it says none.

    A name with two different years says none.
    """
    stem = re.sub(r"903", " ", name.rsplit(".", 1)[0])
    ends = {int(f"20{last}") for first, last in TWO_YEARS.findall(stem) if (int(first) + 1) % 100 == int(last)}
    ends = ends or {int(year) for year in ONE_YEAR.findall(stem)}
    return date(ends.pop(), 3, 31) if len(ends) == 1 else None
