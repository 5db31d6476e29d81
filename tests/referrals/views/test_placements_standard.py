"""A referral by the Placements Data Standard, version 2: valid, honest about what is lacking, and cut to who reads it."""

import json
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator

from core.models import AuditEvent
from referrals.actions.offer import accept_bed
from referrals.actions.restriction import restrict_child
from referrals.actions.stay import start_stay
from referrals.forms.options import HOME_TYPES, RISKS_TO_CHILD, RISKS_TO_OTHERS
from referrals.forms.standard.document import OTHER_RISKS, RISKS, SCHEMA, SUITS, needed_by
from referrals.models import Child, ReferralTask
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
VALID = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def answer(referral, **answers):
    """Type these into the tasks of a referral, by task."""
    for name, said in answers.items():
        task = ReferralTask.objects.get(referral=referral, name=name)
        task.answers = {**task.answers, **said}
        task.save()


def taken(sign_in, person, referral):
    got = sign_in(person).get(f"/referrals/{referral.reference}/placements-data-standard.json")
    assert got.status_code == 200
    found = json.loads(got.content)
    assert [error.message for error in VALID.iter_errors(found)] == []
    return found


def named(found, lacking="notRecorded"):
    return {row["field"]: row["why"] for row in found[lacking]}


@pytest.fixture
def housed(borough):
    """A child in a hub bed that was found through the referral, at a contract's price, with a council number."""
    referral = builders.a_waiting_referral(borough, service="hub")
    Child.objects.filter(pk=referral.child_id).update(case_number="0012345")
    start_stay(accept_bed(places.a_bed_offered(borough, places.a_hub(borough), referral=referral), by=borough.social_worker), on=TODAY, by=borough.provider_manager)
    referral.refresh_from_db()
    return referral


def test_the_schema_is_a_schema_and_knows_each_of_our_questions():
    Draft202012Validator.check_schema(SCHEMA)
    names = SCHEMA["properties"]["Risks"]["properties"]

    assert set(RISKS.values()) == {*RISKS_TO_CHILD, *RISKS_TO_OTHERS}
    assert set(names) == {*RISKS, *OTHER_RISKS}
    assert set(SUITS.values()) == set(HOME_TYPES)


def test_every_field_is_there_and_of_each_without_a_value_it_is_said_why(borough, sign_in):
    found = taken(sign_in, borough.social_worker, builders.a_sent_referral(borough))

    lacking = {**named(found), **named(found, "notShown")}
    for entity in [name for name in SCHEMA["required"] if name[0].isupper()]:
        for field, value in found[entity].items():
            assert (value is None) == (f"{entity}.{field}" in lacking), field
    assert lacking["PlacementRequirements.homeAdaptation"] == "This service does not ask it."
    assert lacking["Risks.riskMissing"] == "It was not answered."
    assert lacking["ActualPlacement.totalWeeklyCost"] == "No home has been found through this referral."


def test_answers_are_in_the_standards_own_words(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    answer(
        referral, risk={"risk_missing": "present", "risk_fire": "none", "risk_child_other": " Runs to the coast. ", "suits_foster": "preferred",
                        "suits_residential": "suitable", "suits_supported": "unsuitable", "factors": ["learning"]},
        child={"interpreter": "yes", "interpreter_language": "British Sign Language and Makaton", "faith": "Muslim"},
        request={"wanted_by": "3 December 2026"},
    )  # fmt: skip

    found = taken(sign_in, borough.social_worker, referral)

    assert (found["Risks"]["riskMissing"], found["Risks"]["riskToOthersFire"], found["Risks"]["riskSelfHarm"]) == ("Risk Present", "No known risk", None)
    assert found["Risks"]["riskOther"] == "Runs to the coast."
    assert list(found["PlacementRecommendation"].values()) == ["Preferred", "Suitable but not preferred", "Unsuitable"]
    assert found["PlacementRequirements"]["specificCommunicationRequirements"] == ["BSL", "Makaton"]
    assert (found["PlacementRequirements"]["communicationNeeds"], found["PlacementRequirements"]["culturalNeeds"]) == ("Y", "Other")
    assert found["PlacementAvailability"]["neededBy"] == "in more than 5 days"


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Today"), (0, "Today"), (1, "in less than 5 days"), (5, "in less than 5 days"), (6, "in more than 5 days")]
)
def test_how_soon_a_home_is_needed_is_counted_from_the_day_it_was_sent(days, words):
    assert needed_by(TODAY + timedelta(days=days), TODAY) == words


def test_the_home_that_was_found_is_told_with_its_price_number_and_who_wrote_it_down(borough, sign_in, housed):
    found = taken(sign_in, borough.social_worker, housed)

    actual = found["ActualPlacement"]
    assert found["PlacementAvailability"]["childId"] == "0012345"
    assert (actual["placementType"], actual["providerURN"]) == ("Residential", "R1")
    assert actual["placementLocation"].startswith("The hub")
    assert actual["totalWeeklyCost"] == 5200
    assert named(found)["QualityAssurance.costOfficerName"] == "A contract says the price."
    assert found["QualityAssurance"]["referralOfficerName"] == "Social Worker"
    assert found["QualityAssurance"]["placementDate"] == TODAY.isoformat()


def test_what_a_role_does_not_read_is_left_out_and_named(borough, sign_in, housed):
    administrator, member = (taken(sign_in, person, housed) for person in (borough.panel_administrator, borough.governance))

    assert set(named(administrator, "notShown")) == {
        "ActualPlacement.totalWeeklyCost", "ActualPlacement.placementLocation", "ActualPlacement.providerURN",
        "QualityAssurance.costOfficerName", "QualityAssurance.costDate",
    }  # fmt: skip
    assert "The hub" not in json.dumps(administrator)
    assert member["ActualPlacement"]["placementLocation"].startswith("The hub")


def test_a_provider_reads_risks_only_once_it_has_the_child(borough, sign_in):
    places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    answer(referral, risk={"risk_missing": "present"})

    assert taken(sign_in, borough.provider_manager, referral)["Risks"]["riskMissing"] == "Risk Present"
    type(referral).objects.filter(pk=referral.pk).update(status="BOOKED")
    found = taken(sign_in, borough.provider_manager, referral)
    assert set(found["Risks"].values()) == {None}
    assert "Risks.riskMissing" in named(found, "notShown")


def test_it_is_kept_in_the_log_that_it_was_taken_and_the_name_says_nothing_of_the_child(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    got = sign_in(borough.social_worker).get(f"/referrals/{referral.reference}/placements-data-standard.json")

    event = AuditEvent.objects.filter(verb="record.read").latest("pk")
    assert event.sentence == f"Took referral {referral.reference} away as a file by the Placements Data Standard."
    assert event.child_id == referral.child_id
    assert got["Content-Disposition"] == f'attachment; filename="{referral.reference}-placements-data-standard.json"'
    assert b"Zzcanary" not in got.content


def test_whoever_may_not_see_the_referral_finds_no_file(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    address = f"/referrals/{referral.reference}/placements-data-standard.json"

    assert sign_in(borough.other_social_worker).get(address).status_code == 404
    restrict_child(referral.child, ground="profile", because="High profile.", people=[borough.social_worker], by=borough.social_worker)
    assert sign_in(borough.team_manager).get(address).status_code == 404
    assert sign_in(borough.commissioner).get(address).status_code == 403


@pytest.mark.parametrize("words", ["=1+1", "\ud83d\ude00 and “quotes”", "</script><script>alert(1)</script>", "\u202eright to left"])
def test_any_words_stay_as_they_were_typed(borough, sign_in, words):
    referral = builders.a_sent_referral(borough)
    answer(referral, risk={"risk_child_other": words.encode("utf-16", "surrogatepass").decode("utf-16")})

    assert taken(sign_in, borough.social_worker, referral)["Risks"]["riskOther"] == words.encode("utf-16", "surrogatepass").decode("utf-16")


def test_the_schema_is_served_as_it_is_kept(borough, sign_in):
    assert sign_in(borough.social_worker).get("/referrals/placements-data-standard.schema.json").json() == SCHEMA
