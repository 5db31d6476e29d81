"""Consent and sharing from a child's page, and what is kept of it."""

import pytest
from django.db import DatabaseError, transaction

from core.models import AuditEvent
from core.rules import RuleBroken
from referrals.actions.sharing import add_protocol, record_disclosure, record_fact
from referrals.models import Disclosure, SharingFact, Told
from referrals.models.sharing import standing_facts
from tests.conftest import TODAY
from tests.referrals import builders

pytestmark = pytest.mark.django_db
DAY = "24 11 2026"


def test_k1_the_family_is_told_from_a_page_and_has_a_sheet_to_keep(borough, sign_in):
    child = builders.a_child(borough, is_looked_after=True)
    nan, client = child.people.get(), sign_in(borough.social_worker)

    sheet = client.get(f"/children/{child.reference}/sharing/sheet").content.decode()
    answer = client.post(f"/children/{child.reference}/sharing/told", {"who": nan.pk, "how": "spoken", "told_on": DAY, "note": ""})

    assert "until 2087" in sheet
    assert "Zzcanary Childname" not in sheet.split("</title>")[0]
    assert answer.url == f"/children/{child.reference}/sharing"
    told = Told.objects.get()
    assert (told.person, told.told_on, told.recorded_by) == (nan, TODAY, borough.social_worker)
    assert "Nan Childname" in client.get(answer.url).content.decode()
    assert "Childname" not in AuditEvent.objects.get(verb="family.told").sentence


def test_k2_agreement_is_dated_for_each_person_and_a_withdrawal_deletes_nothing(borough, sign_in):
    child = builders.a_child(borough)
    nan, client = child.people.get(), sign_in(borough.social_worker)
    url = f"/children/{child.reference}/sharing/agreement"

    for answer in ("given", "withdrawn"):
        client.post(url, {"who": nan.pk, "kind": "files", "answer": answer, "said_on": DAY})

    assert [f.answer for f in standing_facts(child)] == ["withdrawn"]
    assert sorted(SharingFact.objects.values_list("answer", flat=True)) == ["given", "withdrawn"]


def test_k2_an_answer_once_kept_is_never_edited(borough):
    fact = record_fact(builders.a_child(borough), kind="work", answer="given", said_on=TODAY, by=borough.social_worker)

    with pytest.raises(DatabaseError), transaction.atomic():
        SharingFact.objects.filter(pk=fact.pk).update(answer="refused")


def test_k2_files_go_to_the_commissioner_by_permission_or_by_an_override_with_a_reason(borough):
    child = builders.a_child(borough)
    shown = {"recipient": "commissioner", "recipient_name": "The commissioner", "purpose": "review", "what": "The plan.", "shared_on": TODAY}

    with pytest.raises(RuleBroken, match="not given permission"):
        record_disclosure(child, by=borough.social_worker, override_because="I think so.", **shown)
    with pytest.raises(RuleBroken, match="without permission"):
        record_disclosure(child, by=borough.service_manager, **shown)
    over = record_disclosure(child, by=borough.service_manager, override_because="A serious incident.", **shown)
    plain = record_disclosure(child, by=borough.social_worker, is_anonymised=True, **shown)
    record_fact(child, kind="files", answer="given", person=child.people.get(), said_on=TODAY, by=borough.social_worker)
    allowed = record_disclosure(child, by=borough.social_worker, **shown)

    assert [d.override_because for d in (over, plain, allowed)] == ["A serious incident.", "", ""]
    assert (over.had_permission, allowed.had_permission) == (False, True)
    assert AuditEvent.objects.filter(verb="information.shared", sentence__endswith="without permission.").count() == 1


def test_k2_somebody_without_responsibility_gives_no_permission(borough):
    child = builders.a_child(borough)
    child.people.update(has_parental_responsibility=False)

    with pytest.raises(RuleBroken, match="holds parental responsibility"):
        record_fact(child, kind="files", answer="given", person=child.people.get(), said_on=TODAY, by=borough.social_worker)


def test_k2_sending_keeps_what_the_referral_says_once(borough):
    referral = builders.a_filled_referral(borough)
    task = referral.tasks.get(name="consent")
    task.answers = {"agreed_child": "yes", "agreed_parents": "not asked", "show_files": "no"}
    task.save()
    from_page = builders.send_referral(referral, by=borough.social_worker)

    facts = {(f.kind, f.person_id is None): f.answer for f in standing_facts(from_page.child)}

    assert facts == {("work", True): "given", ("work", False): "not asked", ("files", False): "refused"}


def test_k4_what_police_and_agencies_were_told_is_logged_and_never_edited(borough, sign_in):
    child = builders.a_child(borough)
    client = sign_in(borough.social_worker)

    answer = client.post(
        f"/children/{child.reference}/sharing/disclosure",
        {"recipient": "police", "recipient_name": "Duty sergeant", "purpose": "safeguarding", "what": "Where she was last seen.", "shared_on": DAY},
    )  # fmt: skip

    shown = Disclosure.objects.get()
    assert "Duty sergeant" in client.get(answer.url).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=shown.pk).update(what="Nothing.")


def test_k4_what_is_missing_is_said_and_what_was_typed_stays(borough, sign_in):
    child = builders.a_child(borough)

    page = sign_in(borough.social_worker).post(
        f"/children/{child.reference}/sharing/disclosure", {"what": "Where she was 😀 ‮", "shared_on": "31 2 2026"}
    ).content.decode()  # fmt: skip

    assert "Select with whom it was shared" in page
    assert "must be a real day" in page
    assert "Where she was 😀" in page


def test_k5_protocols_are_data_and_say_which_are_not_supplied(borough, sign_in):
    for name, held in (("Held protocol", True), ("Missing protocol", False)):
        add_protocol(
            authority=borough.authority, name=name, parties="Council and police", covers="Safeguarding",
            owner_role="Governance", from_on=TODAY, review_on=TODAY, is_held=held, by=None,
        )  # fmt: skip

    page = sign_in(borough.social_worker).get("/sharing-protocols").content.decode()

    assert "Held protocol" in page
    assert "Not supplied" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sharing_page_asks_as_often_for_many_rows(borough, sign_in, rows, django_assert_max_num_queries):
    child = builders.a_child(borough)
    for _ in range(rows):
        record_fact(child, kind="work", answer="given", said_on=TODAY, by=borough.social_worker)
        record_disclosure(child, recipient="school", recipient_name="x", purpose="care", what="x", shared_on=TODAY, by=borough.social_worker)
    client = sign_in(borough.social_worker)

    with django_assert_max_num_queries(19):
        client.get(f"/children/{child.reference}/sharing")
