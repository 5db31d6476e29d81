"""The head of service goes through a year's high SDQ scores, and says what is done about each."""

from datetime import date

import pytest

from core.models import DatedSetting
from core.rules import RuleBroken
from kpis.measures.to_do.figures import high_sdqs
from referrals.actions.restriction import restrict_child
from referrals.actions.sdq import add_sdq
from referrals.actions.sdq_look import look_at_sdq
from referrals.models import SdqLook
from tests.people import a_borough
from tests.referrals.builders import a_child

pytestmark = pytest.mark.django_db


def a_score(borough, score=22, on=date(2026, 10, 1), **facts):
    child = a_child(borough, **facts)
    add_sdq(child, on=on, score=score, completed_by="carer", by=None)
    return child


def test_h24_the_head_of_service_sees_each_high_score_and_says_what_is_done(borough, sign_in):
    child, low = a_score(borough, full_name="Robin High"), a_score(borough, 16, full_name="Sandy Low")
    page = sign_in(borough.head_of_service)
    words = page.get("/children/high-sdq").content.decode()
    assert (child.reference in words, low.reference in words) == (True, False)
    assert high_sdqs(borough.head_of_service)[0].label == "Look at 1 high SDQ score"

    address = f"/children/{child.reference}/sdq/look"
    assert "Say what is done" in page.post(address, {"action_taken": " "}).content.decode()
    assert page.post(address, {"action_taken": "Therapy goes on."}).headers["Location"] == "/children/high-sdq?year=2026"

    look = SdqLook.objects.get()
    assert (look.action_taken, look.looked_by, look.sdq.score) == ("Therapy goes on.", borough.head_of_service, 22)
    assert "Therapy goes on." in page.get("/children/high-sdq").content.decode()
    assert high_sdqs(borough.head_of_service) == []
    with pytest.raises(RuleBroken, match="looked at before"):
        look_at_sdq(look.sdq, action_taken="Again.", by=borough.head_of_service)


def test_h24_the_threshold_is_a_dated_setting_and_a_score_is_judged_by_its_own_day(borough, sign_in):
    before, after = a_score(borough, 18, on=date(2026, 5, 1)), a_score(borough, 18, on=date(2026, 10, 1))
    DatedSetting.objects.create(name="high-sdq-from", value=20, from_on=date(2026, 9, 1), authority=borough.authority)

    words = sign_in(borough.head_of_service).get("/children/high-sdq").content.decode()

    assert (before.reference in words, after.reference in words) == (True, False)
    with pytest.raises(RuleBroken, match="20 or more"):
        look_at_sdq(after.sdqs.get(), action_taken="Help.", by=borough.head_of_service)


def test_nobody_else_reads_the_list_and_it_holds_no_restricted_child_and_none_of_another_council(borough, sign_in):
    child = a_score(borough)
    restrict_child(child, ground="profile", because="High profile.", people=[child.social_worker], by=child.social_worker)
    foreign = a_score(a_borough("elsewhere"))
    page = sign_in(borough.head_of_service)

    words = page.get("/children/high-sdq").content.decode()
    assert (child.reference in words, foreign.reference in words) == (False, False)
    assert page.get(f"/children/{child.reference}/sdq/look").status_code == 404
    assert page.get("/children/high-sdq?year=1900").status_code == 404
    for who in (borough.social_worker, borough.commissioner, borough.chair, borough.service_manager):
        assert sign_in(who).get("/children/high-sdq").status_code == 403


def test_a_child_without_a_score_has_nothing_to_look_at(borough, sign_in):
    assert sign_in(borough.head_of_service).get(f"/children/{a_child(borough).reference}/sdq/look").status_code == 404
