"""What leaves, by the database and by openpyxl alone: COPY of the same columns, a list held whole, and a write-only workbook."""

import io

from django.db import connection

from referrals.models import Referral

COLUMNS = ("reference", "wants", "band", "status", "first_sent_at", "status_since")


def copy(condition: str, most: int, kept) -> None:
    """COPY, with a heading row, into a file."""
    question = f"COPY (SELECT {', '.join(COLUMNS)} FROM referrals_referral WHERE {condition} LIMIT {most}) TO STDOUT WITH (FORMAT csv, HEADER)"
    with connection.cursor() as cursor:
        cursor.copy_expert(question, kept)


def held_whole(most: int) -> list:
    """The naive way: every row a model, all at once."""
    return list(Referral.objects.select_related("child")[:most])


def workbook(heads: list, rows: list) -> bytes:
    """openpyxl's own writer, cells as they are: nothing defused, no look."""
    from openpyxl import Workbook  # noqa: PLC0415 - as the product does, at the first use

    book = Workbook(write_only=True)
    page = book.create_sheet("Rows")
    for row in [heads, *rows]:
        page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
