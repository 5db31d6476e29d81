"""The workforce register: who is qualified, supervised, trained and checked, and who covers a gap."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.workforce import (
    add_staff_member,
    cover_gap,
    end_work,
    record_check,
    record_gap,
)
from contracts.models import StaffGap, StaffMember
from contracts.rules.workforce import (
    dbs_due,
    dbs_stands,
    qualified_stands,
    safeguarding_stands,
    supervision_stands,
    why_not_add_member,
    why_not_cover_gap,
    why_not_end_work,
    why_not_record_check,
    why_not_record_gap,
)
from core import clock, outbox
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from kpis.measures.to_do.assurance import dbs_run_out, dbs_to_renew, gaps_to_cover
from referrals.actions.service import set_team_post
from tests.access.scene import a_contract
from tests.conftest import TODAY
from tests.contracts.registers import a_service_contract, somebody
from tests.people import a_borough
from tests.referrals import places

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def in_role(person):
    person.acting = person.current_roles[0]
    return person


def test_WRK1_somebody_is_added_with_name_first_day_and_what_they_qualified_in():
    days = {"qualified_on": TODAY, "starts_on": TODAY, "today": TODAY}
    assert why_not_add_member("A", "B", is_practitioner=True, **days) == []
    assert why_not_add_member("A", "", is_practitioner=False, **days) == []
    assert fields(why_not_add_member(" ", " ", is_practitioner=True, qualified_on=TODAY + ONE_DAY, starts_on=None, today=TODAY)) == [
        "name", "qualification", "qualified_on", "starts_on",
    ]  # fmt: skip


def test_WRK2_a_check_was_made_and_supervision_says_when_the_next_is():
    assert why_not_record_check("dbs", on=TODAY, next_on=None, level=None, today=TODAY) == []
    assert fields(why_not_record_check("dbs", on=TODAY + ONE_DAY, next_on=None, level=None, today=TODAY)) == ["on"]
    assert fields(why_not_record_check("supervision", on=TODAY, next_on=None, level=None, today=TODAY)) == ["next_on"]
    assert fields(why_not_record_check("supervision", on=TODAY, next_on=TODAY, level=None, today=TODAY)) == ["next_on"]
    for level in (None, 0, 5):
        assert fields(why_not_record_check("safeguarding", on=TODAY, next_on=None, level=level, today=TODAY)) == ["level"]


def test_WRK3_somebody_leaves_once_between_their_first_day_and_today():
    facts = {"starts_on": TODAY - ONE_DAY, "has_left": False, "today": TODAY}
    for on in (TODAY - ONE_DAY, TODAY):
        assert why_not_end_work(left_on=on, **facts) == []
    for on in (TODAY - 2 * ONE_DAY, TODAY + ONE_DAY, None):
        assert fields(why_not_end_work(left_on=on, **facts)) == ["left_on"]
    assert len(why_not_end_work(left_on=TODAY, **facts | {"has_left": True})) == 1


def test_WRK4_a_gap_begins_and_does_not_end_before():
    assert why_not_record_gap(why="vacancy", from_on=TODAY, last_on=None) == []
    assert why_not_record_gap(why="leave", from_on=TODAY, last_on=TODAY) == []
    assert fields(why_not_record_gap(why="leave", from_on=TODAY, last_on=None)) == ["last_on"]
    assert fields(why_not_record_gap(why="vacancy", from_on=None, last_on=None)) == ["from_on"]
    assert fields(why_not_record_gap(why="sickness", from_on=TODAY, last_on=TODAY - ONE_DAY)) == ["last_on"]


def test_WRK5_a_gap_says_who_covers_or_when_it_ends():
    assert why_not_cover_gap("Somebody", from_on=TODAY, last_on=None) == []
    assert why_not_cover_gap("", from_on=TODAY, last_on=TODAY) == []
    assert fields(why_not_cover_gap(" ", from_on=TODAY, last_on=None)) == ["covered_by"]
    assert fields(why_not_cover_gap("A", from_on=TODAY, last_on=TODAY - ONE_DAY)) == ["last_on"]


@pytest.mark.parametrize(
    ("on", "due"), [(date(2023, 11, 24), date(2026, 11, 24)), (date(2024, 2, 29), date(2027, 2, 28)), (date(2025, 2, 28), date(2028, 2, 28))]
)
def test_g18_a_dbs_check_is_renewed_on_its_third_anniversary(on, due):
    assert dbs_due(on) == due
    assert dbs_stands(on, today=due - 61 * ONE_DAY).tone == "good"
    assert dbs_stands(on, today=due - 60 * ONE_DAY).words == "60 days left"
    assert dbs_stands(on, today=due - ONE_DAY).words == "1 day left"
    assert dbs_stands(on, today=due).words == "Runs out today"
    assert dbs_stands(on, today=due + ONE_DAY).words.startswith("Ran out")
    assert dbs_stands(None, today=due).words == "No check recorded"


def test_g16_two_full_years_since_qualifying_and_a_leap_day_waits_for_the_first_of_march():
    assert qualified_stands(date(2024, 11, 24), today=date(2026, 11, 24)).tone == "good"
    assert qualified_stands(date(2024, 11, 25), today=date(2026, 11, 24)).tone == "attention"
    assert qualified_stands(date(2024, 2, 29), today=date(2026, 2, 28)).tone == "attention"
    assert qualified_stands(date(2024, 2, 29), today=date(2026, 3, 1)).tone == "good"
    assert qualified_stands(None, today=TODAY).tone == "attention"


def test_g17_level_2_is_the_least_and_supervision_has_a_next_day():
    assert [safeguarding_stands(level, None, today=TODAY).tone for level in (None, 1, 2, 3)] == ["late", "late", "good", "good"]
    assert safeguarding_stands(2, TODAY, today=TODAY).tone == "good"
    assert safeguarding_stands(2, TODAY - ONE_DAY, today=TODAY).tone == "late"
    assert supervision_stands(None, None, today=TODAY).tone == "attention"
    assert supervision_stands(TODAY, TODAY, today=TODAY).tone == "good"
    assert supervision_stands(TODAY, TODAY - ONE_DAY, today=TODAY).tone == "late"


def test_g18_alerts_come_60_days_before_and_on_the_day_once_each_and_by_email(borough):
    member = somebody(borough)
    due = clock.today() + 70 * ONE_DAY
    record_check(member, kind="dbs", on=due.replace(year=due.year - 3), by=borough.provider_manager)
    mails = Message.objects.filter(kind="dbs.due")

    for day, told in ((due - 61 * ONE_DAY, 0), (due - 60 * ONE_DAY, 1), (due - 59 * ONE_DAY, 1), (due - ONE_DAY, 1), (due, 3), (due + ONE_DAY, 3)):
        with clock.held_at(day):
            outbox.sweep(kinds=["dbs.remind"])
            outbox.sweep(kinds=["dbs.remind"])
            assert mails.count() == told, day
            assert len(dbs_to_renew(in_role(borough.provider_manager))) == (told > 0)
            assert len(dbs_run_out(in_role(borough.commissioner))) == (day >= due)
    assert {message.person for message in mails} == {borough.provider_manager, borough.commissioner}
    assert not any(member.name in message.subject + message.body for message in mails)


def test_g18_a_renewed_check_or_somebody_who_left_tells_nobody(borough):
    renewed, left = somebody(borough), somebody(borough, name="Another")
    for member in (renewed, left):
        record_check(member, kind="dbs", on=TODAY.replace(year=TODAY.year - 3) + 10 * ONE_DAY, by=borough.provider_manager)
    record_check(renewed, kind="dbs", on=TODAY, by=borough.provider_manager)
    end_work(left, left_on=TODAY, by=borough.provider_manager)

    outbox.sweep(kinds=["dbs.remind"])

    assert not Message.objects.filter(kind="dbs.due").exists()
    assert dbs_to_renew(in_role(borough.provider_manager)) == []


def test_g34_a_vacancy_waits_on_to_do_until_somebody_covers_it(borough):
    contract = somebody(borough).contract
    gap = record_gap(contract, role="therapeutic worker", why="vacancy", from_on=TODAY, by=borough.provider_manager)
    assert len(gaps_to_cover(in_role(borough.provider_manager))) == 1

    cover_gap(gap, covered_by="Two others, by turns", last_on=None, by=borough.provider_manager)

    assert gaps_to_cover(in_role(borough.provider_manager)) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffGap.objects.filter(pk=gap.pk).update(last_on=TODAY - ONE_DAY)


def test_somebody_leaves_once_and_it_is_in_the_trail(borough):
    member = somebody(borough)
    end_work(member, left_on=TODAY, by=borough.provider_manager)

    with pytest.raises(RuleBroken, match="left already"):
        end_work(member, left_on=TODAY, by=borough.provider_manager)
    verbs = AuditEvent.objects.filter(subject_reference=member.reference).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["staff.added", "staff.left"]
    assert not AuditEvent.objects.filter(sentence__contains=member.name).exists()


def test_e14_the_tab_shows_posts_filled_over_children_with_both_numbers(borough, sign_in):
    outreach = places.an_outreach(borough)
    contract = a_contract(borough, outreach, "art", borough.provider)
    places.a_place_given(borough, outreach)
    for title, posts, filled, works in (("Therapeutic worker", 3, 2, True), ("Team manager", 1, 1, False)):
        set_team_post(outreach, title=title, posts=posts, filled=filled, from_on=TODAY, works_with_children=works, by=borough.provider_manager)

    team = sign_in(borough.provider_manager).get(f"{contract.get_absolute_url()}/workforce").context["team"]

    assert (team["filled"], team["all_filled"], team["all_posts"], team["vacant"]) == (2, 3, 4, 1)
    assert team["ratio"] == "No child is supported now" if not team["children"] else "2 to 1"


def test_the_commissioner_reads_no_name_and_others_no_register(borough, sign_in):
    member = somebody(borough)
    record_check(member, kind="dbs", on=TODAY, by=borough.provider_manager)
    tab = f"{member.contract.get_absolute_url()}/workforce"

    assert member.name in sign_in(borough.provider_manager).get(tab).content.decode()
    for who in ("commissioner", "head_of_service"):
        for address in (tab, member.get_absolute_url()):
            page = sign_in(borough.people[who]).get(address)
            assert page.status_code == 200
            assert member.reference in page.content.decode()
            assert member.name not in page.content.decode()
    for who in ("practitioner", "social_worker", "finance", "chair"):
        assert sign_in(borough.people[who]).get(tab).status_code == 403
    for elsewhere in (a_borough("elsewhere").commissioner, a_borough("third").provider_manager):
        assert not StaffMember.objects.visible_to(in_role(elsewhere)).exists()


def test_bad_input_is_answered_beside_its_field_and_kept(borough, sign_in):
    contract = a_service_contract(borough)
    page = sign_in(borough.provider_manager)
    typed = {"name": "Zoë “Z” 🙂", "role": "clinical psychologist", "qualification": "", "qualified_on": "31 2 2020", "starts_on": "1 1 2026"}
    new = f"{contract.get_absolute_url()}/workforce/new"

    refused = page.post(new, typed).content.decode()
    assert "Qualified on must be a real day" in refused
    assert "Zoë “Z” 🙂" in refused
    refused = page.post(new, typed | {"qualified_on": "1 1 2020"}).content.decode()
    assert "Say what they are qualified in." in refused
    page.post(new, typed | {"qualified_on": "1 1 2020", "qualification": "Doctorate", "idempotency_key": "k"})
    page.post(new, typed | {"qualified_on": "1 1 2020", "qualification": "Doctorate", "idempotency_key": "k"})
    member = StaffMember.objects.get()

    checked = page.post(f"{member.get_absolute_url()}/check", {"kind": "safeguarding", "on": "1 1 2026", "level": "nine"})
    assert checked.status_code == 200
    assert "must be a number" in checked.content.decode()
    assert page.post(f"{member.get_absolute_url()}/check", {"kind": "dbs", "on": "1 1 2026"}).status_code == 302
    assert page.post(f"{member.get_absolute_url()}/leave", {"left_on": "1 1 2020"}).status_code == 200
    assert page.post(f"{contract.get_absolute_url()}/workforce/gaps/new", {"role": "manager", "why": "leave", "from_on": "1 12 2026"}).status_code == 200


def test_the_tab_asks_the_same_of_the_database_for_three_as_for_one(borough, sign_in, django_assert_num_queries):
    contract = somebody(borough).contract
    page = sign_in(borough.provider_manager)
    page.get(f"{contract.get_absolute_url()}/workforce")
    counts = []
    for turn in range(2):
        with django_assert_num_queries(20, exact=False) as asked:
            page.get(f"{contract.get_absolute_url()}/workforce")
        counts.append(len(asked))
        for name in ("B", "C"):
            member = add_staff_member(
                contract, name=f"{name}{turn}", role="manager", qualification="", qualified_on=None, starts_on=TODAY, by=borough.provider_manager
            )
            record_check(member, kind="dbs", on=TODAY, by=borough.provider_manager)
    assert counts[0] == counts[1]
