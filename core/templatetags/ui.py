"""The words and marks every page shares: dates, money, counts, pills, chips and drawings."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core import svg
from core.clock import LONDON
from core.dates import MONTHS, day_in_words
from core.money import pence

register = template.Library()

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# rating: (word, shape, class). The four ratings, what has too little behind it, and checks.
CHIPS = {
    "red": ("Red", "octagon-down", "red"),
    "amber": ("Amber", "triangle", "amber"),
    "green": ("Green", "circle-tick", "green"),
    "complete": ("Complete", "square-tick", "complete"),
    "not_enough_data": ("Not enough data", "dash", "none"),
    "pass": ("Pass", "circle-tick", "green"),
    "check": ("Check", "triangle", "amber"),
    "stop": ("Stop", "octagon-down", "red"),
}
LETTERS = {"r": "red", "a": "amber", "g": "green", "c": "complete", "": "not_enough_data"}
VARIATIONS = {
    "worse": ("Getting worse", "square"),
    "better": ("Improving", "diamond"),
    "same": ("No real change", "circle"),
    "unsaid": ("A real change", "triangle-full"),
}
ASSURANCES = {
    "will_meet": ("Will meet target", "circle-tick"),
    "will_miss": ("Will miss target", "circle-cross"),
    "may_or_may_not": ("May or may not", "circle-wave"),
    "pass": ("Will meet target", "circle-tick"),
    "fail": ("Will miss target", "circle-cross"),
    "inconsistent": ("May or may not", "circle-wave"),
}


def _here(moment: datetime) -> datetime:
    """A moment by the clocks of England; one without a zone is so already."""
    return moment.astimezone(LONDON) if moment.tzinfo else moment


def _as_day(value) -> date | None:
    if isinstance(value, datetime):
        return _here(value).date()
    return value if isinstance(value, date) else None


def _as_time(value) -> time | None:
    if isinstance(value, datetime):
        return _here(value).time()
    return value if isinstance(value, time) else None


@register.filter
def day(value) -> str:
    """Take a date or datetime; give "3 December 2026"."""
    on = _as_day(value)
    return day_in_words(on) if on else ""


@register.filter
def day_month(value) -> str:
    """Take a date or datetime; give "3 December"."""
    on = _as_day(value)
    return f"{on.day} {MONTHS[on.month - 1]}" if on else ""


@register.filter
def day_short(value) -> str:
    """Take a date or datetime; give "3 Dec", for boards and calendar cells."""
    on = _as_day(value)
    return f"{on.day} {MONTHS[on.month - 1][:3]}" if on else ""


@register.filter
def weekday(value) -> str:
    """Take a date or datetime; give "Thursday 3 December 2026"."""
    on = _as_day(value)
    return f"{WEEKDAYS[on.weekday()]} {day(on)}" if on else ""


@register.filter
def weekday_month(value) -> str:
    """Take a date or datetime; give "Thursday 3 December"."""
    on = _as_day(value)
    return f"{WEEKDAYS[on.weekday()]} {day_month(on)}" if on else ""


@register.filter
def month(value) -> str:
    """Take a date; give "October 2026"."""
    on = _as_day(value)
    return f"{MONTHS[on.month - 1]} {on.year}" if on else ""


@register.filter(name="time")
def clock_time(value) -> str:
    """Take a time or datetime; give "2:14pm", "10am", "midday" or "midnight"."""
    at = _as_time(value)
    if at is None:
        return ""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


@register.filter
def day_time(value) -> str:
    """Take a datetime; give "3 December 2026 at 2:14pm"."""
    return f"{day(value)} at {clock_time(value)}" if isinstance(value, datetime) else day(value)


@register.filter
def iso(value) -> str:
    """Take a date, time or datetime; give what a <time datetime> wants."""
    return value.isoformat() if isinstance(value, date | time) else ""


@register.filter
def money(value) -> str:
    """Take pounds; give "£411,840", with pence only when there are some."""
    try:
        amount = pence(Decimal(str(value)))
    except (InvalidOperation, ValueError):
        return ""
    if not amount.is_finite():
        return ""
    sign = "−" if amount < 0 else ""
    text = f"{abs(amount):,.2f}"
    return f"{sign}£{text.removesuffix('.00')}"


@register.filter
def count(number, noun: str) -> str:
    """Take a number and a noun, or "child,children"; give "1 child" or "3 children"."""
    one, _, many = noun.partition(",")
    try:
        amount = int(number)
    except (TypeError, ValueError):
        return f"{number} {many or one + 's'}"
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


@register.filter
def number(value) -> str:
    """Take a whole number; give it with commas."""
    return f"{value:,}" if isinstance(value, int | float | Decimal) else str(value or "")


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """Take the name of a shape; give its drawing, hidden from screen readers."""
    return svg.drawn(name, size)


@register.simple_tag
def mark() -> SafeString:
    """Give the path mark."""
    return svg.MARK


@register.simple_tag
def rising_path(done: int, steps: int) -> SafeString:
    """Take how many steps are done; give the rising path, which only repeats the words by it."""
    return svg.rising_path(done, steps)


SAYS = {"day": day, "month": day_month, "short": day_short, "weekday": weekday}


@register.simple_tag(name="when")
def when_tag(value, form: str = "day") -> SafeString:
    """Take a date; give a <time> that never breaks between day and month."""
    return mark_safe(f'<time class="nowrap" datetime="{iso(value)}">{SAYS.get(form, day)(value)}</time>')  # figures and months alone, whatever was given


@register.simple_tag
def pill(label, tone: str = "plain") -> SafeString:
    """Take a status's words and its tone; draw the status tag."""
    return _pill(str(label), tone or "plain")


@lru_cache(maxsize=512, typed=True)  # words that are marked safe are not the same words
def _pill(label: str, tone: str) -> SafeString:
    """Drawn once for the same words and tone: a list has fifty."""
    return render_to_string("components/pill.html", {"label": label, "tone": tone})


@lru_cache(maxsize=512, typed=True)  # words that are marked safe are not the same words
def _drawn(template: str, word: str, shape: str, kind: str) -> SafeString:
    """A rating or a mark, drawn once for the same words: a table of figures has a hundred."""
    return render_to_string(template, {"word": word, "shape": shape, "tone": kind, "kind": kind})


@register.simple_tag
def rag_chip(rating: str, word: str = "") -> SafeString:
    """Take a rating and, if it is not the usual one, its word; draw shape, word and colour."""
    key = str(rating or "").lower()
    usual, shape, tone = CHIPS.get(LETTERS.get(key, key), (str(rating), "dash", "none"))
    return _drawn("components/rag.html", word or usual, shape, tone)


@register.simple_tag
def variation_mark(kind: str, word: str = "") -> SafeString:
    """Take "worse", "better" or "same"; draw the mark and its word."""
    usual, shape = VARIATIONS.get(kind, (str(kind), "ring"))
    return _drawn("components/variation.html", word or usual, shape, str(kind))


@register.simple_tag
def assurance_mark(kind: str, word: str = "") -> SafeString:
    """Take "will_meet", "will_miss" or "may_or_may_not"; draw the mark and its word."""
    usual, shape = ASSURANCES.get(kind, (str(kind), "ring"))
    return _drawn("components/variation.html", word or usual, shape, "assurance")


@register.simple_tag
def sparkline(points, kind: str = "same"):
    """Take numbers, the oldest first, and "worse", "better" or "same"; draw their line."""
    return svg.sparkline(points, kind or "same")


@register.inclusion_tag("components/reasons.html")
def reasons(why_not, heading: str = "") -> dict:
    """Take the sentences a rule gave; draw them as a list of what stands in the way."""
    return {"reasons": list(why_not or []), "heading": heading}
