"""N3: what the record of each child lacks, and nothing of children one may not see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referrals.actions.care import keep_care_details
from referrals.actions.placement import record_move
from referrals.actions.restriction import restrict_child
from referrals.actions.sdq import add_sdq
from referrals.models import Child, Placement
from referrals.models.gaps import GAPS, gaps_of, with_gaps
from tests.conftest import TODAY
from tests.referrals import builders

pytestmark = pytest.mark.django_db
PAGE = "/children/gaps"


@pytest.fixture
def whole(borough):
    """A child of fourteen, in care for two years, of whom everything is written down."""
    child, by = builders.a_child(borough), borough.social_worker
    Child.objects.filter(pk=child.pk).update(case_number="0012345", is_looked_after=True)
    keep_care_details(child, in_care_since=TODAY - timedelta(days=730), by=by)
    record_move(child, kind="residential", starts_on=date(2026, 2, 3), is_internal=True, is_registered=True, by=by)
    add_sdq(child, on=TODAY - timedelta(days=30), score=12, completed_by="carer", by=by)
    return Child.objects.get(pk=child.pk)


def lacks(child):
    found = with_gaps(Child.objects.filter(pk=child.pk)).first()
    return gaps_of(found) if found else []


def test_n3_a_whole_record_lacks_nothing(whole):
    assert lacks(whole) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"born_on": None}, ["Date of birth"]), ({"case_number": ""}, ["Council number"]), ({"social_worker": None}, ["Social worker"])],
)
def test_n3_each_thing_that_is_not_said_is_named(whole, changed, words):
    Child.objects.filter(pk=whole.pk).update(**changed)

    assert lacks(whole) == words


def test_n3_homes_care_and_sdqs_are_looked_at_by_their_days(whole):
    Placement.objects.update(is_registered=None)
    assert lacks(whole) == [GAPS["no_registration"]]
    Placement.objects.update(ends_on=TODAY, ending_reason="CARPL", was_planned=True)
    assert lacks(whole) == [GAPS["no_home"]]
    whole.sdqs.update(on=date(2025, 11, 24))
    assert lacks(whole) == [GAPS["no_home"], GAPS["no_sdq"]]
    whole.sdqs.update(on=date(2025, 11, 25))
    whole.care.in_care_since = None
    whole.care.save()
    assert lacks(whole) == [GAPS["no_since"], GAPS["no_home"]]
    Child.objects.filter(pk=whole.pk).update(is_looked_after=False)
    assert lacks(whole) == []


@pytest.mark.parametrize(("born_on", "asked"), [(date(2022, 11, 25), False), (date(2022, 11, 24), True), (date(2009, 11, 25), True), (date(2009, 11, 24), False)])
def test_n3_an_sdq_is_asked_for_from_4_to_16(whole, born_on, asked):
    whole.sdqs.all().delete()
    Child.objects.filter(pk=whole.pk).update(born_on=born_on)

    assert lacks(whole) == ([GAPS["no_sdq"]] if asked else [])


def test_n3_a_record_after_a_death_is_left_out(whole):
    Child.objects.filter(pk=whole.pk).update(case_number="", died_on=TODAY)

    assert lacks(whole) == []


def test_n3_only_records_one_may_see_are_listed_and_the_file_has_no_names(borough, sign_in, whole):
    Child.objects.filter(pk=whole.pk).update(case_number="")
    body = sign_in(borough.team_manager).get(PAGE).content.decode()
    assert whole.reference in body
    assert "Council number" in body
    file = sign_in(borough.team_manager).post(f"{PAGE}?view=all", {"deed": "export"})
    assert (file.status_code, b"Zzcanary" in file.content) == (200, False)

    for person in (borough.other_social_worker, borough.provider_manager):
        assert whole.reference not in sign_in(person).get(f"{PAGE}?queue=all").content.decode()
    restrict_child(whole, ground="profile", because="High profile.", people=[borough.social_worker], by=borough.social_worker)
    assert whole.reference not in sign_in(borough.team_manager).get(f"{PAGE}?queue=all").content.decode()


def test_n3_the_list_takes_as_many_queries_for_one_as_for_three(borough, sign_in):
    counts, client = [], sign_in(borough.team_manager)
    client.get(PAGE)
    for _ in range(3):
        builders.a_child(borough)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[2]
