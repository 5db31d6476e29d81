"""Complaints and incidents looked into by somebody neutral, counted by quarter; compliments from any page."""

from datetime import timedelta

import pytest

from contracts.actions.complaint import close_complaint, give_compliment, name_investigator
from contracts.models import Complaint, Compliment
from contracts.rules.complaint import (
    why_not_close_complaint,
    why_not_give_compliment,
    why_not_log_complaint,
    why_not_name_investigator,
)
from core import clock
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from kpis.measures.complaints import by_quarter, open_and_late, quarters
from referrals.actions.restriction import restrict_child
from tests.conftest import TODAY
from tests.contracts.registers import a_complaint, a_service_contract, somebody
from tests.people import a_borough
from tests.referrals import builders

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
NEUTRAL = {"investigator": "Gwen Harker", "investigator_post": "Quality lead, head office", "is_neutral": True}
FOUND = {"outcome": "upheld", "finding": "It was late.", "learned": "", "answered_on": TODAY}


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def in_role(person):
    person.acting = person.current_roles[0]
    return person


def test_CMP1_a_complaint_says_what_happened_and_when():
    assert why_not_log_complaint("A", received_on=TODAY, told_how_on=None, today=TODAY) == []
    assert fields(why_not_log_complaint(" ", received_on=TODAY + ONE_DAY, told_how_on=TODAY + ONE_DAY, today=TODAY)) == [
        "about", "received_on", "told_how_on",
    ]  # fmt: skip
    assert fields(why_not_log_complaint("A", received_on=None, told_how_on=TODAY, today=TODAY)) == ["received_on"]


@pytest.mark.parametrize("name", ["Ella Rowe", " ella   ROWE ", "Dr. Ella Rowe", "Ms Ella Rowe"])
def test_CMP2_whoever_works_in_the_service_does_not_look_into_it(name):
    facts = {"in_delivery": ["Dr Ella Rowe"], "is_neutral": True, "is_closed": False}
    assert why_not_name_investigator("Gwen Harker", "Lead", **facts) == []
    assert fields(why_not_name_investigator(name, "Lead", **facts)) == ["investigator"]
    assert fields(why_not_name_investigator(" ", " ", **facts | {"is_neutral": False})) == ["investigator", "investigator_post", "is_neutral"]
    assert len(why_not_name_investigator("Gwen Harker", "Lead", **facts | {"is_closed": True})) == 1


def test_CMP3_it_is_closed_once_by_what_an_investigator_found():
    facts = {"received_on": TODAY - ONE_DAY, "today": TODAY, "has_investigator": True, "is_closed": False}
    for on in (TODAY - ONE_DAY, TODAY):
        assert why_not_close_complaint("upheld", "A", answered_on=on, **facts) == []
    for on in (TODAY - 2 * ONE_DAY, TODAY + ONE_DAY, None):
        assert fields(why_not_close_complaint("upheld", "A", answered_on=on, **facts)) == ["answered_on"]
    assert fields(why_not_close_complaint("", " ", answered_on=TODAY, **facts)) == ["outcome", "finding"]
    unnamed = facts | {"has_investigator": False}
    assert why_not_close_complaint("upheld", "A", answered_on=TODAY, **unnamed) == ["Name who looks into it first."]
    assert why_not_close_complaint("withdrawn", "A", answered_on=TODAY, **unnamed) == []
    assert len(why_not_close_complaint("upheld", "A", answered_on=TODAY, **facts | {"is_closed": True})) == 1


def test_CMP4_a_compliment_has_words():
    assert why_not_give_compliment("Good.") == []
    assert fields(why_not_give_compliment("  ")) == ["words"]


def test_g20_the_investigator_is_nobody_on_the_register_and_nobody_who_uses_the_service(borough):
    worker = somebody(borough)
    complaint = a_complaint(borough)

    for name in (worker.name, borough.practitioner.full_name, borough.provider_manager.full_name.upper()):
        with pytest.raises(RuleBroken, match="works in this service"):
            name_investigator(complaint, **NEUTRAL | {"investigator": name}, by=borough.provider_manager)
    given = name_investigator(complaint, **NEUTRAL, by=borough.provider_manager)
    closed = close_complaint(given, **FOUND, by=borough.provider_manager)

    assert (closed.outcome, closed.closed_on) == ("upheld", TODAY)
    with pytest.raises(RuleBroken, match="closed already"):
        close_complaint(complaint, **FOUND, by=borough.provider_manager)
    verbs = AuditEvent.objects.filter(subject_reference=complaint.reference).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["complaint.logged", "complaint.given", "complaint.closed"]


def test_g20_its_answer_is_due_ten_working_days_on_and_it_is_late_the_day_after(borough):
    complaint = a_complaint(borough, by=borough.practitioner)

    assert complaint.due_on == TODAY + timedelta(days=14)
    with clock.held_at(complaint.due_on):
        assert not complaint.is_late
    with clock.held_at(complaint.due_on + ONE_DAY):
        assert complaint.is_late
    assert Message.objects.get(kind="complaint.logged").person == borough.provider_manager


def test_g20_counts_stand_by_quarter_and_one_to_five_are_hidden_from_those_who_watch(borough):
    first = quarters(TODAY)[0][0]
    complaint = a_complaint(borough, received_on=first)
    contract = complaint.contract
    a_complaint(borough, received_on=first - ONE_DAY)
    for _ in range(6):
        a_complaint(borough, kind="incident")

    real = by_quarter(contract, in_role(borough.provider_manager), hide=False)
    assert [(q.complaints, q.incidents) for q in real] == [("1", "6"), ("1", "0"), ("0", "0"), ("0", "0")]
    hidden = by_quarter(contract, in_role(borough.commissioner), hide=True)
    assert [(q.complaints, q.incidents) for q in hidden] == [("c", "6"), ("c", "0"), ("0", "0"), ("0", "0")]
    assert open_and_late(contract, hide=False) == ("8", "2")
    assert "2" not in open_and_late(contract, hide=True)


def test_g20_a_commissioner_reads_references_and_days_without_words_and_it_is_kept_who_looked(borough, sign_in):
    child = builders.a_child(borough)
    complaint = a_complaint(borough, child=child)
    name_investigator(complaint, **NEUTRAL, by=borough.provider_manager)
    rows = f"{complaint.contract.get_absolute_url()}/complaints/rows"
    page = sign_in(borough.commissioner)

    for address in (f"{complaint.contract.get_absolute_url()}/complaints", rows, complaint.get_absolute_url()):
        answer = page.get(address)
        assert answer.status_code == 200
        for hidden in ("Zzcanary", child.reference, "Gwen Harker"):
            assert hidden not in answer.content.decode(), (address, hidden)
    assert complaint.reference in page.get(rows).content.decode()
    assert AuditEvent.objects.filter(verb="record.read", subject_reference=complaint.reference, person_id=borough.commissioner.pk).exists()


def test_g20_whoever_wrote_it_down_reads_it_and_other_providers_and_councils_do_not(borough, sign_in):
    contract = a_service_contract(borough)
    page = sign_in(borough.practitioner)
    typed = {"kind": "incident", "contract": contract.slug, "told_by": "carer", "received_on": "24 11 2026", "about": "A gate was open."}

    refused = page.post("/complaints/new", typed | {"received_on": "25 11 2026", "child": "XXX"}).content.decode()
    assert "You see no child with this reference" in refused
    refused = page.post("/complaints/new", typed | {"received_on": "25 11 2026"}).content.decode()
    assert "today or before" in refused
    assert "A gate was open." in refused
    page.post("/complaints/new", typed | {"idempotency_key": "k"})
    page.post("/complaints/new", typed | {"idempotency_key": "k"})
    complaint = Complaint.objects.get()

    assert "A gate was open." in page.get(complaint.get_absolute_url()).content.decode()
    assert page.get(f"{complaint.get_absolute_url()}/close").status_code == 403
    other = a_borough("elsewhere")
    for who in (borough.social_worker, borough.finance, other.commissioner, other.provider_manager):
        assert sign_in(who).get(complaint.get_absolute_url()).status_code == 404
    assert sign_in(borough.provider_manager).post(f"{complaint.get_absolute_url()}/investigator", NEUTRAL | {"is_neutral": ""}).status_code == 200
    assert sign_in(borough.provider_manager).post(f"{complaint.get_absolute_url()}/investigator", NEUTRAL).status_code == 302


@pytest.mark.parametrize("who", ["social_worker", "practitioner", "commissioner", "chair", "auditor", "administrator", "finance"])
def test_g36_a_compliment_is_one_click_from_a_page_and_leads_back_to_it(borough, sign_in, who):
    a_service_contract(borough)
    page = sign_in(borough.people[who])
    assert 'href="/compliments/new"' in page.get("/calendar").content.decode()

    form = page.get("/compliments/new", headers={"referer": "http://testserver/calendar?x=1"})
    assert form.context["form"]["came_from"].value() == "/calendar"
    done = page.post("/compliments/new", {"words": "They rang back.", "told_by": "carer", "came_from": "/calendar"})

    assert (done.status_code, done["Location"]) == (302, "/calendar")
    kept = Compliment.objects.get()
    assert (kept.page, kept.words, kept.given_by) == ("/calendar", "They rang back.", borough.people[who])


@pytest.mark.parametrize("came", ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)", "/compliments/new", "\\\\evil.example", "http://[::1"])
def test_g36_a_compliment_leads_nowhere_but_to_pages_of_ours(borough, sign_in, came):
    page = sign_in(borough.chair)

    assert page.get("/compliments/new", headers={"referer": came}).status_code == 200
    assert page.post("/compliments/new", {"words": "Good.", "told_by": "carer", "came_from": came})["Location"] == "/"
    refused = page.post("/compliments/new", {"words": " ", "told_by": "carer", "came_from": "/calendar"})
    assert refused.status_code == 200
    assert "Enter what was good" in refused.content.decode() or "What was good?" in refused.content.decode()


def test_g36_whose_compliments_are_read(borough):
    contract = a_service_contract(borough)
    kept = give_compliment(borough.authority, contract=contract, told_by="carer", words="Good.", by=borough.social_worker)
    unplaced = give_compliment(borough.authority, contract=None, told_by="carer", words="Good.", by=borough.chair)
    other = a_borough("elsewhere")
    reads = {"provider_manager": {kept}, "commissioner": {kept, unplaced}, "social_worker": {kept}, "chair": {unplaced}, "finance": set()}

    for who, rows in reads.items():
        assert set(Compliment.objects.visible_to(in_role(borough.people[who]))) == rows, who
    for who in (other.commissioner, other.provider_manager):
        assert not Compliment.objects.visible_to(in_role(who)).exists()


def test_the_lists_ask_the_same_of_the_database_for_three_as_for_one(borough, sign_in, django_assert_num_queries):
    contract = a_complaint(borough).contract
    page = sign_in(borough.provider_manager)
    for address in (f"{contract.get_absolute_url()}/complaints", f"{contract.get_absolute_url()}/complaints/rows"):
        page.get(address)
        counts = []
        for _ in range(2):
            with django_assert_num_queries(20, exact=False) as asked:
                page.get(address)
            counts.append(len(asked))
            a_complaint(borough)
            a_complaint(borough)
        assert counts[0] == counts[1]


def test_trust_who_reads_and_changes_a_complaint(borough, sign_in):
    contract = a_service_contract(borough)
    child = builders.a_child(borough)
    theirs = a_complaint(borough, child=child)
    of_nobody = a_complaint(borough)
    logged = a_complaint(borough, by=borough.social_worker)
    own = a_complaint(borough, by=borough.team_manager)
    reads = {
        "team_manager": {theirs, logged, own}, "governance": {theirs, of_nobody, logged, own}, "auditor": {theirs, of_nobody, logged, own},
        "head_of_service": {theirs, of_nobody, logged, own}, "commissioner": {theirs, of_nobody, logged, own}, "social_worker": {logged},
        "finance": set(), "chair": set(), "panel_administrator": set(), "administrator": set(),
    }  # fmt: skip
    for who, rows in reads.items():
        assert set(Complaint.objects.visible_to(in_role(borough.people[who]))) == rows, who
    for who, status in (("team_manager", 200), ("governance", 200), ("auditor", 200), ("finance", 403), ("social_worker", 403)):
        assert sign_in(borough.people[who]).get("/complaints").status_code == status, who
    for who, words in (("governance", True), ("team_manager", True), ("auditor", False), ("commissioner", False)):
        page = sign_in(borough.people[who]).get(theirs.get_absolute_url()).content.decode()
        assert ("Zzcanary words." in page) == words, who
    assert child.reference not in sign_in(borough.auditor).get(theirs.get_absolute_url()).content.decode()
    assert contract


def test_trust_a_team_manager_names_who_looks_into_a_complaint_of_the_team_and_of_no_other(borough, sign_in):
    theirs, of_nobody = a_complaint(borough, child=builders.a_child(borough)), a_complaint(borough)
    client = sign_in(borough.team_manager)
    assert "Name who looks into it" in client.get(theirs.get_absolute_url()).content.decode()
    typed = {"investigator": "Gwen Harker", "investigator_post": "Lead", "is_neutral": "on"}

    client.post(f"{theirs.get_absolute_url()}/investigator", typed)

    theirs.refresh_from_db()
    assert theirs.investigator == "Gwen Harker"
    assert client.post(f"{of_nobody.get_absolute_url()}/investigator", typed).status_code == 404
    for who in ("governance", "auditor", "head_of_service"):
        assert sign_in(borough.people[who]).post(f"{theirs.get_absolute_url()}/investigator", typed).status_code == 403
        assert "Write what came of it" not in sign_in(borough.people[who]).get(theirs.get_absolute_url()).content.decode()


def test_trust_a_restricted_child_takes_the_complaint_from_the_team(borough):
    child = builders.a_child(borough)
    theirs = a_complaint(borough, child=child)
    assert theirs in Complaint.objects.visible_to(in_role(borough.team_manager))
    restrict_child(child, ground="risk", because="x", people=[borough.other_social_worker], by=borough.team_manager)

    assert theirs not in Complaint.objects.visible_to(in_role(borough.team_manager))


def test_trust_another_councils_governance_and_audit_read_none_of_ours(borough, sign_in):
    theirs = a_complaint(borough)
    elsewhere = a_borough("elsewhere")

    for who in ("governance", "auditor", "team_manager"):
        assert sign_in(elsewhere.people[who]).get(theirs.get_absolute_url()).status_code == 404
        assert theirs.reference not in sign_in(elsewhere.people[who]).get("/complaints").content.decode()


def test_the_list_of_complaints_asks_the_same_for_three_as_for_one_and_who_looked_is_kept(borough, sign_in, django_assert_num_queries):
    one = a_complaint(borough)
    page = sign_in(borough.auditor)
    page.get("/complaints")
    counts = []
    for _ in range(2):
        with django_assert_num_queries(20, exact=False) as asked:
            page.get("/complaints")
        counts.append(len(asked))
        a_complaint(borough)
        a_complaint(borough)
    assert counts[0] == counts[1]
    assert AuditEvent.objects.filter(verb="record.read", subject_id=str(one.pk), person_id=borough.auditor.pk).exists()
