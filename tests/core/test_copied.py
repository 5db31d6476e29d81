"""A file that the database writes is to the letter the one that Python writes, of the same rows, and leaves while it is written."""

import sys
import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DataError, connection, transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    FloatField,
    IntegerField,
    Value,
)
from django.db.models.functions import Cast, NullIf
from django.test.utils import CaptureQueriesContext

from core.copied import cells_of, csv_of
from core.models import OutboxJob, User
from core.sheets import STARTS_A_FORMULA, csv_lines
from referrals.actions.restriction import restrict_child
from referrals.models import ProvisionTerms, Referral
from tests.referrals import builders, places
from tests.trust.test_g31_exports import HOSTILE, NUMBERS

pytestmark = pytest.mark.django_db
WORDS = [
    *HOSTILE, *NUMBERS, "", " ", "  led by spaces", "a,b", 'say "so"', '"', '""', ",", "one\ntwo", "one\r\ntwo", "\r", "\n", "\\.", "\\N", "NULL", "'", "''a",
    "O’Brien", "Siân", "ŵ", "日本", "😀", "\ufeff", "\ufeffafter a mark", "=1,\n\"2\"", "-", "+", "@", "\t", "a=b", "3-4", "[", "`=", "~=", ";=", "<=", "1 234,5", "-1\n",
]  # fmt: skip
MOMENTS = [
    datetime(2026, 3, 29, 0, 59, 59, 999999, UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, 0, 1, UTC),
    datetime(2026, 10, 25, 1, 30, 0, 10, UTC), datetime(2026, 7, 1, 12, 0, 0, 123450, UTC), datetime(2026, 12, 1, 0, 0, 0, 500000, UTC),
    datetime(1, 1, 1, tzinfo=UTC), datetime(987, 6, 5, 4, 3, 2, 100, UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, UTC), datetime(1969, 12, 31, 23, 59, 59, 999990, UTC),
]  # fmt: skip
HEADS = ("=heads", "b", "c, d", "é", "f")


def both_ways(rows, *names, **how) -> tuple[bytes, bytes]:
    """The file as the database writes it, and as Python does."""
    assert cells_of(rows, names)
    heads = HEADS[: len(names)]
    return b"".join(csv_of(heads, rows, *names, **how)), b"".join(csv_lines(heads, rows.values_list(*names), **how))


def jobs(*words: str):
    """A row for each, in their order."""
    moments = [*MOMENTS, None]
    OutboxJob.objects.bulk_create(
        OutboxJob(
            kind=f"k{at}", subject=one, last_error=one * 3, done_at=moments[at % len(moments)], due_at=MOMENTS[at % len(MOMENTS)],
            attempts=at, cut_short=at % 2 == 0,
        )
        for at, one in enumerate(words)
    )  # fmt: skip
    return OutboxJob.objects.order_by("pk")


@pytest.mark.parametrize("for_excel", [False, True])
def test_hostile_words_moments_and_numbers_are_the_same_both_ways(for_excel):
    rows = jobs(*WORDS)

    ours, python = both_ways(rows, "subject", "last_error", "done_at", "cut_short", "attempts", for_excel=for_excel)

    assert ours == python
    assert ours.startswith("\ufeff".encode()) == for_excel
    assert b"\n'=zap()," in ours


def test_what_is_not_known_and_what_was_worked_out_are_the_same_both_ways():
    rows = jobs(*WORDS).annotate(
        none=NullIf(F("subject"), F("subject"), output_field=CharField()), day=Cast(F("due_at"), DateField()), fact=Value(None, output_field=BooleanField()),
        moment=Value(None, output_field=DateTimeField()), number=Value(None, output_field=IntegerField()),
    )  # fmt: skip

    for names in (("none", "day", "fact"), ("moment", "number"), ("none", "none")):
        ours, python = both_ways(rows, *names)
        assert ours == python


def test_days_and_money_are_the_same_both_ways(borough):
    provision = places.an_outreach(borough)
    for year, rate in enumerate(("0.00", "-0.01", "1234567.80", "99.9")):
        ProvisionTerms.objects.create(
            provision=provision, contract_slug="-art", provider=provision.provider, from_on=date(901 + year, 1, 1), until_on=date(902 + year, 1, 1),
            places=year, weekly_rate=Decimal(rate), under_16_rate=Decimal(rate) if year % 2 else None,
        )  # fmt: skip

    ours, python = both_ways(ProvisionTerms.objects.order_by("pk"), "weekly_rate", "under_16_rate", "from_on", "until_on", "contract_slug")

    assert ours == python
    assert b"-0.01,-0.01,0902-01-01,0903-01-01,'-art" in ours


def test_every_sign_with_which_a_formula_may_begin_is_known_to_both():
    """Each sign at which Python's answer changes, the ones beside it, every space, and one in seventy of all others."""
    known = [bool(STARTS_A_FORMULA.match(f"{chr(code)}=")) for code in range(sys.maxunicode + 1)]
    turns = {code for code in range(1, 0x20000) if known[code] != known[code - 1]}
    spaces = {code for code in range(1, 0x20000) if chr(code).isspace()}
    codes = {near for code in turns | spaces for near in (code - 1, code, code + 1)} | set(range(1, 0x11000, 70))
    codes = {code for code in codes if code > 0 and not 0xD800 <= code <= 0xDFFF}
    assert all(known[code] for code in spaces)
    assert len(codes) > 900

    ours, python = both_ways(jobs(*(f"{chr(code)}=1" for code in sorted(codes)), *(chr(code) for code in sorted(codes))), "subject", "kind")

    assert ours == python


def test_line_ends_are_right_wherever_the_parts_of_a_long_file_are_cut(monkeypatch):
    monkeypatch.setattr("core.copied.AT_ONCE", 3)
    rows = jobs('a"\n"b', "\n", '"\n', "plain", '\n""\n,', "c")

    ours, python = both_ways(rows, "subject", "kind")

    assert ours == python


def test_words_longer_than_what_leaves_at_once_are_whole():
    rows = jobs(*"abc")
    OutboxJob.objects.update(last_error='=long "words"\n' * 20_000)

    ours, python = both_ways(rows, "last_error", "kind")

    assert ours == python


def test_only_rows_this_person_may_see_leave_and_all_of_those(borough):
    seen_by = {}
    restricted, *_ = waiting = [builders.a_waiting_referral(borough) for _ in range(3)]
    restrict_child(restricted.child, ground="risk", because="A relative would harm her.", people=[borough.social_worker], by=borough.team_manager)

    for name, person in borough.people.items():
        rows = Referral.objects.visible_to(person).order_by("pk")
        ours, python = both_ways(rows, "reference", "status_since", "child__reference", "status")
        assert ours == python, name
        seen_by[name] = {line.split(b",")[0].decode() for line in ours.splitlines()[1:]}
        assert seen_by[name] == set(rows.values_list("reference", flat=True)), name

    assert seen_by["social_worker"] == {referral.reference for referral in waiting}
    assert restricted.reference not in set().union(*(seen for name, seen in seen_by.items() if name != "social_worker"))


def test_nothing_but_the_headings_leaves_where_there_is_nothing():
    assert b"".join(csv_of(["a", "b"], OutboxJob.objects.none(), "kind", "subject")) == b"a,b\r\n"
    assert b"".join(csv_of(["a", "b"], OutboxJob.objects.all(), "kind", "subject")) == b"a,b\r\n"


def test_some_rows_of_a_query_are_those_rows():
    rows = jobs(*"abcde")

    assert both_ways(rows[1:3], "subject", "kind")[0] == b"'=heads,b\r\nb,k1\r\nc,k2\r\n"


@pytest.mark.parametrize("names", [("subject",), ("subject", "share"), ("subject", "small")])
def test_what_the_database_writes_otherwise_is_written_by_python(names):
    rows = jobs(*WORDS).annotate(
        share=Cast(F("attempts"), FloatField()) / 3, small=Cast(Value("0.0000001"), DecimalField(max_digits=12, decimal_places=9))
    )  # fmt: skip

    assert cells_of(rows, names) == []
    assert b"".join(csv_of(HEADS, rows, *names)) == b"".join(csv_lines(HEADS, rows.values_list(*names)))


def test_words_become_values_of_the_question_and_never_part_of_it():
    rows = jobs("x'); DROP TABLE core_outboxjob; --", "%s", "100%").filter(subject__in=["x'); DROP TABLE core_outboxjob; --", "%s", "100%"])

    ours, python = both_ways(rows, "subject", "kind")

    assert ours == python
    assert ours.count(b"\r\n") == 4


def test_other_questions_are_answered_while_somebody_takes_a_file_slowly_and_after_they_left_it():
    rows, before = jobs(*(str(n) for n in range(20_000))), threading.active_count()
    lines = csv_of(["a", "b"], rows, "subject", "last_error")

    assert next(lines) == b"a,b\r\n"
    assert next(lines).startswith(b"0,000\r\n")
    assert OutboxJob.objects.count() == 20_000
    lines.close()

    assert User.objects.count() == 0
    assert threading.active_count() == before


def test_what_goes_wrong_in_the_database_is_told_to_whoever_takes_the_file():
    rows = jobs("1", "2").annotate(wrong=Cast(F("kind"), IntegerField()))

    with pytest.raises(DataError), transaction.atomic():
        list(csv_of(["a", "b"], rows, "subject", "wrong"))

    assert OutboxJob.objects.count() == 2


def test_a_file_is_one_question():
    rows = jobs(*"ab")

    with CaptureQueriesContext(connection) as asked:
        list(csv_of(["a", "b"], rows, "subject", "kind"))

    assert [one["sql"][:12] for one in asked] == ["COPY (SELECT"]
