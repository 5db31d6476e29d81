"""Restricting from a page, opening in an emergency, and who has looked."""

import pytest

from core.models import AuditEvent
from referrals.actions.restriction import break_glass, restrict_child
from referrals.models import Restriction
from tests.referrals import builders

pytestmark = pytest.mark.django_db
WHY = "The child is missing and the police are asking."


def test_k8_a_manager_restricts_a_record_from_its_page(borough, sign_in):
    child = builders.a_child(borough)
    client = sign_in(borough.team_manager)
    form = client.get(f"/children/{child.reference}/restrict").content.decode()
    assert "Social Worker, " in form
    assert "Team Manager, " in form

    answer = client.post(
        f"/children/{child.reference}/restrict",
        {"ground": "staff", "because": "Her aunt works here.", "people": [borough.social_worker.pk], "others": "chair@testborough.example\n"},
    )  # fmt: skip

    assert answer.url == "/"
    assert {a.person for a in Restriction.objects.get().named()} == {borough.social_worker, borough.chair}
    assert client.get(f"/children/{child.reference}").status_code == 404
    assert child.reference not in client.get("/children").content.decode()


def test_k8_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(borough, sign_in):
    child = builders.a_child(borough)
    client = sign_in(borough.team_manager)

    page = client.post(f"/children/{child.reference}/restrict", {"because": "Her aunt.", "others": "nobody@nowhere.example"}).content.decode()

    assert "Select why the record is restricted" in page
    assert "Nobody signs in with nobody@nowhere.example" in page
    assert "Her aunt." in page
    assert not Restriction.objects.exists()


def test_k8_the_governance_officer_sees_the_register_and_not_the_record(borough, sign_in):
    child = builders.a_child(borough)
    restrict_child(child, ground="risk", because="Her uncle.", people=[borough.social_worker], by=borough.team_manager)
    client = sign_in(borough.governance)

    assert child.reference in client.get("/restricted-records").content.decode()
    page = client.get(f"/restricted-records/{child.reference}").content.decode()
    assert "Social Worker" in page
    assert "Zzcanary" not in page
    assert client.get(f"/children/{child.reference}").status_code == 404


def test_k8_an_emergency_from_its_page_leads_to_the_record_and_tries_are_kept(borough, sign_in):
    child = builders.a_child(borough, case_number="L-5")
    restrict_child(child, ground="risk", because="Her uncle.", people=[borough.social_worker], by=borough.team_manager)
    client = sign_in(borough.other_social_worker)

    wrong = client.post("/break-glass", {"number": "L-6", "because": WHY}).content.decode()
    right = client.post("/break-glass", {"number": "L-5", "because": WHY})

    assert "Nothing was opened for that number" in wrong
    assert AuditEvent.objects.filter(verb="child.glass_tried", person_id=borough.other_social_worker.pk).count() == 1
    assert right.url == f"/children/{child.reference}"
    assert client.get(right.url).status_code == 200


def test_r3_every_opening_of_a_record_is_in_its_log_with_person_role_and_reason(borough, sign_in):
    child = builders.a_child(borough, case_number="L-5")
    restrict_child(child, ground="risk", because="Her uncle.", people=[borough.social_worker], by=borough.team_manager)
    client = sign_in(borough.other_social_worker)
    break_glass("L-5", because=WHY, by=borough.other_social_worker)
    client.get(f"/children/{child.reference}")

    page = sign_in(borough.governance).get(f"/children/{child.reference}/access").content.decode()

    assert "Other Social Worker" in page
    assert page.count(WHY) == 2
    assert "Zzcanary" not in page


def test_r3_an_auditor_reads_any_log_and_a_stranger_none(borough, sign_in):
    child = builders.a_child(borough)

    assert sign_in(borough.auditor).get(f"/children/{child.reference}/access").status_code == 200
    assert sign_in(borough.other_social_worker).get(f"/children/{child.reference}/access").status_code == 404
    assert sign_in(borough.panel_administrator).get(f"/children/{child.reference}/access").status_code == 403


@pytest.mark.parametrize("typed", ["0", "99999", "x", "-1", "%00", "２"])
def test_r3_a_page_that_is_not_there_is_no_error(borough, sign_in, typed):
    child = builders.a_child(borough)

    answer = sign_in(borough.social_worker).get(f"/children/{child.reference}/access?page={typed}")

    assert answer.status_code in {200, 400, 404}


def test_r3_the_log_asks_the_database_as_often_for_many_openings(borough, sign_in, django_assert_max_num_queries):
    child = builders.a_child(borough)
    client = sign_in(borough.social_worker)
    for _ in range(4):
        client.get(f"/children/{child.reference}")

    with django_assert_max_num_queries(16):
        client.get(f"/children/{child.reference}/access")
