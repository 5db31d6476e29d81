"""trust G39: whichever page, file or machine tells a value of an indicator, the same values are hidden, and no two of them undo it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from kpis.actions.indicator import add_indicator, add_recommendation, enter_value
from kpis.choices import ValueState
from kpis.measures.figures import figures
from kpis.measures.kept_back import WITHHELD, kept_back, queries_of
from kpis.measures.registers import line_of, lines_of, with_parts
from kpis.models import Indicator, IndicatorValue
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
QUARTERS = [(date(2025, month, 1), date(2025, month + 3, 1)) for month in (1, 4, 7)]
YEAR = (date(2025, 1, 1), date(2025, 10, 1))


def an_indicator(borough, slug, *, number=None, counts_children=True, of="", unit="%"):
    row = None
    if number:
        row = add_recommendation(borough.authority, number=number, text="Do better", aim="", progress="A", progress_on=TODAY, by=borough.commissioner)
    return add_indicator(
        borough.authority, slug=slug, name=f"Indicator {slug}", recommendation=row, from_on=date(2020, 1, 1), unit=unit, better="high",
        denominator=of, counts_children=counts_children, targets=[(date(2026, 3, 31), Decimal(80), "80%")], by=borough.commissioner,
    )  # fmt: skip


def entered(borough, indicator, numerator, denominator, days=YEAR, **facts):
    share = Decimal(100 * numerator) / denominator
    return enter_value(
        indicator, period_start=days[0], period_end=days[1], period_label=f"to {days[1]}", numerator=numerator, denominator=denominator,
        value=round(share, 1), printed=f"printed-{indicator.slug}-{numerator}", by=borough.panel_administrator, **facts,
    )  # fmt: skip


@pytest.fixture
def quarters(borough):
    """Quarters of 20, 18 and 3, and the year that would give the 3 back."""
    indicator = an_indicator(borough, "stable", number=1)
    for numerator, days in zip((20, 18, 3), QUARTERS, strict=True):
        entered(borough, indicator, numerator, 60, days)
    entered(borough, indicator, 41, 180)
    return indicator


@pytest.mark.parametrize("address", ["/kpis", "/kpis/stable", "/kpis/stable/definition", ""])
def test_g39_a_year_that_would_give_a_quarter_back_is_hidden_on_every_page(borough, sign_in, quarters, address):
    answer = sign_in(borough.commissioner).get(address or quarters.recommendation.get_absolute_url())
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "printed-stable-3<" not in text
    assert "printed-stable-41" not in text
    assert "41 of 180" not in text


def test_whoever_runs_the_service_reads_them_as_they_are(borough, sign_in, quarters):
    text = sign_in(borough.head_of_service).get("/kpis/stable").content.decode()

    assert "printed-stable-41" in text
    assert "41 of 180" in text


def test_pages_files_and_registers_hide_the_same_values(borough, quarters):
    kept = kept_back(borough.authority, hide=True)
    line = line_of(with_parts(Indicator.objects.filter(pk=quarters.pk)).get(), hide=True)
    left = [one for one in figures(borough.commissioner, only_validated=False, hide=True) if one.hidden]

    assert {value.printed for value in IndicatorValue.objects.filter(pk__in=kept)} == {"printed-stable-3", "printed-stable-41"}
    assert {figure.value.pk for figure in line.figures if figure.hidden} == set(kept)
    assert {figure.numerator for figure in left} == {3, 41}
    assert kept_back(borough.authority, hide=False) == {}


def test_what_was_validated_later_hides_in_the_same_order_on_pages_and_in_files(borough):
    """The year stood on a page first; a quarter that is validated before it shows nothing more, in a file or on a page."""
    indicator = an_indicator(borough, "stable")
    with clock.held_at(TODAY):
        year = entered(borough, indicator, 41, 180)
        quarter = entered(borough, indicator, 20, 60, QUARTERS[0])
    IndicatorValue.objects.filter(pk=quarter.pk).update(state=ValueState.VALIDATED, validated_at=clock.now(), validated_by=borough.commissioner)

    assert set(kept_back(borough.authority, hide=True)) == {quarter.pk}
    assert [one.hidden != "" for one in figures(borough.commissioner, only_validated=True, hide=True)] == [True]
    assert year.pk not in kept_back(borough.authority, hide=True)


def test_parts_that_name_the_same_children_are_compared_whatever_order_their_pages_come_in(borough):
    rows = [an_indicator(borough, slug, of="Children with  two Scores") for slug in ("better", "worse", "same")]
    values = [entered(borough, row, many, 40) for row, many in zip(rows, (20, 17, 3), strict=True)]

    assert set(kept_back(borough.authority, hide=True)) == {values[1].pk, values[2].pk}
    hidden = [line.latest.hidden for line in lines_of(Indicator.objects.order_by("pk"), hide=True)]
    assert sorted(hidden) == [False, True, True]


@pytest.mark.parametrize(("value", "unit", "is_hidden"), [(3, "number", True), (6, "number", False), (3, "children", True), (3, "days", False)])
def test_a_plain_number_of_children_is_its_own_count(borough, value, unit, is_hidden):
    enter_value(
        an_indicator(borough, "plain", unit=unit), period_start=YEAR[0], period_end=YEAR[1], period_label="", value=Decimal(value),
        printed=str(value), by=borough.commissioner,
    )  # fmt: skip

    assert bool(kept_back(borough.authority, hide=True)) is is_hidden


def test_what_counts_no_children_is_never_hidden(borough):
    entered(borough, an_indicator(borough, "posts", counts_children=False), 3, 40)

    assert kept_back(borough.authority, hide=True) == {}


def test_the_recommendations_of_a_register_hide_what_their_own_pages_hide(borough, sign_in, quarters):
    register = borough.authority.register_set.model.objects.create(authority=borough.authority, slug="improve", name="Improvement", kind="improve", order=1)

    text = sign_in(borough.commissioner).get(register.get_absolute_url()).content.decode()

    assert "printed-stable-41" not in text
    assert "41 of 180" not in text


@pytest.mark.parametrize("many", [1, 3])
def test_all_that_is_asked_for_is_one_question(borough, many):
    for n in range(many):
        entered(borough, an_indicator(borough, f"one-{n}"), 30, 60)

    with CaptureQueriesContext(connection) as asked:
        kept_back(borough.authority, hide=True)
    assert len(asked) == 1


@pytest.mark.parametrize(("words", "tells"), [
    ("In small homes 3 worsened and 2 improved", True), ("Counts of 2, 3, 4 and 5 children", True), ("Three in all in 2018.", True), ("One child moved", True), ("8 moved out in 2014/15 and three in 2016/17", True), ("Two years in the same placement", False),
    ("45 of 585 is 7.7%", False), ("The year 2017-18 is part of one", False), ("+0.76 and -1.4", False), ("Above nought in all three years", False), ("Q4 at 5%", False), ("Three or more is 3.6% of those in house", False),
])  # fmt: skip
def test_words_that_count_few_are_withheld_from_those_who_watch(words, tells):
    row = ["002:1", words, "", ""]

    assert queries_of([row], withhold=True) == [["002:1", WITHHELD, "", ""] if tells else row]
    assert queries_of([row], withhold=False) == [row]


def test_what_a_document_leaves_open_is_withheld_with_the_figure_it_is_about(borough, sign_in, quarters):
    Indicator.objects.filter(pk=quarters.pk).update(flag="Three in all in the autumn.")

    for address in ("/kpis", "/kpis/stable", "/kpis/stable/definition", quarters.recommendation.get_absolute_url()):
        assert "Three in all" not in sign_in(borough.commissioner).get(address).content.decode()
    assert "Three in all" in sign_in(borough.head_of_service).get("/kpis/stable").content.decode()


def test_a_line_is_of_periods_of_one_length_and_of_two_as_frequent_of_the_one_asked_for(borough, sign_in):
    indicator = add_indicator(borough.authority, slug="mixed", name="Mixed", from_on=date(2020, 1, 1), frequency="year", better="high", by=borough.commissioner)
    for days in (QUARTERS[0], QUARTERS[1], (date(2024, 1, 1), date(2025, 1, 1)), (date(2025, 1, 1), date(2026, 1, 1))):
        entered(borough, indicator, 30, 60, days)

    page = sign_in(borough.head_of_service).get("/kpis/mixed").content.decode()

    assert "Mixed, each year." in page
    assert "to 31 March 2025" in page
    assert "to 1 April 2025" not in page
    entered(borough, indicator, 30, 60, QUARTERS[2])
    assert "Mixed, each quarter." in sign_in(borough.head_of_service).get("/kpis/mixed").content.decode()
