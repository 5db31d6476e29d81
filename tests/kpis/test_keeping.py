"""Indicators are kept by people: definitions by version, targets, figures from typed to released, progress, rewording."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from kpis.actions.figure import check_value, correct_value, type_value, validate_value
from kpis.actions.indicator import (
    add_benchmark,
    add_indicator,
    add_recommendation,
    add_register,
    define_again,
    set_target,
)
from kpis.actions.progress import (
    add_action,
    end_action,
    finish_step,
    note_progress,
    reword_action,
)
from kpis.measures.registers import line_of, with_parts
from kpis.measures.to_do.figures import values_to_check
from kpis.models import Indicator, IndicatorValue, ProgressNote
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db

OCTOBER = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 11, 1), "period_label": "October 2026", "reading": "as printed", "source": "", "is_final": False}
COUNTED = {"value": None, "numerator": 45, "denominator": 585, "printed": ""}
DEFINED = {
    "numerator": "Those in time", "denominator": "All", "reading": "ours", "unit": "%", "scheme": "target", "better": "low", "tolerance": Decimal("0.1"),
    "tolerance_is_relative": True, "frequency": "month", "is_rolling": False, "counts_children": True, "baseline": Decimal(9), "baseline_on": TODAY,
    "baseline_words": "",
}  # fmt: skip


@pytest.fixture
def indicator(borough):
    """A measure where lower is better, owned by the head of service, with a target of 8%."""
    return add_indicator(
        borough.authority, slug="moves", name="Children who moved", from_on=date(2026, 1, 1), better="low", checked_by_role="HOS",
        targets=[(date(2027, 3, 31), Decimal(8), "8% or less")], by=borough.commissioner,
    )  # fmt: skip


def typed(indicator, by, **facts):
    return type_value(indicator, by=by, **{**OCTOBER, **COUNTED, **facts})


def line(indicator, hide=False):
    return line_of(with_parts(Indicator.objects.filter(pk=indicator.pk)).get(), hide=hide)


def test_h1_a_figure_is_typed_checked_by_its_owner_and_validated_by_another(borough, indicator):
    value = typed(indicator, borough.panel_administrator)
    assert (value.value, value.printed, value.state) == (Decimal("7.7"), "7.7%", "entered")

    with pytest.raises(RuleBroken, match="owner has not checked"):
        validate_value(value, by=borough.commissioner)
    with pytest.raises(RuleBroken, match="Whoever owns"):
        check_value(value, by=borough.commissioner)
    assert values_to_check(borough.head_of_service)[0].url == "/kpis/moves/definition"
    check_value(value, by=borough.head_of_service)
    assert values_to_check(borough.head_of_service) == []
    with pytest.raises(RuleBroken, match="Somebody else validates"):
        validate_value(value, by=borough.panel_administrator)
    assert validate_value(value, by=borough.commissioner).state == "validated"
    verbs = AuditEvent.objects.filter(subject_type="kpis.indicatorvalue").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["value.entered", "value.checked", "value.validated"]


def test_h1_a_corrected_figure_is_checked_anew_its_versions_stay_and_a_validated_one_is_shut(borough, indicator):
    value = check_value(typed(indicator, borough.panel_administrator), by=borough.head_of_service)
    facts = {"figure": None, "numerator": 44, "denominator": 585, "printed": "", "is_final": True, "because": "One was counted twice."}
    value = correct_value(value, by=borough.commissioner, **facts)

    assert (value.state, value.checked_by, value.value, value.entered_by) == ("entered", None, Decimal("7.5"), borough.commissioner)
    versions = IndicatorValue.pgh_event_model.objects.filter(pgh_obj=value).order_by("pgh_id")
    assert list(versions.values_list("numerator", flat=True)) == [45, 45, 44]
    check_value(value, by=borough.head_of_service)
    with pytest.raises(RuleBroken, match="Somebody else validates"):
        validate_value(value, by=borough.commissioner)
    IndicatorValue.objects.filter(pk=value.pk).update(state="validated")
    with pytest.raises(RuleBroken, match="validated for release and stays"):
        correct_value(value, by=borough.commissioner, **facts)


def test_h1_one_figure_a_period_and_reading_and_nothing_is_kept_of_a_refusal(borough, indicator):
    typed(indicator, borough.panel_administrator)
    with pytest.raises(RuleBroken, match="has a figure by this reading"):
        typed(indicator, borough.panel_administrator)
    typed(indicator, borough.panel_administrator, reading="any change")
    assert indicator.values.count() == 2


def test_h1_a_new_definition_holds_from_its_day_and_old_figures_keep_the_one_before(borough, indicator):
    before = typed(indicator, borough.panel_administrator)
    second = define_again(indicator, from_on=date(2026, 10, 15), because="Counted anew.", by=borough.commissioner, **DEFINED)
    with clock.held_at(date(2026, 12, 5)):
        after = typed(indicator, borough.panel_administrator, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1), period_label="November 2026")

    assert (second.version, before.definition.version, after.definition.version) == (2, 1, 2)
    assert line(indicator).definition.baseline == 9
    with pytest.raises(RuleBroken, match="from which day"):
        define_again(indicator, from_on=date(2026, 10, 15), because="Again.", by=borough.commissioner, **DEFINED)


def test_h1_a_target_for_the_same_day_replaces_and_the_one_before_stays_to_be_read(borough, indicator):
    with pytest.raises(RuleBroken, match="why it is replaced"):
        set_target(indicator, due_on=date(2027, 3, 31), value=Decimal("7.5"), by=borough.commissioner)
    new = set_target(indicator, due_on=date(2027, 3, 31), value=Decimal("7.5"), because="Agreed.", by=borough.commissioner)

    assert new.printed == "7.5%"
    assert list(indicator.targets.order_by("pk").values_list("printed", "replaced_on")) == [("8% or less", TODAY), ("7.5%", None)]
    typed(indicator, borough.panel_administrator)
    assert (line(indicator).target, line(indicator).attainment) == (new, "A")


@pytest.mark.parametrize(("value", "colour"), [("8", "G"), ("8.8", "A"), ("8.81", "R")])
def test_h2_the_tolerance_belongs_to_the_indicator_and_a_boundary_to_the_better_colour(borough, indicator, value, colour):
    typed(indicator, borough.panel_administrator, value=Decimal(value), numerator=None, denominator=None)
    assert line(indicator).attainment == colour


def test_h3_benchmarks_of_neighbours_and_england_stand_beside(borough, indicator):
    for against, value in (("neighbours", "10.7"), ("england", "10")):
        add_benchmark(indicator, against=against, period_end=TODAY, value=Decimal(value), source="A table", by=borough.commissioner)

    assert line(indicator).neighbours == "10.7%"
    assert sorted(indicator.benchmarks.values_list("against", "printed")) == [("england", "10%"), ("neighbours", "10.7%")]


def test_h21_a_note_moves_the_colour_of_the_action_and_never_of_the_figure(borough):
    row = add_recommendation(borough.authority, number=1, text="Do better", aim="", progress="A", progress_on=date(2026, 10, 1), by=None)
    note_progress(row, on=TODAY, words="Well on the way.", rating="G", by=borough.commissioner)
    note_progress(row, on=date(2026, 9, 1), words="Added late.", rating="R", by=borough.commissioner)

    row.refresh_from_db()
    assert (row.progress, row.progress_on, row.notes.count()) == ("G", TODAY, 2)
    with pytest.raises(RuleBroken, match="how the action is going"):
        note_progress(row, on=TODAY, words="No colour.", by=borough.commissioner)


def test_h20_the_board_writes_down_a_months_progress_of_an_outcome_measure(borough, indicator, sign_in):
    page = sign_in(borough.commissioner)
    answer = page.post("/kpis/moves/progress", {"on": "20 11 2026", "words": "Fewer came in.", "rating": "G"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/kpis/moves/definition")
    assert ProgressNote.objects.get().indicator == indicator
    assert "Fewer came in." in page.get("/kpis/moves/definition").content.decode()


@pytest.fixture
def action(borough):
    """An action of a plan with one step, and another beside it."""
    register = add_register(borough.authority, slug="plan", kind="plan", name="A plan", by=borough.commissioner)
    facts = {"outcome": "Safe", "focus": "Together", "lead_role": "A lead", "by": borough.commissioner}
    add_action(register, number="2", text="Carry on.", order=2, **facts)
    return add_action(register, number="1", text="Begin.", order=1, steps=[("A step.", TODAY - timedelta(days=1), "A lead", "")], **facts)


def test_h22_an_action_is_reworded_its_words_before_stay_and_it_ends_once(borough, action):
    reword_action(action, text="Begin again.", because="The focus changed.", by=borough.commissioner)
    assert (action.wordings.get().text, action.wordings.get().because) == ("Begin.", "The focus changed.")
    other = action.register.actions.get(number="2")
    with pytest.raises(RuleBroken, match="carries it on"):
        end_action(action, state="closed", because="Elsewhere.", continues_as=action, by=borough.commissioner)
    ended = end_action(action, state="closed", because="Elsewhere.", continues_as=other, by=borough.commissioner)
    assert (ended.closed_on, ended.continues_as, ended.text) == (TODAY, other, "Begin again.")
    with pytest.raises(RuleBroken, match="is over"):
        reword_action(action, text="Later.", because="Late.", by=borough.commissioner)


def test_h22_a_step_past_its_day_is_late_until_it_is_done(borough, action):
    step = action.steps.get()
    assert step.is_late
    finish_step(step, on=TODAY, by=borough.commissioner)
    step.refresh_from_db()
    assert (step.is_late, step.done_by) == (False, borough.commissioner)
    with pytest.raises(RuleBroken, match="done already"):
        finish_step(step, on=TODAY, by=borough.commissioner)


@pytest.mark.parametrize(
    ("path", "typed", "says", "kept"),
    [
        ("values/new", {"starts_on": "1 10 2026", "last_on": "31 10 2026", "reading": "r", "value": "9", "numerator": "45", "denominator": "585", "is_final": "no"}, "45 of 585 is 8%", "585"),
        ("values/new", {"starts_on": "1 10 2026", "last_on": "30 9 2026", "reading": "r", "value": "9", "is_final": "no"}, "ends on or after", "30 9 2026"),
        ("values/new", {"starts_on": "soon", "last_on": "31 10 2026", "reading": "r", "value": "x", "is_final": "no"}, "must be a number", "soon"),
        ("values/new", {"starts_on": "1 10 2026", "last_on": "31 10 2026", "reading": "r", "value": "1e99999", "is_final": "no"}, "Figure", "1e99999"),
        ("targets/new", {"due_on": "31 3 2027", "value": "7"}, "why it is replaced", "31 3 2027"),
        ("benchmarks/new", {"against": "england", "last_on": "31 3 2026", "value": "7"}, "where it comes from", "31 3 2026"),
        ("definition/new", {"numerator": "", "reading": "r", "unit": "%", "scheme": "target", "frequency": "month"}, "Say what is counted", "target"),
        ("progress", {"on": "1 1 2030", "words": "Words kept."}, "today or before", "Words kept."),
    ],
)  # fmt: skip
def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(borough, indicator, sign_in, path, typed, says, kept):
    if path == "definition/new":
        typed = {**typed, "tolerance": "0.1", "tolerance_is_relative": "yes", "is_rolling": "no", "counts_children": "yes"}
    answer = sign_in(borough.commissioner).post(f"/kpis/moves/{path}", typed)

    words = answer.content.decode()
    assert answer.status_code == 200
    assert says in words
    assert kept in words
    assert (indicator.values.count(), indicator.targets.count(), indicator.definitions.count()) == (0, 1, 1)


def test_the_pages_do_each_deed_and_whoever_may_not_is_barred(borough, indicator, action, sign_in):
    admin = sign_in(borough.panel_administrator)
    typed = {"starts_on": "1 10 2026", "last_on": "31 10 2026", "reading": "r", "numerator": "45", "denominator": "585", "is_final": "no"}
    assert admin.post("/kpis/moves/values/new", typed).status_code == 302
    value = IndicatorValue.objects.get()
    address = f"/kpis/moves/values/{value.reference}"
    assert admin.post(f"{address}/validate").status_code == 403
    hos = sign_in(borough.head_of_service)
    assert hos.post(f"{address}/check").status_code == 302
    assert sign_in(borough.member).post(f"{address}/check").status_code == 403
    assert sign_in(borough.commissioner).post(f"{address}/validate").status_code == 302
    value.refresh_from_db()
    assert (value.state, value.period_label) == ("validated", "To 31 October 2026")
    com = sign_in(borough.commissioner)
    assert com.post(f"{action.get_absolute_url()}/reword", {"text": "New.", "because": "Why."}).status_code == 302
    assert com.post(f"{action.get_absolute_url()}/steps/1/done", {"on": "24 11 2026"}).status_code == 302
    assert com.get(f"{action.get_absolute_url()}/steps/9/done").status_code == 404
    assert "Begin." in com.get(action.get_absolute_url()).content.decode()


def test_h1_definitions_are_listed_by_register_with_as_many_queries_for_three_as_for_one(borough, indicator, sign_in):
    page, counts = sign_in(borough.commissioner), []
    page.get("/kpis/manage")
    for more in (0, 2):
        for n in range(more):
            add_indicator(borough.authority, slug=f"more-{n}", name=f"More {n}", from_on=TODAY, by=None)
        with CaptureQueriesContext(connection) as asked:
            words = page.get("/kpis/manage").content.decode()
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert "Children who moved" in words
    assert page.get("/kpis/manage?register=999999").status_code == 200


def test_few_children_are_hidden_from_those_who_watch_and_shown_to_those_who_run_it(borough, indicator, sign_in):
    typed(indicator, borough.panel_administrator, numerator=3, denominator=12)
    watched, run = (sign_in(who).get("/kpis/moves/definition").content.decode() for who in (borough.commissioner, borough.head_of_service))

    assert "3 of 12" not in watched
    assert "25.0%" not in watched
    assert "3 of 12" in run
