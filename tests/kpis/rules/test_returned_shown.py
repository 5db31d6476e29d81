"""What is shown of returns' figures to those who do not need counts: nobody works a hidden one back out."""

import random
from decimal import Decimal

from kpis.rules.returned_shown import HIDDEN, Counted, alone, is_small, shown


def counted(numerator, denominator):
    return Counted(numerator, denominator, None)


def sdq(normal, borderline, concern, without):
    received = normal + borderline + concern
    return {
        "sdq-received": counted(received, received + without), "sdq-normal": counted(normal, received),
        "sdq-borderline": counted(borderline, received), "sdq-cause-for-concern": counted(concern, received),
        "sdq-mean": Counted(None, None, Decimal("14.4")),
    }  # fmt: skip


def test_a_figure_alone_is_hidden_where_those_counted_or_the_rest_are_few():
    assert alone(counted(45, 585)) == Counted(45, 585, Decimal("7.7"))
    assert alone(counted(0, 585)) == Counted(0, 585, Decimal("0.0"))
    assert alone(counted(3, 585)) == Counted(None, 585, None)
    assert alone(counted(582, 585)) == Counted(None, 585, None)
    assert alone(counted(2, 4)) == alone(counted(3, 3)) == HIDDEN


def test_the_bands_and_those_without_a_score_are_one_whole():
    assert shown(sdq(134, 40, 100, 30))["sdq-mean"].value == Decimal("14.4")
    assert shown(sdq(134, 40, 100, 30))["sdq-borderline"].numerator == 40
    few = shown(sdq(60, 3, 30, 40))
    assert few["sdq-borderline"] == Counted(None, 93, None)
    assert sum(few[slug].numerator is None for slug in ("sdq-normal", "sdq-borderline", "sdq-cause-for-concern")) == 2
    assert few["sdq-mean"] == HIDDEN
    without = shown(sdq(60, 20, 30, 2))
    assert without["sdq-received"] == Counted(None, 112, None)
    assert all(without[slug] == HIDDEN for slug in ("sdq-normal", "sdq-borderline", "sdq-cause-for-concern", "sdq-mean"))


def test_a_denominator_a_few_short_of_another_is_hidden():
    figures = {"leavers-19-21-in-touch": counted(40, 60), "leavers-19-21-suitable-home": counted(40, 58)}

    assert shown(figures)["leavers-19-21-suitable-home"] == HIDDEN
    assert shown(figures)["leavers-19-21-in-touch"].numerator == 40
    figures["leavers-19-21-suitable-home"] = counted(40, 60)
    assert shown(figures)["leavers-19-21-suitable-home"].numerator == 40


def test_g39_brute_force_leaves_two_values_for_every_hidden_band():
    drawn = random.Random(39)
    for _ in range(40):
        cells = [drawn.choice([0, 1, 2, 3, 5, 6, 8]) for _ in range(4)]
        if not sum(cells):
            continue
        wanted = shown(sdq(*cells))
        same = [other for other in worlds(sum(cells)) if shown(sdq(*other)) == wanted]
        for at, slug in enumerate(("sdq-normal", "sdq-borderline", "sdq-cause-for-concern")):
            if is_small(cells[at]):
                assert wanted[slug].numerator is None, cells
                assert len({other[at] for other in same}) > 1, (cells, wanted)


def worlds(total):
    """Every way in which four counts make a total."""
    return [
        (a, b, c, total - a - b - c) for a in range(total + 1) for b in range(total + 1 - a) for c in range(total + 1 - a - b)
    ]
