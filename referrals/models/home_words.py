"""A home in words: whom it is for, and what stands behind its quality."""


def covers(row, day) -> bool:
    """Whether a dated row holds on a day; its last day is exclusive."""
    return row.from_on <= day and (row.until_on is None or day < row.until_on)


def home_words(home, today) -> str:
    """A home in words: whom it is for, and what stands behind its quality."""
    in_force = [r for r in home.registrations.all() if r.from_on <= today and (r.until_on is None or today < r.until_on)]
    if in_force:
        said = "application accepted" if all(r.is_application for r in in_force) else "registered"
        said += ", under-16s too" if any(r.covers_under_16 for r in in_force) else ", not for under-16s"
    else:
        said = "not registered: nobody under 18 can be placed"
    marks = [m for m in home.kite_marks.all() if m.from_on <= today and (m.until_on is None or today < m.until_on)]
    mark = f", {marks[0].name}" if marks and not in_force else ""
    ages = "16 and 17" if home.lowest_age >= 16 else f"{home.lowest_age} to {home.highest_age}"
    return f"{home.name}: ages {ages}, {said}{mark}"
