"""The next version of a body's terms: a copy of the one before, with the altered clauses and numbers."""

from django.db.models import Max

from panels.choices import TermsState
from panels.models import (
    Clause,
    CompositionSeat,
    QuorumLimb,
    StandingItem,
    TermsOfReference,
    TermsRole,
)
from panels.models.terms_numbers import COLUMNS


def write_version(before: TermsOfReference, changes: list) -> TermsOfReference:
    """Write the next version, adopted and not yet in force: everything as before but what is altered."""
    numbers = {name: value for change in changes for name, value in change.numbers.items()}
    last = before.panel.terms.aggregate(n=Max("version"))["n"]
    thresholds = {key: numbers.get(f"threshold:{key}", value) for key, value in before.thresholds.items()}
    terms = TermsOfReference.objects.create(
        panel=before.panel, version=last + 1, state=TermsState.ADOPTED, source=before.source,
        is_example=before.is_example, chair_rotation=before.chair_rotation, thresholds=thresholds,
        **{name: numbers.get(name, getattr(before, name)) for name in COLUMNS},
    )  # fmt: skip
    _copy_clauses(before, terms, changes)
    _copy_seats(before, terms, numbers)
    _copy(StandingItem, before.standing_items, terms)
    _copy(TermsRole, before.roles, terms)
    return terms


def _copy(model, rows, terms) -> list:
    """The same rows again, of the new version."""
    copies = []
    for row in rows.order_by("pk"):
        row.pk, row.terms = None, terms
        row._state.adding = True
        copies.append(row)
    return model.objects.bulk_create(copies)


def _copy_clauses(before, terms, changes) -> None:
    """Each clause, altered where it is; a new one stands after those before it by number, at the end."""
    altered = {change.number: change for change in changes}
    clauses = list(before.clauses.order_by("order", "pk"))
    for clause in clauses:
        change = altered.pop(clause.number, None)
        clause.pk, clause.terms = None, terms
        clause._state.adding = True
        if change is not None:
            clause.text, clause.heading = change.text, change.heading
    last = max((clause.order for clause in clauses), default=0)
    new = [
        Clause(terms=terms, number=change.number, order=last + n, heading=change.heading, text=change.text)
        for n, change in enumerate(altered.values(), 1)
    ]
    Clause.objects.bulk_create([*clauses, *new])


def _copy_seats(before, terms, numbers) -> None:
    """The limbs of the quorum with their numbers, and each seat tied to its limb in the new version."""
    limbs = {}
    for limb in before.limbs.order_by("order"):
        needed = numbers.get(f"limb:{limb.role}", limb.needed)
        limbs[limb.pk] = QuorumLimb.objects.create(terms=terms, order=limb.order, role=limb.role, needed=needed)
    seats = []
    for seat in before.seats.order_by("letter", "pk"):
        seat.limb = limbs.get(seat.limb_id)
        seat.pk, seat.terms = None, terms
        seat._state.adding = True
        seats.append(seat)
    CompositionSeat.objects.bulk_create(seats)
