"""Cover for whoever is away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referrals.rules.cover import Asked, Away, why_not_cover, why_not_overlap

TODAY = date(2026, 11, 24)
RIGHT = Asked("martin", "laura", True, TODAY, TODAY + timedelta(days=6), TODAY)


def test_COV1_cover_is_somebody_else_who_signs():
    assert why_not_cover(RIGHT) == []
    assert [r.field for r in why_not_cover(replace(RIGHT, acts="martin"))] == ["acts"]
    assert [r.field for r in why_not_cover(replace(RIGHT, acts_may_sign=False))] == ["acts"]


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [(0, 0, True), (0, 366, True), (0, 367, False), (1, 0, False), (-9, -1, False), (-9, 0, True)],
)
def test_COV2_cover_runs_from_a_first_to_a_last_day(first, last, allowed):
    asked = replace(RIGHT, from_on=TODAY + timedelta(days=first), last_on=TODAY + timedelta(days=last))

    assert (why_not_cover(asked) == []) is allowed


@pytest.mark.parametrize(("first", "overlaps"), [(6, True), (7, False), (-1, True), (-2, False)])
def test_COV3_overlapping_cover_is_added_only_knowingly(first, overlaps):
    asked = Away("Laura", TODAY, TODAY + timedelta(days=6))
    other = Away("Joan", TODAY + timedelta(days=first), TODAY + timedelta(days=max(first, 0) if first >= 0 else first))

    assert bool(why_not_overlap(asked, [other], knowingly=False)) is (overlaps and first != -1)
    assert why_not_overlap(asked, [other], knowingly=True) == []
