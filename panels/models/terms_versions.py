"""Versions of one body's terms: read whole with what each clause sets, and compared clause by clause."""

import re
from difflib import SequenceMatcher

from django.db.models import Prefetch

from panels.models.composition import (
    composition_after,
    composition_compared,
    composition_of,
    parts_of,
)
from panels.models.terms import Signature, TermsOfReference
from panels.models.terms_numbers import editable, in_words, number_of, set_by, value_of


def read_whole(rows):
    """Versions with everything their pages show, in a fixed number of questions."""
    return rows.select_related("panel").prefetch_related(
        "clauses", "limbs", "seats__limb", "standing_items", "roles",
        Prefetch("signatures", Signature.objects.select_related("party", "representative").order_by("pk")),
    )  # fmt: skip


def version_of(panel, number: int) -> TermsOfReference | None:
    """One version of a body's terms, by its number, but none still proposed."""
    return read_whole(panel.terms.exclude(state="proposed")).filter(version=number).first()


def governing_terms(panels, day) -> dict:
    """The version in force on a day of each of many bodies, in one question; none where there is none."""
    rows = TermsOfReference.objects.filter(
        panel__in=panels, state__in=["in force", "replaced"], in_force_from__lte=day
    )
    newest = rows.order_by("panel", "-in_force_from", "-version").distinct("panel")
    return {terms.panel_id: terms for terms in newest}


def clauses_of(terms) -> list[dict]:
    """Each clause in its order, with what it sets in words."""
    clauses = sorted(terms.clauses.all(), key=lambda clause: (clause.order, clause.pk))
    return [{"clause": clause, "sets": set_by(terms, clause)} for clause in clauses]


def words_compared(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts as runs of words that stayed, were taken out or were put in: ("same" | "out" | "in", words)."""
    old, new = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    runs = []
    for kind, a, b, c, d in SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(new[c:d])))
            continue
        runs += [("out", "".join(old[a:b]))] if b > a else []
        runs += [("in", "".join(new[c:d]))] if d > c else []
    return runs


def clause_compared(old, new, before_terms, after_numbers) -> dict:
    """One clause before and after: its words in runs, and each number that differs."""
    names = list(after_numbers) if isinstance(after_numbers, dict) else editable(new if new is not None else old)
    numbers = []
    for name in names:
        was = value_of(before_terms, name) if old is not None else None
        now = after_numbers.get(name, was) if isinstance(after_numbers, dict) else value_of(after_numbers, name)
        if was != now or old is None:
            numbers.append({"label": number_of(name).label, "was": in_words(name, was) if old is not None else "", "now": in_words(name, now)})
    runs = words_compared(old.text if old is not None else "", new.text if new is not None else "")
    return {
        "number": (new or old).number, "heading": (new or old).heading, "runs": runs, "numbers": numbers,
        "is_new": old is None, "is_gone": new is None,
        "changed": old is None or new is None or bool(numbers) or any(kind != "same" for kind, _ in runs),
    }  # fmt: skip


def versions_compared(before, after) -> list[dict]:
    """Every clause of two versions that is not the same in both, in the later one's order."""
    old = {clause.number: clause for clause in before.clauses.all()}
    new = sorted(after.clauses.all(), key=lambda clause: clause.order)
    rows = [clause_compared(old.pop(clause.number, None), clause, before, after) for clause in new]
    rows += [clause_compared(clause, None, before, after) for clause in old.values()]
    rows += composition_compared(composition_of(before), composition_of(after))
    return [row for row in rows if row["changed"]]


def proposal_compared(alteration, before) -> list[dict]:
    """What a proposal would make of a version: each clause it alters, then seats, quorum and standing agenda."""
    old = {clause.number: clause for clause in before.clauses.all()}
    rows = [
        clause_compared(old.get(change.number), None if change.is_removed else change, before, change.numbers)
        for change in alteration.changes.order_by("order")
    ]
    lines = composition_of(before)
    return rows + composition_compared(lines, composition_after(lines, parts_of(alteration)))
