"""The shape of a year of meetings: a pattern that gives dates, and the dates as they are to be."""

from calendar import monthrange
from datetime import date, timedelta

from django import forms

from core.forms import HouseDateField, HouseForm, TextField

MONTHLY, WEEKLY = "month", "weeks"
LAST = "last"
PATTERN = ("repeats", "which", "weekday", "weeks", "first_on")
MOST_ROWS = 53
WEEKDAYS = [("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"), ("4", "Friday")]


def each_month(year: int, which: str, weekday: int) -> list[date]:
    """Take a year, "1" to "4" or "last", and a weekday; give that day of every month."""
    days = []
    for month in range(1, 13):
        first, length = monthrange(year, month)
        falls_on = range(1 + (weekday - first) % 7, length + 1, 7)
        days.append(date(year, month, falls_on[-1] if which == LAST else falls_on[int(which) - 1]))
    return days


def every_so_many_weeks(first_on: date, weeks: int) -> list[date]:
    """Take a first day and a number of weeks; give each such day to the end of its year."""
    last = date(first_on.year, 12, 31)
    return [first_on + timedelta(weeks=n) for n in range(0, (last - first_on).days // 7 + 1, weeks)]


class YearForm(HouseForm):
    """A pattern, a time and a place, and one row for each date: the day, and whether to meet then."""

    repeats = forms.ChoiceField(
        label="How often does it meet?", widget=forms.RadioSelect, initial=MONTHLY,
        choices=[(MONTHLY, "On one weekday of each month"), (WEEKLY, "Every so many weeks")],
    )  # fmt: skip
    which = forms.ChoiceField(
        label="Which one of the month", initial="1",
        choices=[("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), (LAST, "Last")],
    )  # fmt: skip
    weekday = forms.ChoiceField(label="Day of the week", choices=WEEKDAYS, initial="3")
    weeks = forms.IntegerField(
        label="Weeks from one meeting to the next", min_value=1, max_value=26, required=False,
        help_text="Where it meets every so many weeks.",
    )  # fmt: skip
    first_on = HouseDateField(label="First meeting of the year", required=False)
    at = forms.TimeField(
        label="Start time", input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I%p"], initial="10:00",
        help_text="For example, 10:00", widget=forms.TextInput,
        error_messages={"invalid": "Start time must be a time of day, for example 10:00"},
    )  # fmt: skip
    venue = TextField(label="Place or link", max_length=200)

    def __init__(self, *args, year: int, step: str = "agree", **kwargs):
        super().__init__(*args, **kwargs)
        self.year, self.step = year, step
        typed = self.data.get("rows", "") if self.is_bound else ""
        self.row_count = min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
        for number in range(1, self.row_count + 1):
            self.fields[f"on_{number}"] = HouseDateField(
                label=f"Date {number}", help_text="", required=False,
                error_messages={"invalid": f"Date {number} must be a real day, for example 27 3 {year}"},
            )  # fmt: skip
            self.fields[f"keep_{number}"] = forms.BooleanField(label=f"Meet on date {number}", required=False)
            self.fields[f"on_{number}"].widget.attrs["class"] = "govuk-input"
            self.fields[f"keep_{number}"].widget.attrs["class"] = "govuk-checkboxes__input"

    def clean(self):
        """Judge the part that was sent: the pattern, or the dates with their time and place."""
        said = super().clean()
        if self.step == "propose":
            self._let_go([name for name in self.fields if name not in PATTERN])
            self._check_pattern(said)
            return said
        unticked = [n for n in range(1, self.row_count + 1) if not said.get(f"keep_{n}")]
        self._let_go([*PATTERN, *(f"on_{number}" for number in unticked)])
        self._check_dates(said)
        return said

    def _let_go(self, names) -> None:
        """Forget what is wrong with fields that are not being used now; what was typed in them stays."""
        for name in names:
            self.errors.pop(name, None)

    def _check_pattern(self, said) -> None:
        """A month's pattern wants nothing that is not chosen; a pattern of weeks wants both its parts."""
        if said.get("repeats") != WEEKLY:
            self._let_go(["weeks", "first_on"])
            return
        self._let_go(["which", "weekday"])
        if said.get("weeks") is None and "weeks" not in self.errors:
            self.add_error("weeks", "Enter weeks from one meeting to the next")
        if said.get("first_on") is None and "first_on" not in self.errors:
            self.add_error("first_on", "Enter first meeting of the year")
        elif said.get("first_on") and said["first_on"].year != self.year:
            self.add_error("first_on", f"First meeting of the year must be in {self.year}")

    def _check_dates(self, said) -> None:
        """Each ticked row is a day of this year, once."""
        seen = set()
        for number in self.kept_rows(said):
            name, on = f"on_{number}", said.get(f"on_{number}")
            if on is None and name not in self.errors:
                self.add_error(name, f"Enter date {number}, or take its tick away")
            elif on and on.year != self.year:
                self.add_error(name, f"Date {number} must be in {self.year}")
            elif on in seen:
                self.add_error(name, f"Date {number} is there twice")
            seen.add(on)
        if self.step == "agree" and not seen:
            self.add_error(None, "Tick at least one date")

    def kept_rows(self, said) -> list[int]:
        """The numbers of the ticked rows."""
        return [number for number in range(1, self.row_count + 1) if said.get(f"keep_{number}")]

    def days(self) -> list[date]:
        """The ticked days, in order, once the form has been judged."""
        found = [self.cleaned_data.get(f"on_{number}") for number in self.kept_rows(self.cleaned_data)]
        return sorted(day for day in found if day)

    def pattern_days(self) -> list[date]:
        """The days the pattern gives, once it has been judged."""
        said = self.cleaned_data
        if said["repeats"] == WEEKLY:
            return every_so_many_weeks(said["first_on"], said["weeks"])
        return each_month(self.year, said["which"], int(said["weekday"]))

    def with_days(self, days: list[tuple[date, bool]]) -> "YearForm":
        """The same form with everything typed in it, and these days for rows, ticked or not."""
        typed = self.data.copy()
        for name in [name for name in typed if name.startswith(("on_", "keep_"))]:
            del typed[name]
        typed["rows"] = str(len(days))
        for number, (day, ticked) in enumerate(days, 1):
            typed[f"on_{number}"] = f"{day.day} {day:%B} {day.year}"
            if ticked:
                typed[f"keep_{number}"] = "on"
        return YearForm(typed, year=self.year, step="propose")

    def rows(self):
        """Each row's two fields, its number, and its day where one can be read."""
        for number in range(1, self.row_count + 1):
            on = self[f"on_{number}"]
            day = self.cleaned_data.get(f"on_{number}") if hasattr(self, "cleaned_data") else None
            yield {"number": number, "on": on, "keep": self[f"keep_{number}"], "day": day}
