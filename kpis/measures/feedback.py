"""Results of feedback: marks by question and by round; nothing rests on 1 to 5 people for those who watch."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count

from contracts.models import FeedbackAnswer, FeedbackRound
from contracts.models.feedback import QUESTIONS, Route
from kpis.measures.service import HIDDEN
from kpis.rules.suppression import suppress

FEW = 5


@dataclass(frozen=True)
class Result:
    """One question's answers in a round; `counts` of the marks, 5 first, stay empty for those who watch."""

    label: str
    answered: str
    average: str
    counts: list[int]


def average(marks: Sequence[int]) -> Decimal:
    """The mean of marks from 1 to 5 to one place, half up."""
    return (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def to_the_half(marks: Sequence[int]) -> Decimal:
    """The mean to the nearest half: of more than five marks, it gives no single one away."""
    return (Decimal(sum(marks)) * 2 / len(marks)).quantize(Decimal(1), ROUND_HALF_UP) / 2


def average_shown(marks: Sequence[int], *, hide: bool) -> str:
    """An average in words; for those who watch hidden where 1 to 5 gave it, and otherwise to the nearest half."""
    if not marks:
        return "None yet"
    if hide:
        return HIDDEN if len(marks) <= FEW else f"about {to_the_half(marks).normalize():f}"
    return str(average(marks))


def results(one: FeedbackRound, *, hide: bool) -> list[Result]:
    """Each question of a round: the average, and for those who run the service how many gave each mark."""
    rows = list(FeedbackAnswer.objects.filter(round=one).values_list(*(name for name, _ in QUESTIONS)))
    found = [(label, [row[at] for row in rows if row[at]]) for at, (_, label) in enumerate(QUESTIONS)]
    return [
        Result(label, "" if hide else str(len(marks)), average_shown(marks, hide=hide), [] if hide else [marks.count(m) for m in (5, 4, 3, 2, 1)])
        for label, marks in found
    ]


def line_of(rounds: Sequence[FeedbackRound], asked: str, *, hide: bool) -> list[tuple]:
    """Each round of those asked with the average of all its marks, oldest first; left out where the reader may not have it."""
    found = []
    for one in sorted((each for each in rounds if each.asked == asked), key=lambda each: each.due_on):
        answers = list(one.answers.all())
        marks = [mark for answer in answers for name, _ in QUESTIONS if (mark := getattr(answer, name))]
        if marks and not (hide and len(answers) <= FEW):
            found.append((one.due_on, to_the_half(marks) if hide else average(marks)))
    return found


def ways(rounds: Sequence[FeedbackRound], *, hide: bool) -> dict[int, tuple[str, list[dict]]]:
    """For each round how many answered, and by which way how many, as this reader may have them."""
    rows = FeedbackAnswer.objects.filter(round__in=rounds).values_list("round", "route").annotate(many=Count("pk"))
    found = {(key, route): many for key, route, many in rows}
    return {one.pk: _ways([found.get((one.pk, route.value), 0) for route in Route], hide=hide) for one in rounds}


def _ways(counts: list[int], *, hide: bool) -> tuple[str, list[dict]]:
    """One round's: the total is hidden with whatever would give a hidden count back, and where it counts few itself."""
    shown = suppress(counts) if hide else None
    cells, total = (shown.cells, shown.total) if shown else (counts, sum(counts))
    few = hide and 1 <= sum(counts) <= FEW
    return HIDDEN if total is None or few else str(total), [
        {"label": route.label, "many": HIDDEN if cell is None else str(cell)}
        for route, cell, count in zip(Route, cells, counts, strict=True) if count
    ]  # fmt: skip
