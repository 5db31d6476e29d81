"""What carers and young people say every six months, and how it goes into plans."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.feedback import add_answers, close_round, open_round, use_evaluation
from contracts.models import FeedbackAnswer, FeedbackRound
from contracts.rules.feedback import (
    next_due,
    why_not_add_answer,
    why_not_close_round,
    why_not_open_round,
    why_not_use_evaluation,
)
from core import clock
from core.rules import RuleBroken
from kpis.measures.feedback import line_of, results, to_the_half, ways
from kpis.measures.to_do.assurance import evaluations_to_use, feedback_due
from tests.conftest import TODAY
from tests.contracts.registers import a_round
from tests.people import a_borough
from tests.referrals import places

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
MARKS = {"listened": 5, "helped": 3}


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def in_role(person):
    person.acting = person.current_roles[0]
    return person


def an_answer(**facts):
    return {"given_on": TODAY, "route": "talk", "words": "Zzcanary words.", **MARKS, **facts}


def test_FBK1_a_round_is_opened_for_a_day_not_more_than_six_months_after_the_last():
    last = date(2026, 8, 31)
    assert next_due(last) == date(2027, 2, 28)
    assert why_not_open_round(due_on=date(2027, 2, 28), today=TODAY, last_due=last, is_open=False) == []
    assert fields(why_not_open_round(due_on=date(2027, 3, 1), today=TODAY, last_due=last, is_open=False)) == ["due_on"]
    assert why_not_open_round(due_on=TODAY, today=TODAY, last_due=date(2020, 1, 1), is_open=False) == []
    for due in (None, TODAY - ONE_DAY):
        assert fields(why_not_open_round(due_on=due, today=TODAY, last_due=None, is_open=False)) == ["due_on"]
    assert fields(why_not_open_round(due_on=TODAY, today=TODAY, last_due=None, is_open=True)) == ["asked"]


def test_FBK2_an_answer_has_a_mark_or_words_while_its_round_is_open():
    facts = {"impact": "", "has_child": False, "asks_children": True, "given_on": TODAY, "opens_on": TODAY, "today": TODAY, "is_closed": False}
    assert why_not_add_answer({"helped": 1}, "", **facts) == []
    assert why_not_add_answer({"helped": None}, "A", **facts) == []
    assert fields(why_not_add_answer({"helped": None}, " ", **facts)) == ["words"]
    assert fields(why_not_add_answer({"helped": 6, "better": 0}, "", **facts)) == ["helped", "better"]
    for on in (TODAY - ONE_DAY, TODAY + ONE_DAY, None):
        assert fields(why_not_add_answer(MARKS, "", **facts | {"given_on": on})) == ["given_on"]
    assert fields(why_not_add_answer(MARKS, "", **facts | {"impact": "I sleep."})) == ["child"]
    assert fields(why_not_add_answer(MARKS, "", **facts | {"has_child": True, "asks_children": False})) == ["child"]
    assert len(why_not_add_answer(MARKS, "", **facts | {"is_closed": True})) == 1


def test_FBK3_a_round_closes_once_with_what_changes():
    assert why_not_close_round("A", "B", is_closed=False) == []
    assert fields(why_not_close_round(" ", "", is_closed=False)) == ["discussed", "changes"]
    assert len(why_not_close_round("A", "B", is_closed=True)) == 1


def test_FBK4_an_evaluation_goes_into_a_plan_once():
    assert why_not_use_evaluation("A", is_used=False, has_words=True) == []
    assert fields(why_not_use_evaluation(" ", is_used=False, has_words=True)) == ["used_how"]
    assert len(why_not_use_evaluation("A", is_used=True, has_words=True)) == 1
    assert len(why_not_use_evaluation("A", is_used=False, has_words=False)) == 1


def test_h15_the_next_round_is_due_six_months_on_and_stands_on_to_do(borough):
    manager = in_role(borough.provider_manager)
    one = a_round(borough)
    assert [thing.due for thing in feedback_due(manager)] == [TODAY]
    close_round(one, discussed="A.", changes="B.", by=manager)
    assert feedback_due(manager) == []

    with clock.held_at(next_due(TODAY) - 30 * ONE_DAY):
        assert [thing.due for thing in feedback_due(manager)] == [next_due(TODAY)]
        a_round(borough, due_on=next_due(TODAY))
    with pytest.raises(RuleBroken, match="open already"), clock.held_at(next_due(TODAY) - 30 * ONE_DAY):
        a_round(borough, due_on=next_due(TODAY))
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedbackRound.objects.filter(pk=one.pk).update(closed_on=None)


def test_h15_results_are_marks_by_question_and_few_are_hidden_from_those_who_watch(borough, sign_in):
    one = a_round(borough)
    add_answers(one, [an_answer() for _ in range(5)], by=borough.practitioner)
    listened = results(one, hide=False)[0]
    assert (listened.answered, listened.average, listened.counts) == ("5", "5.0", [5, 0, 0, 0, 0])
    hidden = results(one, hide=True)[0]
    assert (hidden.answered, hidden.average, hidden.counts) == ("", "c", [])
    assert ways([one], hide=True)[one.pk][0] == "c"
    assert line_of([one], "carers", hide=True) == []

    add_answers(one, [an_answer(listened=4)], by=borough.practitioner)
    hidden = results(one, hide=True)[0]
    assert (hidden.average, hidden.counts) == ("about 5", [])
    assert [mean for _, mean in line_of([one], "carers", hide=True)] == [Decimal("4")]
    assert [mean for _, mean in line_of([one], "carers", hide=False)] == [Decimal("3.9")]
    assert ways([one], hide=True)[one.pk][0] == "6"
    for address in ("/feedback", one.get_absolute_url()):
        page = sign_in(borough.commissioner).get(address).content.decode()
        assert "Zzcanary" not in page
    assert "Zzcanary words." in sign_in(borough.practitioner).get(one.get_absolute_url()).content.decode()


@pytest.mark.parametrize("many", [6, 7, 8])
def test_h15_no_average_for_those_who_watch_leaves_one_possible_count_of_a_mark(many):
    """Whoever knows how many answered tries every set of marks with this average."""
    by_average = {}
    for marks in combinations_with_replacement((1, 2, 3, 4, 5), many):
        by_average.setdefault(to_the_half(marks), []).append(Counter(marks))
    for sets in by_average.values():
        for mark in (1, 2, 3, 4, 5):
            possible = {found[mark] for found in sets}
            assert len(possible) > 1 or possible == {0}


def test_h16_what_a_young_person_says_waits_until_it_is_in_their_plan(borough, sign_in):
    referral = places.a_place_given(borough, places.an_outreach(borough)).referral
    one = a_round(borough, asked="young people")
    manager = in_role(borough.provider_manager)
    (answer,) = add_answers(one, [an_answer(child=referral.child, impact="I sleep now.")], by=manager)
    assert [thing.url for thing in evaluations_to_use(manager)] == [f"/feedback/evaluations/{answer.reference}"]

    page = sign_in(borough.provider_manager)
    assert f"{referral.child.get_absolute_url()}/plan" in page.get(one.get_absolute_url()).content.decode()
    assert page.post(f"/feedback/evaluations/{answer.reference}", {"used_how": " "}).status_code == 200
    done = page.post(f"/feedback/evaluations/{answer.reference}", {"used_how": "Football on Tuesdays is an action."})

    assert done["Location"] == f"{referral.child.get_absolute_url()}/plan"
    assert evaluations_to_use(manager) == []
    with pytest.raises(RuleBroken, match="already"):
        use_evaluation(answer, used_how="Again.", by=manager)


def test_h19_people_answer_in_several_ways_and_the_page_says_which(borough, sign_in):
    one = a_round(borough)
    add_answers(one, [an_answer(route="drawing"), an_answer(route="advocate"), an_answer(route="advocate")], by=borough.practitioner)

    routes = sign_in(borough.provider_manager).get(one.get_absolute_url()).context["routes"]
    assert routes == [{"label": "Through an advocate", "many": "2"}, {"label": "By drawing, cards or pictures", "many": "1"}]
    watched = sign_in(borough.commissioner).get(one.get_absolute_url()).context["routes"]
    assert {row["many"] for row in watched} == {"c"}


def test_one_bad_answer_of_many_keeps_none(borough):
    one = a_round(borough)

    with pytest.raises(RuleBroken, match="from 1 to 5"):
        add_answers(one, [an_answer(), an_answer(helped=9)], by=borough.practitioner)

    assert not FeedbackAnswer.objects.exists()


def test_an_answer_typed_wrong_is_answered_beside_its_field_and_kept(borough, sign_in):
    one = a_round(borough, asked="young people")
    page = sign_in(borough.practitioner)
    typed = {"given_on": "24 11 2026", "route": "talk", "words": "“Good” 🙂", "listened": "7", "child": "RK4-7QX"}

    refused = page.post(f"/feedback/{one.reference}/add", typed).content.decode()
    assert "People listened to me: select one of the answers on the page" in refused
    assert "You see no child with this reference" in refused
    assert "“Good” 🙂" in refused
    assert page.post(f"/feedback/{one.reference}/add", typed | {"listened": "4", "child": ""}).status_code == 302
    assert FeedbackAnswer.objects.get().listened == 4


def test_who_reads_feedback_and_who_does_not(borough, sign_in):
    one = a_round(borough)
    other = a_borough("elsewhere")

    for who, status in (("provider_manager", 200), ("practitioner", 200), ("commissioner", 200), ("social_worker", 403), ("finance", 403)):
        assert sign_in(borough.people[who]).get("/feedback").status_code == status
        assert sign_in(borough.people[who]).get(one.get_absolute_url()).status_code == status
    for who in (other.commissioner, other.provider_manager):
        assert sign_in(who).get(one.get_absolute_url()).status_code == 404
    assert sign_in(borough.commissioner).get(f"/feedback/{one.reference}/add").status_code == 403
    contract = one.contract
    refused = sign_in(borough.provider_manager).post(f"{contract.get_absolute_url()}/feedback/new", {"asked": "carers", "due_on": "1 12 2026"})
    assert "open already" in refused.content.decode()
    with pytest.raises(RuleBroken):
        open_round(contract, asked="carers", due_on=TODAY, by=borough.provider_manager)


def test_the_list_asks_the_same_of_the_database_for_three_as_for_one(borough, sign_in, django_assert_num_queries):
    one = a_round(borough)
    page = sign_in(borough.provider_manager)
    page.get("/feedback")
    counts = []
    for turn in range(2):
        with django_assert_num_queries(20, exact=False) as asked:
            page.get("/feedback")
        counts.append(len(asked))
        add_answers(one, [an_answer(), an_answer()], by=borough.practitioner)
        if turn == 0:
            a_round(borough, asked="young people")
    assert counts[0] == counts[1]
