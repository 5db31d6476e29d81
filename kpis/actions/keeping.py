"""Figures of the dashboard are counted and kept: all of them once a day, and what a change touched within a minute."""

from django.db import transaction

from core import audit, clock
from core.dates import months_after
from core.models import Authority
from kpis.measures.goals import aims_of, to_keep
from kpis.measures.indicator_rows import groups_to_keep
from kpis.measures.keeping import (
    BEHIND,
    changes_of,
    is_current,
    kept_span,
    rules_now,
    runs_of,
    touched,
)
from kpis.measures.parts import counted, parts_of
from kpis.models import FigureChange, KeptBoard, KeptFigure

NEVER = "never"
BESIDE = {"indicators", "all"}
ALWAYS, BESIDE_MONTHS = ("counted_at", "day", "rules", "first", "last"), ("seen", "watched", "aims")


@transaction.atomic
def keep_figures(authority: Authority, *, by=None) -> int:
    """Count again what changed since an authority's figures were counted, and keep it; gives how many months of measures were counted.

    What changed is read first: what is written while this counts is seen in part or not at all, and stays written down
    for the next time. Only a count of everything is in the trail; of a change the deed itself is.
    """
    board = _held(authority)
    _spread()
    changes = changes_of(authority)
    span = kept_span(clock.today())
    was_current = is_current(board)

    rows = _counted(authority, touched(None if board.rules == NEVER else board, [change[1:] for change in changes], span))

    _write(rows)
    if span != (board.first, board.last):
        KeptFigure.objects.filter(authority=authority).exclude(month__gte=span[0], month__lt=span[1]).delete()
    beside = not was_current or any(change[1] in BESIDE for change in changes)
    if beside:
        board.seen, board.watched = (groups_to_keep(authority, hide=hide) for hide in (False, True))
        board.aims = to_keep(aims_of(authority.pk))
    board.counted_at, board.day, board.rules = clock.now(), clock.today(), rules_now()
    board.first, board.last = span
    board.save(update_fields=[*ALWAYS, *(BESIDE_MONTHS if beside else ())])
    FigureChange.objects.filter(pk__in=[change[0] for change in changes]).delete()
    if not was_current:
        audit.record("figures.kept", on=authority, by=by, sentence=f"Counted the dashboard’s figures of {board.day.day} {board.day:%B %Y} and kept them.")
    return len(rows)


def _held(authority: Authority) -> KeptBoard:
    """How the authority's figures stand, its row held until they are counted."""
    rows = KeptBoard.objects.select_for_update(of=("self",)).filter(authority=authority)
    board = rows.first()
    if board is None:
        today = clock.today()
        KeptBoard.objects.bulk_create(
            [KeptBoard(authority=authority, day=today, rules=NEVER, first=today.replace(day=1), last=today.replace(day=2))], ignore_conflicts=True
        )
        board = rows.get()
    return board


def _spread() -> None:
    """A change of which nobody could say whose it is, is every authority's."""
    loose = list(FigureChange.objects.filter(authority=None).select_for_update(skip_locked=True, of=("self",)))
    if loose:
        whose = list(Authority.objects.values_list("pk", flat=True))
        FigureChange.objects.bulk_create(
            FigureChange(source=row.source, authority_id=key, since=row.since, until=row.until, at=row.at) for row in loose for key in whose
        )
        FigureChange.objects.filter(pk__in=[row.pk for row in loose]).delete()


def _counted(authority: Authority, months) -> list[KeptFigure]:
    """The months of measures that are to be counted, each run of months gathered once for all measures that are counted from it."""
    found = []
    for gather, some in months.items():
        for run in runs_of(some):
            facts = gather(authority.pk, run[0], months_after(run[-1], 1))
            found += [_month(authority, measure, facts, month) for measure in BEHIND[gather] for month in run]
    return found


def _month(authority: Authority, measure, facts, month) -> KeptFigure:
    """One measure's month, as it is kept."""
    ends_on = months_after(month, 1)
    parts = parts_of(measure, facts, month, ends_on)
    count = counted(measure, [parts], month, ends_on)
    return KeptFigure(
        authority=authority, measure=measure.slug, month=month, parts=parts, value=count.value, numerator=count.numerator,
        denominator=count.denominator, longest=count.longest,
    )  # fmt: skip


def _write(rows: list[KeptFigure]) -> None:
    """Keep the months that were counted."""
    KeptFigure.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=["authority", "measure", "month"],
        update_fields=["value", "numerator", "denominator", "longest", "parts", "counted_at"],
    )  # fmt: skip
