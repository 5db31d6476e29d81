"""What is kept of months comes to what their facts come to, however many there are."""

import random
from datetime import date

import pytest

from core.dates import months_after
from kpis.measures.facts import MIDDLE, Fact
from kpis.measures.parts import counted, parts_of
from kpis.measures.service import BY_SLUG

FIRST, AFTER = date(2026, 1, 1), date(2026, 4, 1)
PLACED = BY_SLUG["days-to-place"]


@pytest.mark.parametrize("many", [0, 1, 2, 3, 4, 7, 40, 41])
def test_the_middle_of_a_quarter_put_together_of_its_months_is_that_of_its_facts(many):
    assert PLACED.way is MIDDLE
    draw = random.Random(many)
    for highest in (0, 2, 90):
        for counted_of in (1, 0.6):
            facts = [
                Fact(date(2026, draw.randint(1, 3), draw.randint(1, 28)), counted=draw.random() <= counted_of, amount=draw.randint(0, highest),
                     service=draw.choice(["outreach", "hub"]))
                for _ in range(many)
            ]  # fmt: skip
            months = [months_after(FIRST, nth) for nth in range(3)]
            kept = [parts_of(PLACED, facts, month, months_after(month, 1)) for month in months]
            assert counted(PLACED, kept, FIRST, AFTER) == PLACED.count(facts, FIRST, AFTER)
            hub = [fact for fact in facts if fact.service == "hub"]
            assert counted(PLACED, kept, FIRST, AFTER, services={"hub"}) == PLACED.count(hub, FIRST, AFTER)
