"""Bars: each begins where the last ended, a loss goes back, and words are never markup."""

import re
from decimal import Decimal

from core.bars import Bar, bar_chart, waterfall

D = Decimal


def spans(drawing):
    return [(float(x), float(x) + float(w)) for x, w in re.findall(r'<rect[^>]* x="([\d.]+)"[^>]* width="([\d.]+)"', drawing)]


def test_a_waterfall_goes_on_from_where_it_was_and_ends_in_its_total():
    drawing = waterfall([("A", D(30), "£30"), ("B", D(-10), "−£10"), ("C", D(20), "£20")], total=("Total", "£40"), title_id="t")

    a, b, c, total = spans(drawing)
    assert (round(a[1], 1), round(b[0], 1)) == (round(b[1], 1), round(c[0], 1))
    assert round(total[1], 1) == round(c[1], 1)
    assert round(total[0], 1) == round(a[0], 1)
    assert "bars__bar--loss" in drawing
    assert "bars__stripe" in drawing
    assert [words in drawing for words in ("£30", "−£10", "£40", 'aria-labelledby="t"')] == [True] * 4


def test_below_nought_and_nothing_at_all():
    below = bar_chart([Bar("A", D(0), D(-5), "−£5", "loss"), Bar("B", D(0), D(5), "£5")], title_id="t")

    loss, gain = spans(below)
    assert round(loss[1], 1) == round(gain[0], 1)
    assert bar_chart([], title_id="t") == waterfall([], total=("Total", "£0"), title_id="t") == ""
    assert "<rect" in bar_chart([Bar("A", D(0), D(0), "£0")], title_id="t")


def test_a_name_is_never_markup():
    assert "<b>" not in bar_chart([Bar("<b>", D(0), D(1), "<b>")], title_id="t")
