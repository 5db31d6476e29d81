"""A provider's return: computed, written, sent and frozen, reviewed, answered, locked; and what it tells contracts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from contracts.models import Payment
from core import clock, documents
from core.models import Message
from core.rules import RuleBroken
from kpis.actions.provider_return import (
    StaleReturn,
    answer_challenges,
    correct_return,
    review_return,
    save_return,
    send_return,
    set_return_target,
)
from kpis.measures.return_rows import drafted, shown
from kpis.measures.returns import MEASURES, scope_of
from kpis.measures.to_do.things import things_for
from kpis.models import Return, ReturnCorrection
from kpis.papers.board_report import report_facts
from kpis.rules import returns as rules
from kpis.tasks import open_due_returns
from referrals.actions.service import set_team_post
from tests.contracts import money
from tests.kpis.returns import PERIOD, a_sent_return, accepted, an_accepted_return, an_open_return
from tests.people import a_borough
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
D = Decimal


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def test_RET11_a_return_is_opened_once_for_a_quarter_that_has_ended():
    assert rules.why_not_open_return(ended=True, opened=False) == []
    assert len(rules.why_not_open_return(ended=False, opened=True)) == 2


def test_RET12_a_return_is_written_until_it_is_sent():
    assert rules.why_not_write_return("draft") == []
    assert all(len(rules.why_not_write_return(state)) == 1 for state in ("sent", "challenged", "accepted"))


def test_RET13_words_are_needed_where_a_row_is_red_amber_or_changed():
    assert [rules.needs_words(*pair) for pair in (("R", ""), ("A", "A"), ("G", "A"), ("G", "G"), ("", "R"), ("G", ""))] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    asks = {"ended": True, "asked": {"words_x": "X"}, "small": {}}
    assert rules.why_not_send_return("draft", words={"words_x": "Why."}, **asks) == []
    assert fields(rules.why_not_send_return("draft", words={"words_x": " "}, **asks)) == ["words_x"]
    assert fields(rules.why_not_send_return("draft", words={}, ended=True, asked={}, small={"other": ["“3 children” is few."]})) == ["other"]
    assert len(rules.why_not_send_return("draft", words={}, ended=False, asked={}, small={})) == 1
    assert len(rules.why_not_send_return("sent", words={}, **asks)) == 1


def test_RET14_every_row_is_accepted_or_challenged_by_somebody_else():
    asks = {"mine": False, "challenges": {}, "answered": ()}
    assert rules.why_not_review("sent", verdicts={"x": "accept"}, **asks) == []
    assert fields(rules.why_not_review("sent", verdicts={"x": "", "y": "challenge"}, **asks)) == ["verdict_x", "challenge_y"]
    assert rules.why_not_review("sent", verdicts={"y": "challenge"}, **asks | {"answered": ["y"]}) == []
    assert len(rules.why_not_review("sent", verdicts={"x": "accept"}, **asks | {"mine": True})) == 1
    assert all(len(rules.why_not_review(state, verdicts={}, **asks)) == 1 for state in ("draft", "challenged", "accepted"))


def test_RET15_every_challenge_is_answered():
    assert rules.why_not_answer("challenged", answers={"x": "So."}) == []
    assert fields(rules.why_not_answer("challenged", answers={"x": " "})) == ["answer_x"]
    assert len(rules.why_not_answer("sent", answers={"x": "So."})) == 1


def test_RET16_a_correction_is_of_an_accepted_return_with_figure_and_reason():
    assert rules.why_not_correct_return("accepted", says="41 of 44", because="Late records.", small=[]) == []
    assert fields(rules.why_not_correct_return("sent", says="", because="", small=["Few."])) == ["", "says", "because", "because"]


def test_RET17_a_target_has_a_number_and_a_source():
    assert rules.why_not_set_target(value=D(0), source="PMF 3") == []
    assert fields(rules.why_not_set_target(value=None, source=" ")) == ["value", "source"]


def test_g33_the_proposal_says_whether_a_framework_is_entered():
    assert "No Performance Management Framework" in rules.proposal(["G"], False)
    assert rules.proposal(["G", "R", ""], True).startswith("1 of 2 rated measures")


@pytest.fixture
def contract(borough):
    """A contract for outreach, with a budget."""
    made = money.a_priced_contract(borough, kinds=("core",))
    money.a_budget(made, 120_000, by=borough.commissioner)
    return made


def row(of, measure):
    return next(one for one in drafted(of) if one.measure == measure)


def test_a_return_for_a_quarter_that_has_not_ended_is_refused(borough, contract):
    with pytest.raises(RuleBroken, match="has not ended"):
        an_open_return(contract, "2026-27-q3")

    assert not Return.objects.exists()


def test_the_timetable_opens_the_quarter_that_ended_once_and_tells_the_provider(borough, contract):
    open_due_returns()
    open_due_returns()

    of = Return.objects.get()
    assert (of.period, of.due_on) == (PERIOD, date(2026, 10, 14))
    letter = Message.objects.get(kind="return.due")
    assert (letter.person, letter.link) == (borough.provider_manager, f"/contracts/art/returns/{PERIOD}")


def test_every_measure_counts_the_services_own_records(borough, contract):
    outreach = contract.lots.get().prices.get().provision
    with clock.held_at(date(2026, 8, 3)):
        place = places.a_place_given(borough, outreach)
    set_team_post(outreach, title="Worker", posts=D(4), filled=D("3.5"), from_on=date(2026, 1, 1), by=borough.provider_manager)
    of = an_open_return(contract)

    used = row(of, "outreach-in-use")
    first = place.stay.starts_on if hasattr(place, "stay") else place.starts_on
    days = (date(2026, 10, 1) - first).days
    assert (used.numerator, used.denominator) == (days, 12 * 92)
    assert row(of, "posts-filled").value == D("87.5")
    assert row(of, "days-to-place").numerator == 1
    assert [one.measure for one in drafted(of)] == [asked.slug for asked in MEASURES if asked.slug not in {"beds-in-use", "rooms-in-use"}]


def test_measures_never_look_past_the_quarter_or_at_another_contract(borough, contract):
    elsewhere = a_borough("elsewhere")
    other = money.a_priced_contract(elsewhere, slug="other")
    with clock.held_at(date(2026, 8, 3)):
        places.a_place_given(elsewhere, other.lots.first().prices.get().provision)

    scope = scope_of(contract, date(2026, 7, 1), date(2026, 10, 1))

    for asked in MEASURES:
        assert asked.count(scope).numerator == 0, asked.slug


def a_target(borough, contract, measure, value):
    with clock.held_at(date(2026, 7, 2)):
        set_return_target(contract, measure=measure, value=D(value), source="An example", by=borough.commissioner)


def test_a_row_is_rated_by_its_target_and_asks_for_words(borough, contract):
    a_target(borough, contract, "outreach-in-use", 80)
    of = an_open_return(contract)
    assert (row(of, "outreach-in-use").rating, row(of, "weeks-confirmed").rating) == ("R", "")

    with pytest.raises(RuleBroken, match="Outreach places in use"):
        send_return(of, texts={}, words={}, saves=0, by=borough.provider_manager)
    of.refresh_from_db()
    assert of.state == "draft"

    sent = send_return(of, texts={}, words={"outreach-in-use": "Opened late."}, saves=0, by=borough.provider_manager)
    assert (sent.state, sent.rows.get(measure="outreach-in-use").words) == ("sent", "Opened late.")


def test_words_that_count_few_children_are_not_sent_and_nothing_is_lost(borough, contract):
    of = an_open_return(contract)
    of = save_return(of, texts={"complaints": "Three children complained."}, words={}, saves=0, by=borough.provider_manager)

    with pytest.raises(RuleBroken, match="count of 1 to 5 children"):
        send_return(of, texts={"complaints": "Three children complained."}, words={}, saves=1, by=borough.provider_manager)

    of.refresh_from_db()
    assert of.complaints == "Three children complained."


def test_two_who_write_at_once_lose_nothing(borough, contract):
    of = an_open_return(contract)
    save_return(of, texts={"other": "First."}, words={}, saves=0, by=borough.provider_manager)

    with pytest.raises(StaleReturn) as stale:
        save_return(of, texts={"other": "Second."}, words={}, saves=0, by=borough.provider_manager)

    assert stale.value.saved.other == "First."


def test_what_was_sent_is_frozen_with_its_hash(borough, contract):
    of = a_sent_return(borough, contract, complaints="None came.")
    frozen = of.version.frozen

    assert documents.digest(frozen) == of.version.frozen_sha256
    assert (frozen["complaints"], len(frozen["rows"])) == ("None came.", of.rows.count())
    assert all(one["how"] for one in frozen["rows"])
    with pytest.raises(RuleBroken, match="was sent"):
        save_return(of, texts={}, words={}, saves=of.saves, by=borough.provider_manager)


def test_acceptance_locks_the_quarter_and_tells_contracts_to_raise_its_payment(borough, contract):
    of = an_accepted_return(borough, contract)

    payment = Payment.objects.get()
    assert (payment.period, payment.evidence_reference, payment.evidence_sha256) == (PERIOD, of.reference, of.version.frozen_sha256)
    assert (of.state, of.version.number) == ("accepted", 2)
    assert "No Performance Management Framework" in payment.proposal
    with pytest.raises(RuleBroken):
        review_return(of, verdicts={}, challenges={}, by=borough.commissioner)


def test_a_challenge_is_answered_before_it_stands(borough, contract):
    of = accepted(borough, a_sent_return(borough, contract), challenge=["sessions-held"])
    assert (of.state, Payment.objects.exists()) == ("challenged", False)
    assert Message.objects.filter(kind="return.challenged", person=borough.provider_manager).exists()
    with pytest.raises(RuleBroken, match="has not answered"):
        accepted(borough, of)

    of = answer_challenges(of, answers={"sessions-held": "Two were online."}, by=borough.provider_manager)
    of = accepted(borough, of, challenge=["sessions-held"])

    said = of.rows.get(measure="sessions-held")
    assert (of.state, said.challenge, said.answer, said.verdict) == ("accepted", "We count fewer.", "Two were online.", "challenge")
    assert Payment.objects.count() == 1


def test_h17_after_acceptance_a_correction_is_dated_and_the_row_stays(borough, contract):
    of = an_accepted_return(borough, contract)
    said = of.rows.get(measure="sessions-held")
    before = (said.value, said.numerator, of.version.frozen_sha256)

    made = correct_return(said, says="12 sessions", because="Written down late.", by=borough.provider_manager)

    of.refresh_from_db()
    said.refresh_from_db()
    assert (said.value, said.numerator, of.version.frozen_sha256) == before
    assert (made.says, made.at.date()) == ("12 sessions", clock.today())
    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnCorrection.objects.update(says="x")


def test_nobody_reviews_a_return_that_they_sent(borough, contract):
    of = a_sent_return(borough, contract)

    with pytest.raises(RuleBroken, match="Somebody else reviews"):
        review_return(
            of, verdicts=dict.fromkeys(of.rows.values_list("measure", flat=True), "accept"), challenges={}, by=borough.provider_manager
        )


def test_a_change_of_rating_asks_for_words(borough, contract):
    a_target(borough, contract, "consultations-given", 0)
    an_accepted_return(borough, contract, "2026-27-q1")
    last = Return.objects.get().rows.get(measure="consultations-given")
    assert last.rating == ""  # the target came after the quarter had ended
    Return.objects.get().rows.filter(pk=last.pk).update(rating="A")

    found = next(one for one in shown(an_open_return(contract), hide=False) if one.asked.slug == "consultations-given")

    assert (found.row.rating, found.changed, found.needs_words) == ("G", True, True)


def test_g25_nothing_of_a_return_is_shared_before_it_is_accepted(borough, contract):
    of = an_open_return(contract)
    assert not Return.objects.visible_to(borough.commissioner).exists()
    assert Return.objects.visible_to(borough.provider_manager).get() == of
    for who in ("finance", "chair", "head_of_service", "social_worker", "practitioner", "auditor"):
        assert not Return.objects.visible_to(borough.people[who]).exists()
    assert not Return.objects.visible_to(a_borough("elsewhere").provider_manager).exists()

    send_return(of, texts={"commentary": "Zebra words."}, words={}, saves=0, by=borough.provider_manager)

    assert Return.objects.visible_to(borough.commissioner).get() == of
    for board in ("scip", "bmb"):
        assert "Zebra" not in str(report_facts(borough.authority, board, date(2026, 10, 1), date(2026, 12, 1)))


def test_a_small_count_of_children_is_not_shown_to_the_commissioner(borough, contract):
    outreach = contract.lots.get().prices.get().provision
    with clock.held_at(date(2026, 8, 3)):
        places.a_place_given(borough, outreach)
    builders.a_waiting_referral(borough)
    of = a_sent_return(borough, contract)

    hidden = {one.asked.slug: one for one in shown(of, hide=True)}
    open_rows = {one.asked.slug: one for one in shown(of, hide=False)}

    for measure in ("days-to-place", "children-waiting"):
        assert (hidden[measure].value, hidden[measure].rating) == ("c", "")
        assert open_rows[measure].value != "c"
    assert hidden["outreach-in-use"].value == open_rows["outreach-in-use"].value


def labels(person):
    return [(thing.label, thing.late) for thing in things_for(person)]


def test_to_do_says_whose_it_is_and_how_late(borough, contract):
    of = an_open_return(contract)
    assert ("Send the return for Quarter 2, July to September 2026", True) in labels(borough.provider_manager)
    of = send_return(of, texts={}, words={}, saves=0, by=borough.provider_manager)
    assert "Review the return for Quarter 2, July to September 2026" in [label for label, _ in labels(borough.commissioner)]
    accepted(borough, of)
    assert "Decide what is paid for Quarter 2, July to September 2026" in [label for label, _ in labels(borough.commissioner)]
    with clock.held_at(clock.today() + timedelta(days=1)):
        assert not any("return" in label for label, _ in labels(borough.provider_manager))
