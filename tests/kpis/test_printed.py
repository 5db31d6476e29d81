"""The documents' own registers load as they are printed: counted, coloured by their own keys, flagged and never mended."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.demo import figures
from config.demo.printed import dashboard, tracker
from core.models import AuditEvent
from kpis.measures.recommendations import recommendations
from kpis.measures.registers import line_of, lines_of, with_parts
from kpis.models import Indicator, Recommendation, Register, TrackedAction
from tests.people import a_borough

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(borough):
    """The borough with one of the loaders run, chosen by the test."""

    def load(part):
        part(SimpleNamespace(authority=borough.authority, com=borough.commissioner))
        return borough

    return load


def line(slug, *, hide=False, register_end=None):
    return line_of(with_parts(Indicator.objects.filter(slug=slug)).get(), hide=hide, register_end=register_end)


def test_h21_17_recommendations_load_with_a_lead_role_and_progress_apart_from_attainment(printed):
    borough = printed(figures.recommendations)
    rows = recommendations(authority=borough.authority)

    assert [row.number for row in rows] == list(range(1, 18))
    assert [sum(row.progress == sign for row in rows) for sign in "GAR"] == [15, 2, 0]
    assert all(row.lead_role and row.aim and row.measures for row in rows)
    short = [row.number for row in rows if row.progress == "G" and any(one.rating in {"A", "R"} for one in row.measures)]
    assert short == [3, 4, 7, 12, 14]


@pytest.mark.parametrize(
    ("number", "order", "latest", "target", "due"),
    [(5, 2, "10.9", "18%", date(2019, 3, 31)), (7, 2, "87.3", "100%", date(2020, 3, 31)), (7, 4, "65.7", "67%*", date(2019, 3, 31)), (9, 2, "97", "90%", date(2019, 3, 31))],
)
def test_h21_each_figure_is_held_against_the_target_next_due(printed, number, order, latest, target, due):
    printed(figures.recommendations)
    one = line(Indicator.objects.get(recommendation__number=number, order=order).slug)

    assert one.latest.value.value == Decimal(latest)
    assert (one.target.printed, one.target.due_on) == (target, due)


def test_h1_a_value_keeps_its_period_reading_and_counts_so_that_a_month_is_not_a_year(printed):
    printed(figures.recommendations)
    again = Indicator.objects.get(recommendation__number=5, order=2).values.order_by("period_end", "pk")

    assert [(value.period_label, value.printed, value.numerator, value.denominator) for value in again] == [
        ("2017/18", "24% (2017/18)", 129, 538), ("2018/19", "15.2% (2018/19)", None, None), ("Latest", "10.9% (March 2019)", 76, 499),
    ]  # fmt: skip


def test_h23_the_quarters_dashboard_is_as_printed_with_no_polarity_and_arrears_kept(printed):
    borough = printed(figures.quarter)
    register = Register.objects.get()
    lines = lines_of(Indicator.objects.filter(register=register), hide=False, register_end=register.period_end)
    by_name = {one.indicator.name: one for one in lines}

    assert len(lines) == len(dashboard.ROWS) == 31
    changes = [one.latest.value.change for one in lines]
    assert [changes.count(word) for word in ("Better", "Similar", "Lower", "Worse", "Same", "Higher", "Higher - no polarity")] == [7, 10, 5, 2, 3, 1, 1]
    assert [sum(one.latest.value.quartile == n for one in lines) for n in (1, 2, 3, 4)] == [6, 6, 6, 1]
    exploited = by_name["Referrals about sexual exploitation"]
    assert (exploited.attainment, exploited.definition.scheme, exploited.definition.better) == (None, "none", "")
    late = {one.indicator.name: one.arrears for one in lines if one.arrears}
    assert late["People open to early help"] == "Q2: 2 quarters in arrears"
    assert sorted(late.values()) == ["Q2: 2 quarters in arrears"] * 2 + ["Q3: 1 quarter in arrears"] * 3
    assert AuditEvent.objects.filter(authority_id=borough.authority.pk, verb="value.entered").count() == 31


def test_h2_colours_follow_the_printed_key_and_a_printed_colour_that_breaks_it_is_said(printed):
    printed(figures.quarter)
    lines = lines_of(Indicator.objects.all(), hide=False)
    remarks = {one.indicator.name: one.remarks for one in lines if one.remarks}

    assert remarks == {
        "Care leavers in suitable accommodation": ["Printed Green; the printed key gives Amber."],
        "Of 16 and 17, not in work or learning": ["Printed Green; the printed key gives Amber."],
        "Child protection plans reviewed on time": ["Printed Green; the printed key gives Amber. Where in the quartile it lies is not printed."],
    }
    rated = [one for one in lines if one.latest.value.printed_rating]
    assert len(rated) == 19
    assert all(one.attainment == one.latest.value.printed_rating for one in rated if not one.remarks)


def test_h3_na_stays_na_and_neighbours_stand_beside_the_figure(printed):
    printed(figures.quarter)
    by_name = {one.indicator.name: one for one in lines_of(Indicator.objects.all(), hide=False)}

    dental = by_name["Dental check of children in care in 12 months"]
    assert (dental.attainment, dental.neighbours, dental.latest.value.quartile) == (None, "", None)
    assert by_name["Average SDQ score of children in care"].neighbours == "15.58"
    assert by_name["Single assessments finished within 45 days"].neighbours == "82.0%"


def test_h20_the_strategys_outcome_measures_load_with_targets_baseline_and_their_queries(printed):
    printed(figures.outcomes)
    rows = Indicator.objects.filter(register__kind="outcomes").order_by("order")

    assert [(row.slug, row.targets.get().value) for row in rows] == [
        ("children-in-care-rate", Decimal("42.5")), ("mainstream-growth", 65), ("residential-share", 8), ("permanence-by-second-review", 100),
    ]  # fmt: skip
    share = line("residential-share")
    assert (share.definition.baseline, share.definition.baseline_on, share.latest.count) == (Decimal("10.6"), date(2018, 3, 31), "59 of 553")
    assert len(Register.objects.get(kind="outcomes").queries) == 5
    assert {one.frequency for row in rows for one in row.definitions.all()} == {"month"}


def test_h25_sufficiency_holds_carers_specialist_homes_and_lodgings(printed):
    printed(figures.outcomes)
    rows = Indicator.objects.filter(register__kind="needs").order_by("order")

    assert [(row.slug, row.targets.get().value) for row in rows] == [("carers-added", 130), ("specialist-homes-growth", 100), ("lodgings-growth", 45)]
    assert line("carers-added").definition.baseline == 124
    assert line("carers-added").attainment == "R"


def test_h7_h8_the_specifications_tables_load_with_counts_and_few_children_are_hidden(printed):
    printed(figures.specification)
    everybody = line("sdq-2-score-of-17-and-over-all-children")
    few = Indicator.objects.get(name="Score of 17 and over: in a small group home")

    assert [figure.count for figure in everybody.figures] == ["82 of 213", "116 of 276", "146 of 349", "89 of 244"]
    assert [row.printed for row in everybody.indicator.benchmarks.order_by("period_end")] == ["80 of 211", "116 of 276", "146 of 349", "134 of 368"]
    hidden = line(few.slug, hide=True)
    assert [(figure.words, figure.count) for figure in hidden.figures] == [("c", ""), ("11 (64.7%)", "11 of 17"), ("c", ""), ("c", "")]
    assert [figure.count for figure in line(few.slug).figures] == ["9 of 13", "11 of 17", "9 of 12", "7 of 12"]
    assert len(Register.objects.get(slug="sdq-tables").queries) == 8


def test_h13_moves_out_of_the_city_keep_the_missing_year_missing(printed):
    printed(figures.specification)
    out = line(Indicator.objects.get(name__startswith="Children moved out of the city").slug, hide=True)

    assert [(figure.value.period_label, figure.words) for figure in out.figures] == [("2014-15", "8"), ("2016-17", "c")]
    assert out.indicator.flag == "2015/16 is not printed."


def test_h22_the_plans_actions_have_four_columns_dates_and_a_history_of_rewording(printed):
    printed(figures.plan)
    rows = {row.number: row for row in TrackedAction.objects.all()}

    assert len(rows) == sum(len(actions) for _, _, actions in tracker.OUTCOMES) == 28
    mistle = rows["4.1.3"].notes.get()
    assert (bool(mistle.words), bool(mistle.works_well), bool(mistle.worries), rows["4.1.3"].steps.count()) == (True, True, True, 1)
    assert [step.due_on for step in rows["1.1"].steps.order_by("order")] == [date(2019, 6, 30), date(2019, 9, 30), date(2019, 12, 31), date(2020, 3, 31)]
    assert [(row.number, row.wordings.count()) for row in rows.values() if row.wordings.exists()] == [("4.1.1", 1), ("4.2.1a", 1)]
    assert rows["4.2.1a"].wordings.get().text == "A strategy and a model of services after 16"
    assert sorted(row.number for row in rows["2.1.6"].took_over.all()) == ["2.1.1", "2.1.2", "2.1.4", "2.1.5"]
    assert (rows["2.1.3"].state, rows["2.2.1"].continues_as.number) == ("complete", "2.1.7")


def test_no_officer_is_named_in_what_loads(printed):
    for part in (figures.recommendations, figures.quarter, figures.outcomes, figures.specification, figures.plan):
        printed(part)
    leads = {*Recommendation.objects.values_list("lead_role", flat=True), *TrackedAction.objects.values_list("lead_role", flat=True)}

    officers = ("director", "head", "manager", "lead", "executive", "partners")
    assert all(any(word in lead.lower() for word in officers) for lead in leads), leads


def test_registers_open_whole_on_their_pages_with_a_constant_number_of_queries(printed, sign_in):
    borough = printed(figures.outcomes)
    figures.specification(SimpleNamespace(authority=borough.authority, com=borough.commissioner))
    figures.quarter(SimpleNamespace(authority=borough.authority, com=borough.commissioner))
    figures.plan(SimpleNamespace(authority=borough.authority, com=borough.commissioner))
    page, counts = sign_in(borough.commissioner), {}
    for slug in ("placement-strategy", "sufficiency", "sdq-tables", "stability-tables", "quarter-4-2018-19", "partnership-plan"):
        page.get(f"/kpis/registers/{slug}")
        with CaptureQueriesContext(connection) as asked:
            answer = page.get(f"/kpis/registers/{slug}")
        assert answer.status_code == 200
        counts[slug] = len(asked)

    assert counts["placement-strategy"] == counts["sdq-tables"] == counts["stability-tables"] == counts["quarter-4-2018-19"], counts
    assert max(counts.values()) <= 24, counts
    assert sign_in(a_borough("elsewhere").commissioner).get("/kpis/registers/sdq-tables").status_code == 404
