"""Bodies, their terms, and who holds which seat."""

from datetime import date

from django.db import transaction

from core import audit
from core.models import Authority, User
from panels.choices import TermsState
from panels.models import (
    Clause,
    CompositionSeat,
    Panel,
    QuorumLimb,
    Risk,
    SeatHolder,
    StandingDelegate,
    StandingItem,
    TermsOfReference,
)


@transaction.atomic
def add_panel(*, authority: Authority, slug: str, name: str, kind: str, slots: int = 8, by) -> Panel:
    """Make a body; it may not meet until it has terms."""
    panel = Panel.objects.create(authority=authority, slug=slug, name=name, kind=kind, slots=slots)

    audit.record("panel.added", on=panel, by=by, sentence=f"Added {name}.")
    return panel


@transaction.atomic
def adopt_terms(panel: Panel, *, numbers: dict, clauses: list[dict], seats: list[dict],
                limbs: list[dict], standing_items: list[dict], in_force_from: date,
                is_example: bool = False, source: str = "", by) -> TermsOfReference:  # fmt: skip
    """Put the next version of a body's terms in force from a day; the one before is replaced."""
    last = panel.terms.order_by("-version").first()

    panel.terms.filter(state=TermsState.IN_FORCE).update(state=TermsState.REPLACED)
    terms = TermsOfReference.objects.create(
        panel=panel, version=last.version + 1 if last else 1, state=TermsState.IN_FORCE,
        in_force_from=in_force_from, is_example=is_example, source=source, **numbers,
    )  # fmt: skip
    Clause.objects.bulk_create(
        Clause(terms=terms, order=order, **clause) for order, clause in enumerate(clauses)
    )
    StandingItem.objects.bulk_create(
        StandingItem(terms=terms, order=order, **item) for order, item in enumerate(standing_items)
    )
    by_role = {
        limb["role"]: QuorumLimb.objects.create(terms=terms, order=order, **limb)
        for order, limb in enumerate(limbs)
    }
    CompositionSeat.objects.bulk_create(
        CompositionSeat(terms=terms, **{**seat, "limb": by_role.get(seat.get("limb"))})
        for seat in seats
    )

    audit.record(
        "terms.adopted", on=terms, by=by, authority=panel.authority,
        sentence=f"Terms of {panel}, version {terms.version}, are in force.",
    )  # fmt: skip
    return terms


@transaction.atomic
def seat_person(panel: Panel, *, letter: str, person: User, from_on: date, until_on=None,
                may_decide_because: str = "", by) -> SeatHolder:  # fmt: skip
    """Give a lettered seat to somebody from a day."""
    held = SeatHolder.objects.create(
        panel=panel, letter=letter, person=person, from_on=from_on, until_on=until_on,
        may_decide_because=may_decide_because,
    )  # fmt: skip

    audit.record(
        "seat.taken", on=held, by=by, authority=panel.authority,
        sentence=f"{person.full_name} holds seat {letter} of {panel}.",
    )  # fmt: skip
    return held


@transaction.atomic
def name_standing_delegate(panel: Panel, *, letter: str, person: User, from_on: date, by):
    """Let somebody stand for a seat at any meeting, from a day."""
    row = StandingDelegate.objects.create(panel=panel, letter=letter, person=person, from_on=from_on)

    audit.record(
        "delegate.standing", on=row, by=by, authority=panel.authority,
        sentence=f"{person.full_name} may stand for seat {letter} of {panel}.",
    )  # fmt: skip
    return row


@transaction.atomic
def raise_risk(panel: Panel, *, heading: str, text: str, owner: str, rating: str, trend: str,
               raised_on: date, reviewed_on: date, by) -> Risk:  # fmt: skip
    """Write a risk or interdependency under one of the seven headings."""
    risk = Risk.objects.create(
        panel=panel, heading=heading, text=text, owner=owner, rating=rating, trend=trend,
        raised_on=raised_on, reviewed_on=reviewed_on,
    )  # fmt: skip

    audit.record(
        "risk.raised", on=risk, by=by, authority=panel.authority, sentence=f"Raised a risk for {panel}."
    )
    return risk
