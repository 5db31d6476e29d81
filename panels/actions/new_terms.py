"""The next version of a body's terms: a copy of the one before, with the altered clauses and numbers."""

from dataclasses import asdict

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
from panels.models.composition import composition_after, composition_of, composition_with
from panels.models.terms_numbers import COLUMNS
from panels.rules.composition import Composition, Part


def write_version(before: TermsOfReference, changes: list, parts: list[Part] = ()) -> TermsOfReference:
    """Write the next version, adopted and not yet in force: everything as before but what is altered.

    `changes` are clauses altered, added and taken out; `parts` those seats, limbs and standing items that differ.
    """
    numbers = {name: value for change in changes for name, value in change.numbers.items()}
    last = before.panel.terms.aggregate(n=Max("version"))["n"]
    given = {key: numbers.get(f"threshold:{key}", value) for key, value in before.thresholds.items()}
    thresholds = {key: value for key, value in given.items() if value is not None}
    terms = TermsOfReference.objects.create(
        panel=before.panel, version=last + 1, state=TermsState.ADOPTED, source=before.source,
        is_example=before.is_example, chair_rotation=before.chair_rotation, thresholds=thresholds,
        **{name: numbers.get(name, getattr(before, name)) for name in COLUMNS},
    )  # fmt: skip
    lines = composition_after(composition_with(composition_of(before), numbers), parts)
    _copy_clauses(before, terms, changes, {f"limb:{limb.role}" for limb in lines.limbs})
    _write_lines(terms, lines)
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


def _copy_clauses(before, terms, changes, limbs: set[str]) -> None:
    """Each clause, altered where it is and left out where it is taken out; a new one stands where its number says.

    A clause sets the number of a part of the quorum only while that part is there.
    """
    altered = {change.number: change for change in changes}
    clauses = []
    for clause in before.clauses.order_by("order", "pk"):
        change = altered.pop(clause.number, None)
        if change is not None and change.is_removed:
            continue
        clause.pk, clause.terms = None, terms
        clause._state.adding = True
        clause.sets = [name for name in clause.sets if not name.startswith("limb:") or name in limbs]
        if change is not None:
            clause.text, clause.heading = change.text, change.heading
        clauses.append(clause)
    for change in altered.values():
        new = Clause(terms=terms, number=change.number, heading=change.heading, text=change.text)
        after = [n for n, clause in enumerate(clauses, 1) if _in_order(clause.number) < _in_order(change.number)]
        clauses.insert(after[-1] if after else 0, new)
    for order, clause in enumerate(clauses):
        clause.order = order
    Clause.objects.bulk_create(clauses)


def _in_order(number: str) -> list:
    """A clause's number as it is sorted: 2 before 2.1, and that before 10."""
    return [(int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in number.split(".")]


def _write_lines(terms, lines: Composition) -> None:
    """The seats, each tied to its limb of the quorum, and the standing items."""
    limbs = {
        limb.role: QuorumLimb.objects.create(terms=terms, order=order, role=limb.role, needed=limb.needed)
        for order, limb in enumerate(lines.limbs)
    }
    CompositionSeat.objects.bulk_create(
        CompositionSeat(terms=terms, **{**asdict(seat), "limb": limbs.get(seat.limb)}) for seat in lines.seats
    )
    StandingItem.objects.bulk_create(
        StandingItem(terms=terms, order=order, **asdict(item)) for order, item in enumerate(lines.items)
    )
