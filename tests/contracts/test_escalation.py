"""What points to non-delivery goes to a board, and its answer is written down once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.escalation import escalate, record_answer
from contracts.models import Escalation
from contracts.rules.escalation import why_not_escalate, why_not_record_answer
from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from tests.people import a_borough

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


def an_escalation(borough, **facts):
    asks = {"board": "bmb", "what": "Stop or go on", "why": "Nothing has been saved.", "wanted_by": clock.today()}
    return escalate(borough.authority, by=borough.commissioner, **asks | facts)


def fields(reasons):
    return [reason.field for reason in reasons]


def test_CON3_what_is_put_to_a_board_says_what_why_and_by_when():
    today = clock.today()
    assert why_not_escalate("What", "Why", wanted_by=today, today=today) == []
    assert fields(why_not_escalate(" ", "", wanted_by=None, today=today)) == ["what", "why", "wanted_by"]
    assert fields(why_not_escalate("What", "Why", wanted_by=today - ONE_DAY, today=today)) == ["wanted_by"]


def test_CON4_an_answer_is_written_once_from_the_day_it_was_raised_to_today():
    today = clock.today()
    days = {"raised_on": today - ONE_DAY, "today": today}
    for on in (today - ONE_DAY, today):
        assert why_not_record_answer("Go on.", on=on, is_decided=False, **days) == []
    for on in (today - 2 * ONE_DAY, today + ONE_DAY, None):
        assert fields(why_not_record_answer("Go on.", on=on, is_decided=False, **days)) == ["decided_on"]
    assert fields(why_not_record_answer(" ", on=today, is_decided=False, **days)) == ["decision"]
    assert len(why_not_record_answer("Go on.", on=today, is_decided=True, **days)) == 1


def test_h5_non_delivery_is_escalated_decided_and_kept(borough):
    escalation = an_escalation(borough)
    assert list(Escalation.objects.open()) == [escalation]

    decided = record_answer(
        escalation, decision="Go on for a quarter.", decided_by="The board's chair", decided_on=clock.today(), by=borough.commissioner
    )

    assert (decided.decision, decided.recorded_by) == ("Go on for a quarter.", borough.commissioner)
    assert list(Escalation.objects.open()) == []
    with pytest.raises(RuleBroken, match="written down before"):
        record_answer(escalation, decision="Stop.", decided_by="", decided_on=clock.today(), by=borough.commissioner)
    verbs = AuditEvent.objects.filter(subject_id=str(escalation.pk), subject_type="contracts.escalation")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == ["escalation.raised", "escalation.decided"]


def test_it_is_late_the_day_after_it_was_wanted(borough):
    escalation = an_escalation(borough)
    assert not escalation.is_late
    with clock.held_at(clock.today() + ONE_DAY):
        assert escalation.is_late


def test_the_database_keeps_no_day_without_a_decision(borough):
    escalation = an_escalation(borough)

    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(decided_on=clock.today())


@pytest.mark.parametrize("who", ["provider_manager", "practitioner", "social_worker", "panel_administrator"])
def test_whoever_is_not_told_sees_none(borough, who):
    an_escalation(borough)

    assert not Escalation.objects.visible_to(borough.people[who]).exists()
    assert not Escalation.objects.visible_to(a_borough("elsewhere").commissioner).exists()


def test_the_pages_raise_one_and_keep_what_was_typed_where_it_is_refused(borough, sign_in):
    page = sign_in(borough.commissioner)
    typed = {"board": "scip", "what": "Ask “this” 🙂", "why": "Because.", "wanted_by": "1 1 2020"}

    refused = page.post("/escalations/new", typed)
    assert refused.status_code == 200
    assert "from today on" in refused.content.decode()
    assert "Ask “this” 🙂" in refused.content.decode()
    assert not Escalation.objects.exists()

    page.post("/escalations/new", typed | {"wanted_by": "27 3 2027", "idempotency_key": "k1"})
    page.post("/escalations/new", typed | {"wanted_by": "27 3 2027", "idempotency_key": "k1"})
    made = Escalation.objects.get()
    assert made.what in page.get(made.get_absolute_url()).content.decode()
    assert made.what in page.get("/escalations").content.decode()


def test_the_list_asks_the_same_of_the_database_for_three_as_for_one(borough, sign_in, django_assert_num_queries):
    page = sign_in(borough.commissioner)
    an_escalation(borough)
    page.get("/escalations")
    counts = []
    for _ in range(2):
        with django_assert_num_queries(6, exact=False) as asked:
            page.get("/escalations")
        counts.append(len(asked))
        an_escalation(borough, what="Another")
        an_escalation(borough, what="A third")
    assert counts[0] == counts[1]
