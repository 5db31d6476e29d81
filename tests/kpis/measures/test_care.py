"""Children's care counted from records: SDQ and its movement, homes that broke down, moves, goals, plans; few children hidden."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import AuditEvent
from kpis.measures.care import breakdowns, goals, is_safe, permanence, sdq_care
from kpis.measures.care_behind import FIGURES, facts_behind
from kpis.measures.care_moves import Moves, YearCount, moves
from referrals.actions.care import book_review, hold_review, keep_care_details
from referrals.actions.sdq import add_sdq
from referrals.actions.sdq_look import look_at_sdq
from referrals.models import Ending
from tests.people import a_borough
from tests.referrals.builders import a_child
from tests.referrals.journeys import a_home
from tests.referrals.places import a_place_given, a_stay_ended, an_outreach

pytestmark = pytest.mark.django_db

YEAR, BEFORE, AFTER = date(2025, 4, 1), date(2024, 4, 1), date(2026, 4, 1)


def scored(borough, *scores, kind="", **facts):
    """A child with a score in each of two years (None: none), in a home of a kind all that time."""
    child = a_child(borough, **facts)
    keep_care_details(child, in_care_since=date(2023, 1, 1), by=None)
    for on, score in zip((date(2024, 11, 1), date(2025, 11, 1)), scores, strict=True):
        if score is not None:
            add_sdq(child, on=on, score=score, completed_by="carer", by=None)
    if kind:
        a_home(child, kind=kind, starts_on=date(2024, 1, 1), is_registered=True)
    return child


def test_h7_movement_is_of_those_with_both_scores_and_says_what_it_covers(borough):
    for pair in ((20, 15), (14, 17), (18, 18), (9, None), (None, 22)):
        scored(borough, *pair)
    everybody, _ = sdq_care(borough.authority, YEAR, hide=False).groups

    moved = everybody.moved
    assert [moved.moves[name].numerator for name in ("improved", "same", "worsened")] == [1, 1, 1]
    assert (moved.coverage.numerator, moved.coverage.denominator, moved.of_later.denominator) == (3, 4, 4)
    assert (str(moved.average_change), str(everybody.covers)) == ("-0.7", "75.0")


def test_h6_h9_two_bands_at_the_number_of_the_years_end_beside_the_departments_three(borough):
    for score in (13, 14, 16, 17, 30):
        scored(borough, None, score)
    care = sdq_care(borough.authority, YEAR, hide=False)

    assert (care.from_score, care.groups[0].two.below.numerator, care.groups[0].two.at_or_above.numerator) == (17, 3, 2)
    assert {name: one.numerator for name, one in care.groups[0].year.bands.items()} == {"normal": 1, "borderline": 2, "cause for concern": 2}
    assert care.groups[0].year.completion.denominator == 5


def test_h6_a_score_in_care_under_a_year_is_no_part_of_the_published_table(borough):
    child = scored(borough, None, 20)
    keep_care_details(child, in_care_since=date(2025, 6, 1), by=None)
    group = sdq_care(borough.authority, YEAR, hide=False).groups[0]

    assert (group.two.at_or_above.numerator, group.year.completion.denominator) == (1, 0)


def test_h6_a_child_without_a_score_counts_by_the_reason_of_the_return(borough):
    refused, unsaid = scored(borough, None, None), scored(borough, None, None)
    scored(borough, None, 12)
    add_sdq(refused, on=date(2025, 11, 1), not_done_because="SDQ5", by=None)
    add_sdq(unsaid, on=date(2024, 11, 1), not_done_because="SDQ2", by=None)
    care = sdq_care(borough.authority, YEAR, hide=False)

    assert [(words, count) for words, count in care.missing if count] == [("The child said no", 1), ("No reason is written down", 1)]
    assert sum(count for _, count in care.missing) == care.groups[0].year.completion.denominator - care.groups[0].year.completion.numerator == 2
    assert sdq_care(borough.authority, YEAR, hide=True).missing_hidden


def test_h8_a_small_group_home_is_apart_and_hidden_whole_where_it_counts_few(borough):
    for _ in range(6):
        scored(borough, 12, 12)
        scored(borough, 20, 20, kind="small group")
    everybody, part = sdq_care(borough.authority, YEAR, hide=True).groups
    assert (part.two.at_or_above.numerator, part.two.below.numerator, part.hidden, everybody.hidden) == (6, 0, False, False)

    scored(borough, 20, 20, kind="small group")
    scored(borough, 12, 12, kind="small group")
    everybody, part = sdq_care(borough.authority, YEAR, hide=True).groups
    assert (part.hidden, everybody.hidden) == (True, False)
    assert (part.moves_hidden, everybody.moves_hidden) == (False, False)
    assert not sdq_care(borough.authority, YEAR, hide=False).any_hidden


def test_h8_a_few_outside_the_small_group_hide_it_too(borough):
    for _ in range(7):
        scored(borough, 20, 20, kind="small group")
    scored(borough, 20, 20)
    everybody, part = sdq_care(borough.authority, YEAR, hide=True).groups

    assert (everybody.two.at_or_above.numerator, everybody.hidden, part.hidden) == (8, False, True)


def a_breakdown(borough, days, *, internal, child=None, reason="CREQB"):
    """A home that lasted so many days and broke down inside the year."""
    child = child or a_child(borough)
    ended = date(2025, 12, 1)
    a_home(child, starts_on=ended - timedelta(days=days), is_internal=internal)
    with clock.held_at(ended):
        a_home(child, starts_on=ended, is_internal=internal, ending_reason=reason)
    return child


def test_h12_breakdowns_count_homes_children_mean_days_and_bands_own_and_agency_apart(borough):
    for days, internal in ((10, True), (100, True), (400, False), (21, None)):
        a_breakdown(borough, days, internal=internal)
    a_breakdown(borough, 50, internal=False, reason="CARPL")
    own, agency, everybody = breakdowns(borough.authority, YEAR, AFTER, hide=False).rows

    assert [(row.homes, row.children, row.average_days) for row in (own, agency, everybody)] == [(2, 2, 55), (1, 1, 400), (4, 4, 133)]
    assert [count for _, count, _ in everybody.bands] == [2, 1, 0, 1]
    assert breakdowns(borough.authority, BEFORE, YEAR, hide=False).rows[2].homes == 0


def test_h12_few_breakdowns_hide_the_table_and_few_of_one_length_hide_the_lengths(borough):
    for n in range(6):
        a_breakdown(borough, 20 if n else 100, internal=True)
        a_breakdown(borough, 200, internal=False)
    shown = breakdowns(borough.authority, YEAR, AFTER, hide=True)
    assert (shown.hidden, shown.bands_hidden) == (False, True)
    a_breakdown(borough, 100, internal=None)
    assert breakdowns(borough.authority, YEAR, AFTER, hide=True).hidden
    assert not breakdowns(borough.authority, YEAR, AFTER, hide=False).hidden


def test_h13_a_move_from_a_small_group_home_out_of_the_area_counts_once_in_its_year(borough):
    out, stayed, other = a_child(borough), a_child(borough), a_child(borough)
    for child, kind, inside in ((out, "small group", False), (stayed, "small group", True), (other, "foster", False)):
        a_home(child, kind=kind, starts_on=date(2025, 1, 1), is_registered=True)
        with clock.held_at(date(2025, 7, 1)):
            a_home(child, kind="residential", starts_on=date(2025, 7, 1), is_registered=True, is_in_county=inside)
    found = moves(borough.authority, [BEFORE, YEAR], hide=False)

    assert [one.count for one in found.out_of_area] == [0, 1]
    assert [one.count for one in found.residential] == [2, 3]
    hidden = moves(borough.authority, [BEFORE, YEAR], hide=True)
    assert [one.shown for one in hidden.out_of_area] == ["None", "c"]


def test_h20_plans_by_the_second_review_are_of_those_whose_second_review_was_held(borough):
    for plan_on, held in ((date(2025, 6, 1), 2), (date(2025, 12, 1), 2), (None, 2), (date(2025, 6, 1), 1)):
        child = a_child(borough)
        facts = {"permanence_plan": "A plan", "permanence_plan_on": plan_on} if plan_on else {}
        keep_care_details(child, in_care_since=date(2025, 4, 10), by=None, **facts)
        for day in (date(2025, 5, 1), date(2025, 8, 1))[:held]:
            review = book_review(child, kind="statutory", due_on=day, by=None)
            with clock.held_at(day):
                hold_review(review, held_on=day, outcome="Held.", by=None)
    found = permanence(borough.authority, YEAR, AFTER, hide=False)

    assert (found.in_time, found.held, str(found.percent)) == (1, 3, "33")
    assert permanence(borough.authority, YEAR, AFTER, hide=True).hidden


def test_h24_each_high_score_of_the_year_is_looked_at_once_and_counted(borough):
    high, newer = scored(borough, None, 25), scored(borough, None, 20)
    add_sdq(newer, on=date(2026, 1, 5), score=10, completed_by="carer", by=None)
    scored(borough, None, 16)
    assert sdq_care(borough.authority, YEAR, hide=False).oversight == (0, 1)

    look_at_sdq(high.sdqs.get(), action_taken="Therapy.", by=borough.head_of_service)

    assert sdq_care(borough.authority, YEAR, hide=False).oversight == (1, 1)
    assert sdq_care(borough.authority, YEAR, hide=True).oversight_hidden


def test_another_council_counts_nothing_of_ours(borough):
    scored(borough, 20, 20, kind="small group")
    a_breakdown(borough, 100, internal=True)
    theirs = a_borough("elsewhere").authority

    care = sdq_care(theirs, YEAR, hide=False)
    assert [group.two.at_or_above.denominator for group in care.groups] == [0, 0]
    assert breakdowns(theirs, YEAR, AFTER, hide=False).rows[2].homes == 0
    assert goals(theirs, YEAR, AFTER, hide=False).closed == Ending.objects.count() == 0


@pytest.mark.parametrize(("cells", "safe"), [([0, 6], True), ([1], False), ([5, 100], False), ([None, 0], True), ([], True)])
def test_a_cell_of_1_to_5_is_not_safe(cells, safe):
    assert is_safe(cells) is safe


def test_the_page_opens_for_a_year_and_hides_few_from_a_commissioner(borough, sign_in):
    scored(borough, 20, 15)
    watched = sign_in(borough.commissioner)
    assert "1 of the 1 scored the year before" not in watched.get("/kpis/care?year=2025").content.decode()
    assert watched.get("/kpis/care?year=1999").status_code == 404
    assert "1 of the 1 scored the year before, 100.0%" in sign_in(borough.head_of_service).get("/kpis/care?year=2025").content.decode()
    assert sign_in(borough.social_worker).get("/kpis/care").status_code == 403


def everything(borough):
    """One year with something of every figure in it, and something of the year before beside it."""
    for pair in ((20, 15), (14, 17), (9, None), (None, 22)):
        scored(borough, *pair)
    refused = scored(borough, None, None)
    add_sdq(refused, on=date(2025, 11, 1), not_done_because="SDQ5", by=None)
    for days, internal in ((10, True), (100, None)):
        a_breakdown(borough, days, internal=internal)
    out = a_child(borough)
    a_home(out, kind="small group", starts_on=date(2025, 1, 1), is_registered=True)
    with clock.held_at(date(2025, 7, 1)):
        a_home(out, kind="residential", starts_on=date(2025, 7, 1), is_registered=True, is_in_county=False, is_internal=False)
    child = a_child(borough)
    keep_care_details(child, in_care_since=date(2025, 4, 10), permanence_plan="A plan", permanence_plan_on=date(2025, 6, 1), by=None)
    for day in (date(2025, 5, 1), date(2025, 8, 1)):
        review = book_review(child, kind="statutory", due_on=day, by=None)
        with clock.held_at(day):
            hold_review(review, held_on=day, outcome="Held.", by=None)
    with clock.held_at(date(2025, 6, 1)):
        stay = a_place_given(borough, an_outreach(borough))
    with clock.held_at(date(2025, 9, 1)):
        a_stay_ended(borough, stay)


@pytest.mark.parametrize("first", [YEAR, BEFORE])
def test_each_figure_has_as_many_records_behind_it_as_it_counts(borough, first):
    everything(borough)
    last, authority = date(first.year + 1, 4, 1), borough.authority
    care, found = sdq_care(authority, first, hide=False), moves(authority, [first], hide=False)
    counted = {
        "sdq-scores": care.groups[0].two.below.denominator, "sdq-missing": sum(count for _, count in care.missing),
        "sdq-moves": care.groups[0].moved.coverage.numerator, "homes-ended": breakdowns(authority, first, last, hide=False).rows[2].homes,
        "moved-out": found.out_of_area[0].count, "residential": found.residential[0].count,
        "goals": goals(authority, first, last, hide=False).closed + goals(authority, first, last, hide=False).unsaid,
        "plans": permanence(authority, first, last, hide=False).held,
    }  # fmt: skip

    assert {slug: len(facts_behind(figure, authority, first)) for slug, figure in FIGURES.items()} == counted
    assert first == BEFORE or all(counted.values())


def test_h6_the_records_behind_a_figure_open_to_whoever_sees_counts_and_that_they_were_read_is_kept(borough, sign_in):
    child = scored(borough, 20, 15)
    reader = sign_in(borough.head_of_service)
    assert '<a class="govuk-link" href="/kpis/care/sdq-moves?year=2025">' in reader.get("/kpis/care?year=2025").content.decode()

    page = reader.get("/kpis/care/sdq-moves?year=2025").content.decode()

    assert child.reference in page
    assert "Improved: 20, then 15" in page
    assert AuditEvent.objects.filter(verb="record.read", child_id=child.pk, person_id=borough.head_of_service.pk).count() == 1
    assert AuditEvent.objects.filter(sentence="Read counts of children as they are: children’s care in the year from 2025-04-01.").count() == 1


def test_those_who_watch_are_given_no_record_behind_care_and_no_link_to_one(borough, sign_in):
    scored(borough, 20, 15)
    watcher = sign_in(borough.commissioner)
    page = watcher.get("/kpis/care?year=2025").content.decode()

    assert "/kpis/care/sdq-moves" not in page
    assert "some count in that table is of 1 to 5 children" in page
    assert watcher.get("/kpis/care/sdq-moves?year=2025").status_code == 404
    assert sign_in(borough.head_of_service).get("/kpis/care/no-such?year=2025").status_code == 404
    assert not AuditEvent.objects.filter(sentence__startswith="Read counts of children", person_id=borough.commissioner.pk).exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_records_are_asked_for_in_as_many_questions_for_three_as_for_one(borough, sign_in, many):
    for _ in range(many):
        scored(borough, 20, 15)
    reader = sign_in(borough.head_of_service)
    reader.get("/kpis/care/sdq-scores?year=2025")

    with CaptureQueriesContext(connection) as asked:
        reader.get("/kpis/care/sdq-scores?year=2025")
    assert len(asked) <= 22


@pytest.mark.parametrize(("before", "after", "words"), [
    (8, 6, "from 8 at the end of the first year to 6 at the end of the last: 2 fewer, 25.0%."),
    (6, 8, "from 6 at the end of the first year to 8 at the end of the last: 2 more, 33.3%."),
    (7, 7, "7 at the end of both the first year and the last: no change."), (0, 2, "from 0 at the end of the first year to 2 at the end of the last: 2 more."),
])  # fmt: skip
def test_h13_the_reduction_of_external_residential_care_is_said(before, after, words):
    assert Moves(residential=[YearCount(BEFORE, before), YearCount(YEAR, after)]).reduction == words
    assert Moves(residential=[YearCount(BEFORE, before, hidden=True), YearCount(YEAR, after)]).reduction == ""
