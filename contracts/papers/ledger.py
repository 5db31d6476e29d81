"""A contract's payments to take away: the workings as Excel with live sums, and every move of the books as CSV for finance."""

from decimal import Decimal

from contracts.choices import PaymentKind
from contracts.models import Move
from contracts.models.payment_page import years_of
from core import clock
from core.exporting import MOST_ROWS
from core.sheets import FIRST_ROW, Formula, Sheet, csv_lines, workbook

MOVES = ("day", "payment", "kind", "budget", "from", "to", "pounds", "why", "by", "invoice", "evidence", "evidence SHA-256")
PAYMENTS = ("Year", "Payment", "State", "Due", "Held back", "Withheld", "To pay", "Paid", "Where it stands, added up", "Difference from what was due")


def moves_of(contract) -> list[Move]:
    """Every move in a contract's books, the oldest first; one more than a file holds where there are more."""
    rows = Move.objects.filter(budget__contract=contract).select_related("payment", "budget__lot", "by")
    return list(rows.order_by("at", "pk")[: MOST_ROWS + 1])


def _line(move: Move) -> tuple:
    """One move as a row of the file."""
    paid = move.payment
    beside = (paid.title, paid.get_kind_display()) if paid else ("", "")
    rests = (paid.invoice_number, paid.evidence_reference, paid.evidence_sha256) if paid else ("", "", "")
    day = move.at.astimezone(clock.LONDON).date()
    return (
        day, *beside, str(move.budget), move.get_source_display(), move.get_target_display(), move.amount, move.why, move.by.full_name, *rests
    )  # fmt: skip


def ledger_csv(moves: list[Move]) -> bytes:
    """The books as CSV, a move a row, pounds with pence."""
    rows = ([value if isinstance(value, Decimal) else str(value) for value in _line(move)] for move in moves)
    return b"".join(csv_lines(MOVES, rows, for_excel=True))


def ledger_workbook(contract, moves: list[Move]) -> bytes:
    """The payments with sums that stay live, and the books behind them on a second sheet."""
    says = f"Payments of {contract.name}, {clock.today():%d.%m.%Y}. Every pound that was due is paid, still to pay, held back or withheld."
    heads = tuple(head.capitalize() if head.islower() else head for head in MOVES)
    return workbook(
        f"Payments of {contract.name}",
        [Sheet("Payments", says, PAYMENTS, _payments(contract)), Sheet("Books", "Every move in the books, the oldest first.", heads, map(_line, moves))],
    )


def _payments(contract) -> list[tuple]:
    """Each payment by year with its working, and the sum of them all."""
    rows = []
    for year in reversed(years_of(contract)):
        for payment, sums in year["rows"]:
            if payment.decided_at is not None:
                rows.append(_payment(year["year"], payment, sums, FIRST_ROW + len(rows)))
    last = FIRST_ROW + len(rows) - 1
    if rows:
        totals = [Formula(f"=SUM({letter}{FIRST_ROW}:{letter}{last})", sum((_value(row[at]) for row in rows), Decimal(0))) for at, letter in enumerate("DEFGHIJ", 3)]
        rows.append(("All", "", "", *totals))
    return rows


def _value(cell) -> Decimal:
    return cell.value if isinstance(cell, Formula) else cell


def _payment(year: str, payment, sums, line: int) -> tuple:
    """One payment's row: what was due, where it stands, and the two worked out side by side."""
    parts = (sums.retained, sums.withheld, sums.to_pay, sums.paid)
    due = Decimal(0) if payment.kind == PaymentKind.RETENTION else sums.due
    whole = sum(parts, Decimal(0))
    return (
        year, payment.title, payment.get_state_display(), due, *parts,
        Formula(f"=SUM(E{line}:H{line})", whole), Formula(f"=D{line}-I{line}", due - whole),
    )  # fmt: skip
