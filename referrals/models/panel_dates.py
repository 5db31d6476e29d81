"""When the next panel meets, when its papers close, and its terms: panels tell, referrals never ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PanelDate:
    """One coming meeting of a referral panel, by the two days that matter to whoever signs."""

    name: str
    meets_on: date
    papers_by: date


_tellers: list[Callable[[int], PanelDate | None]] = []
_terms_tellers: list[Callable[[int], dict[str, str]]] = []


def tell_panel_dates(teller: Callable[[int], PanelDate | None]) -> Callable:
    """Register who knows an authority's next panel; once each."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def next_panel_date(authority_id: int) -> PanelDate | None:
    """The next panel whose papers are still open, or None where none is called."""
    found = [told for teller in _tellers if (told := teller(authority_id))]
    return min(found, key=lambda told: told.papers_by, default=None)


def tell_panel_terms(teller: Callable[[int], dict[str, str]]) -> Callable:
    """Register who knows the terms of an authority's referral panel; once each."""
    if teller not in _terms_tellers:
        _terms_tellers.append(teller)
    return teller


def told_panel_terms(authority_id: int) -> dict[str, str]:
    """The terms that were told, by version, as a label and an address; nothing where no panel has any."""
    return next((told for teller in _terms_tellers if (told := teller(authority_id))), {})
