"""Rows of the two great lists as they are drawn: every cell decided here, and filled into one fragment row after row."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.filled import filled
from core.templatetags.ui import icon, pill, when_tag

PICK = '<input class="pick" type="checkbox" name="pick" value="{0}" form="several" aria-label="Tick {0}"> '


def referral_rows(rows: Iterable) -> SafeString:
    """Referrals that were prepared for their list."""
    return filled("referrals/referral_row.html", (_referral(row) for row in rows))


def _referral(row) -> dict:
    return {
        "reference": row.reference, "pick": format_html(PICK, row.reference) if row.may_pick else "",
        "child": row.child_line, "ask": row.ask_sentence, "priority": row.band_word, "status": pill(row.shown.label, row.shown.tone),
        "next": format_html("<strong>{}</strong>", row.next_shown) if row.is_late else row.next_shown,
        "first_sent": when_tag(row.first_sent_at, "short") if row.first_sent_at else "Not yet", "days": row.days,
    }  # fmt: skip


def child_rows(rows: Iterable) -> SafeString:
    """Children that were prepared for their list."""
    return filled("referrals/child_row.html", (_child(row) for row in rows))


def _child(row) -> dict:
    return {
        "url": row.get_absolute_url(), "name": row.full_name, "reference": row.reference, "number": row.case_number or "None",
        "age": "Not known" if row.age is None else row.age, "worker": (row.social_worker and row.social_worker.full_name) or "None",
        "team": row.team or "None", "latest": pill(row.shown.label, row.shown.tone) if row.shown else "None",
        "place": (row.stay and row.stay.place) or "None", "review": _review(row.review),
    }  # fmt: skip


def _review(review):
    """When the next review is due, and that it is overdue."""
    if review is None:
        return "None booked"
    shown = when_tag(review.due_on, "short")
    return format_html("{} Overdue since {}", icon("triangle"), shown) if review.is_overdue else shown
