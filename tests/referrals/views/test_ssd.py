"""SDQs and homes under the names of the Standard Safeguarding Dataset: whose, with or without who they are, and what is lacking."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import outbox
from core.models import AuditEvent, NamedExport
from referrals.actions.care import keep_care_details
from referrals.actions.placement import add_earlier_home, record_move
from referrals.actions.restriction import restrict_child
from referrals.actions.sdq import add_sdq
from referrals.models import Child
from referrals.rules.ssd import PLACEMENT_FIELDS, SDQ_FIELDS
from referrals.views.ssd import SafeguardingPlacements, SdqScores
from tests.conftest import TODAY
from tests.referrals import builders

pytestmark = pytest.mark.django_db
SDQS, HOMES = "/children/sdq-scores", "/children/placements"


def a_child_in_care(borough, number="0012345", **facts):
    """With a score, a score not given, an earlier foster home that ended early, and the council's own home now."""
    child, by = builders.a_child(borough, **facts), borough.social_worker
    Child.objects.filter(pk=child.pk).update(case_number=number, is_looked_after=True)
    add_sdq(child, on=date(2026, 3, 2), score=18, completed_by="carer", by=by)
    add_sdq(child, on=date(2025, 3, 2), not_done_because="SDQ2", by=by)
    add_earlier_home(child, kind="foster", starts_on=date(2025, 1, 5), ends_on=date(2026, 2, 3), ending_reason="CREQB", is_internal=False, by=by)
    record_move(child, kind="residential", starts_on=date(2026, 2, 3), is_internal=True, is_registered=True, by=by)
    return child


def export(sign_in, person, page, **more):
    answer = sign_in(person).post(f"{page}?{more.pop('query', '')}", {"deed": "export", **more})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_the_columns_are_the_datasets():
    assert tuple(c.label for c in SdqScores.columns) == SDQ_FIELDS
    assert tuple(c.label for c in SafeguardingPlacements.columns) == (*PLACEMENT_FIELDS, "not recorded")


def test_o2_scores_are_exported_with_a_number_for_each_child_that_is_nobodys(borough, sign_in):
    a_child_in_care(borough)
    a_child_in_care(borough, number="0054321")

    rows = export(sign_in, borough.team_manager, SDQS)

    assert [row["csdq_person_id"] for row in rows] == ["child 1", "child 2", "child 1", "child 2"]
    assert rows[0] == {
        "csdq_table_id": "1", "csdq_person_id": "child 1", "csdq_sdq_completed_date": "02/03/2026", "csdq_sdq_score": "18", "csdq_sdq_reason": "",
    }  # fmt: skip
    assert (rows[2]["csdq_sdq_score"], rows[2]["csdq_sdq_reason"]) == ("", "SDQ2")
    assert not any(number in str(rows) for number in ("0012345", "0054321", "Zzcanary"))


def test_o2_homes_are_exported_with_codes_where_the_record_is_sure_and_blanks_where_not(borough, sign_in):
    a_child_in_care(borough)

    now, before = export(sign_in, borough.team_manager, HOMES)

    assert (now["clap_cla_placement_type"], now["clap_cla_placement_provider"], now["clap_cla_placement_end_date"]) == ("K2", "PR1", "")
    assert (before["clap_cla_placement_type"], before["clap_cla_placement_provider"]) == ("", "")
    assert (before["clap_cla_placement_end_date"], before["clap_cla_placement_change_reason"]) == ("03/02/2026", "CREQB")
    assert before["not recorded"] == "Whether fostering is long term, which kind of provider"
    assert {row["clap_cla_placement_postcode"] for row in (now, before)} == {""}


def test_homes_of_a_child_who_was_never_in_care_are_no_placements(borough, sign_in):
    child = a_child_in_care(borough)
    Child.objects.filter(pk=child.pk).update(is_looked_after=False)
    assert export(sign_in, borough.team_manager, HOMES) == []

    keep_care_details(child, in_care_since=date(2025, 1, 5), by=borough.social_worker)
    assert len(export(sign_in, borough.team_manager, HOMES)) == 2


def test_n2_with_numbers_it_takes_a_reason_and_a_second_person_and_is_a_csv_too(borough, sign_in):
    child = a_child_in_care(borough)
    sign_in(borough.team_manager).post(SDQS, {"deed": "export", "who": "names", "because": "The yearly return."})
    asked = NamedExport.objects.get()
    sign_in(borough.head_of_service).post(asked.get_absolute_url(), {"agrees": "yes"})
    outbox.sweep(kinds=["export.make"])

    answer = sign_in(borough.team_manager).post(f"{asked.get_absolute_url()}/file")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Disposition"] == f'attachment; filename="export-{asked.reference}.csv"'
    assert {row["csdq_person_id"] for row in rows} == {"0012345"}
    assert rows[0]["csdq_table_id"] == f"{child.reference}-20260302-carer"
    assert AuditEvent.objects.filter(verb="record.exported", child_id=child.pk).count() == 2


@pytest.mark.parametrize("page", [SDQS, HOMES])
def test_only_children_whose_record_one_may_see_are_listed_or_exported(borough, sign_in, page):
    child = a_child_in_care(borough)
    for person in (borough.other_social_worker, borough.practitioner, borough.provider_manager):
        assert export(sign_in, person, page) == []
        assert child.reference not in sign_in(person).get(page).content.decode()
    assert sign_in(borough.commissioner).get(page).status_code == 403

    restrict_child(child, ground="profile", because="High profile.", people=[borough.social_worker], by=borough.social_worker)
    assert export(sign_in, borough.team_manager, page) == []


@pytest.mark.parametrize("page", [SDQS, HOMES])
def test_whoever_opens_the_list_is_in_the_log_of_each_child_on_it(borough, sign_in, page):
    child = a_child_in_care(borough)

    body = sign_in(borough.team_manager).get(page).content.decode()

    assert f"/children/{child.reference}" in body
    assert AuditEvent.objects.filter(verb="record.read", child_id=child.pk, person_id=borough.team_manager.pk).count() == 2


@pytest.mark.parametrize(("page", "query", "count"), [
    (SDQS, "given_from=1 1 2026", 1), (SDQS, "given_to=1 1 2026", 1), (HOMES, "lived_from=3 2 2026", 1), (HOMES, "lived_from=2 2 2026", 2),
    (HOMES, "lived_to=2 2 2026", 1), (SDQS, "given_from=nonsense", 0),
])  # fmt: skip
def test_days_narrow_the_page_and_the_file_alike(borough, sign_in, page, query, count):
    a_child_in_care(borough)

    assert len(export(sign_in, borough.team_manager, page, query=query)) == count


@pytest.mark.parametrize("page", [SDQS, HOMES])
def test_the_list_takes_as_many_queries_for_one_child_as_for_three(borough, sign_in, page):
    counts, client = [], sign_in(borough.team_manager)
    client.get(page)
    for number in range(3):
        a_child_in_care(borough, number=str(number))
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))

    assert counts[0] == counts[2], TODAY
