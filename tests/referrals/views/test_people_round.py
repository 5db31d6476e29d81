"""Who holds parental responsibility and who cares: named one by one, printed, frozen, and asked what they say."""

import pytest

from referrals.actions.copies import copy_referral
from referrals.actions.referral import save_task, send_referral
from referrals.models import SharingFact
from tests.referrals import builders

pytestmark = pytest.mark.django_db
DAD = {
    "people_2_name": "Ray O’Childname", "people_2_relationship": "Father", "people_2_responsibility": "unknown", "people_2_carer": "no",
}  # fmt: skip


def at(referral, task):
    return f"/referrals/{referral.reference}/tasks/{task}"


def said(referral, task):
    return referral.tasks.get(name=task).answers


def say(referral, task, answers, by):
    row = referral.tasks.get(name=task)
    save_task(row, answers={**row.answers, **answers}, version=row.version, by=by)
    return type(referral).objects.get(pk=referral.pk)


def with_dad(borough, **more):
    return say(builders.a_filled_referral(borough), "child", {**DAD, **more}, borough.social_worker)


def test_a3_known_people_come_filled_in_with_what_they_hold(borough):
    referral = builders.a_draft_referral(borough)

    answers = said(referral, "child")

    assert [answers[f"people_1_{part}"] for part in ("name", "relationship", "responsibility", "carer")] == [
        "Nan Childname", "Grandmother", "yes", "yes",
    ]  # fmt: skip
    assert not {"carer_name", "parental_responsibility"} & {gap.field for gap in referral.gaps()}


def test_a3_people_are_added_one_by_one_without_scripts_and_printed(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    known = said(referral, "child")

    page = client.post(at(referral, "child"), {**known, "version": 0, "add": "yes"})
    assert page.status_code == 302
    assert page.url.endswith("#more")
    assert 'name="people_2_name"' in client.get(at(referral, "child")).content.decode()
    client.post(at(referral, "child"), {**known, **DAD, "version": referral.tasks.get(name="child").version, "later": "y"})

    page = client.get(f"/referrals/{referral.reference}/answers").content.decode()
    assert "Grandmother, holds parental responsibility, cares for the child" in page
    assert "Ray O’Childname" in page
    assert "Father, not known whether they hold parental responsibility" in page


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({"people_1_carer": "no"}, {"carer_name"}),
        ({"people_1_responsibility": "no"}, {"parental_responsibility"}),
        ({"people_1_responsibility": "unknown"}, set()),
        ({"people_1_relationship": " "}, {"parental_responsibility"}),
        ({"people_1_name": ""}, {"carer_name", "parental_responsibility"}),
        ({**DAD, "people_2_responsibility": ""}, {"parental_responsibility"}),
        ({**DAD, "people_2_responsibility": "made up"}, {"parental_responsibility"}),
        (DAD, set()),
    ],
)
def test_a3_each_person_named_is_said_to_hold_it_or_not_before_sending(borough, sign_in, answers, missing):
    referral = say(builders.a_filled_referral(borough), "child", answers, borough.social_worker)

    assert {gap.field for gap in referral.gaps()} == missing
    page = sign_in(borough.social_worker).get(f"/referrals/{referral.reference}/check").content.decode()
    assert ("tasks/child?to=check#id_people_1_name" in page) == bool(missing)


def test_a3_the_family_history_is_still_asked_for(borough):
    referral = say(builders.a_filled_referral(borough), "needs", {"family_history": " "}, borough.social_worker)

    assert {gap.field for gap in referral.gaps()} == {"family_history"}


def test_a3_the_sending_and_the_panels_paper_freeze_who_they_were(borough):
    referral = send_referral(with_dad(borough), by=borough.social_worker)
    paper = referral.paper_facts()
    say(referral, "child", {"people_2_name": "Somebody Else"}, borough.social_worker)

    assert referral.snapshots.get().answers["child"]["people_2_name"] == "Ray O’Childname"
    assert [row["name"] for row in paper["people"]] == ["Nan Childname", "Ray O’Childname"]
    assert paper["people"][0]["facts"] == "Grandmother, holds parental responsibility, cares for the child"
    assert paper["people"][1]["facts"] == "Father, not known whether they hold parental responsibility"


def test_a3_sending_keeps_them_on_the_childs_record_once(borough):
    referral = send_referral(with_dad(borough, people_1_carer="no", people_2_carer="yes"), by=borough.social_worker)

    people = {p.full_name: p for p in referral.child.people.all()}
    assert set(people) == {"Nan Childname", "Ray O’Childname"}
    assert (people["Nan Childname"].is_carer, people["Nan Childname"].has_parental_responsibility) == (False, True)
    assert (people["Ray O’Childname"].is_carer, people["Ray O’Childname"].has_parental_responsibility) == (True, None)


def test_a3_a_draft_changes_nothing_on_the_childs_record(borough):
    referral = with_dad(borough)

    assert [p.full_name for p in referral.child.people.all()] == ["Nan Childname"]


def test_a3_a20_each_holder_has_a_row_for_what_they_say(borough, sign_in):
    referral = with_dad(borough, people_1_responsibility="no")
    client = sign_in(borough.social_worker)

    page = client.get(at(referral, "views")).content.decode()
    assert 'value="Ray O’Childname"' in page
    assert 'value="Nan Childname"' not in page
    client.post(
        at(referral, "views"),
        {"version": referral.tasks.get(name="views").version, "holder_1_name": "Ray O’Childname", "holder_1_says": "I want her back.",
         "holder_1_engages": "partly", "later": "y"},
    )  # fmt: skip

    page = client.get(f"/referrals/{referral.reference}/answers").content.decode()
    assert "I want her back., In part" in page
    father = referral.paper_facts()["people"][1]
    assert (father["name"], father["says"]) == ("Ray O’Childname", "I want her back.")


def test_a3_each_holders_own_agreement_is_kept_and_the_rest_follow_what_is_said_of_all(borough, sign_in):
    referral = with_dad(borough, people_2_responsibility="yes")
    client = sign_in(borough.social_worker)
    page = client.get(at(referral, "consent")).content.decode()
    assert 'value="Nan Childname"' in page
    assert 'value="Ray O’Childname"' in page

    answers = {"agreed_child": "yes", "agreed_parents": "yes", "agrees_1_name": "Nan Childname", "agrees_1_answer": "",
               "agrees_2_name": "ray  o’childname", "agrees_2_answer": "no"}  # fmt: skip
    send_referral(say(referral, "consent", answers, borough.social_worker), by=borough.social_worker)

    kept = {f.person.full_name: f.answer for f in SharingFact.objects.filter(kind="work", person__isnull=False).select_related("person")}
    assert kept == {"Nan Childname": "given", "Ray O’Childname": "refused"}


def test_a3_a_copy_names_both_those_of_then_and_those_known_now(borough):
    earlier = with_dad(borough, people_1_name="Ray O’Childname", people_2_name="")

    made = copy_referral(earlier, sections=["child"], by=borough.social_worker)

    answers = said(made, "child")
    assert [answers.get(f"people_{n}_name") for n in (1, 2, 3)] == ["Ray O’Childname", "Nan Childname", None]


def test_a3_two_people_at_once_keep_a_whole_person_or_the_others(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    version, known = referral.tasks.get(name="child").version, said(referral, "child")
    client.post(at(referral, "child"), {**known, **DAD, "version": version, "later": "y"})

    mine = {**known, **DAD, "people_2_name": "Joe Childname", "people_2_relationship": "Uncle", "people_2_responsibility": "no"}
    page = client.post(at(referral, "child"), {**mine, "version": version, "later": "y"})
    assert page.status_code == 409
    assert "Joe Childname" in page.content.decode()
    version = referral.tasks.get(name="child").version
    client.post(at(referral, "child"), {**mine, "version": version, "keep_people_2_name": "theirs", "later": "y"})

    assert said(referral, "child")["people_2_relationship"] == "Father"
