"""What the sweep cannot see from an address: rights that end, words on a page that is rightly open, refusals."""

from datetime import timedelta

import pytest

from core import clock
from core.roles import Role
from panels.actions.interest import declare_interest
from panels.actions.panel import seat_person
from panels.models import Action, Decision, SeatHolder
from referrals.models import Child, Referral, Stay
from tests.panels.builders import somebody
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(scene):
    """Our own records."""
    return scene.records["ours"]


def words_at(sign_in, person, url):
    """A page's words, for somebody who may read it."""
    answer = sign_in(person).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_provider_does_not_read_what_the_one_before_was_paid(scene, own, sign_in):
    page = own["contract"].get_absolute_url()

    assert "£450,000" in words_at(sign_in, scene.borough.finance, page)
    assert "£450,000" not in words_at(sign_in, scene.borough.provider_manager, page)


def test_whoever_has_left_a_seat_no_longer_finds_its_meetings(scene, own, sign_in):
    left = somebody(scene.borough, "Left Member")
    seat_person(
        own["panel"], letter="c", person=left, from_on=clock.today() - timedelta(days=90), by=scene.borough.panel_administrator
    )
    assert sign_in(left).get(own["meeting"].get_absolute_url()).status_code == 200

    SeatHolder.objects.filter(person=left).update(until_on=clock.today())

    assert sign_in(left).get(own["meeting"].get_absolute_url()).status_code == 404
    assert own["meeting"].reference not in words_at(sign_in, left, "/meetings")


@pytest.mark.parametrize("shown_on", ["/", "/actions", "/calendar"])
def test_an_action_of_an_item_one_is_out_of_is_gone_everywhere(scene, own, sign_in, shown_on):
    member, action = scene.borough.member, own["action"]
    assert action.what in words_at(sign_in, member, shown_on)

    declare_interest(action.item.meeting, person=member, item=action.item, by=member)

    assert action.what not in words_at(sign_in, member, shown_on)


def test_an_item_of_a_restricted_child_is_a_number_to_those_not_named(scene, own, sign_in):
    kept = scene.records["restricted"]["item"]

    for who in ("panel_administrator", "chair", "member", "head_of_service"):
        assert kept.title not in words_at(sign_in, getattr(scene.borough, who), own["meeting"].get_absolute_url()), who


def test_the_board_says_in_use_of_a_stay_one_may_not_see(scene, sign_in):
    kept, theirs = scene.records["restricted"]["stay"], scene.records["ours"]["stay"]

    for who in ("panel_administrator", "chair", "provider_manager"):
        page = words_at(sign_in, getattr(scene.borough, who), "/places")
        assert theirs.referral.reference in page, who
        assert kept.referral.reference not in page, who
        assert "In use" in page, who


def test_an_administrator_knows_a_child_by_a_referral_that_has_been_sent(scene):
    administrator = scene.borough.panel_administrator.acting_as(Role.PANEL_ADMINISTRATOR)
    child = builders.a_child(scene.borough)
    builders.a_filled_referral(scene.borough, child)
    assert child not in Child.objects.visible_to(administrator)

    builders.a_sent_referral(scene.borough, child=child)

    assert child in Child.objects.visible_to(administrator)


def test_a_provider_reads_only_its_own_places_on_a_childs_page(scene, own, sign_in):
    child, hub = own["child"], places.a_hub(scene.borough)
    Stay.objects.filter(pk=own["stay"].pk).update(place=scene.records["other provider"]["place"])

    assert hub.places.first().name not in words_at(sign_in, scene.borough.practitioner, child.get_absolute_url())
    assert Stay.objects.visible_to(scene.borough.practitioner).filter(child=child).count() == 0
    assert Stay.objects.visible_to(scene.borough.social_worker).filter(child=child).count() == 1


@pytest.mark.parametrize("deed", ["withdraw", "check", "tasks/needs", "tasks/needs/save", "tasks/documents"])
def test_a_manager_who_reads_a_draft_does_not_write_in_it(scene, own, sign_in, deed):
    draft = own["draft"]

    answer = sign_in(scene.borough.team_manager).post(f"{draft.get_absolute_url()}/{deed}", {"reason": "x", "version": "1"})

    assert answer.status_code == 403
    assert Referral.objects.get(pk=draft.pk).status == draft.status


def test_a_refused_button_leads_back_to_its_page_with_the_reason(scene, own, sign_in):
    client = sign_in(scene.borough.provider_manager)

    answer = client.post(f"/actions/{own['action'].reference}/done", follow=True)

    assert answer.redirect_chain == [("/actions", 302)]
    assert "Only its owner or the administrator marks this as done." in answer.content.decode()


def test_a_file_that_may_not_be_taken_off_is_refused_on_its_page(scene, own, sign_in):
    draft = own["draft"]
    Referral.objects.filter(pk=draft.pk).update(status="ENDED")

    answer = sign_in(scene.borough.social_worker).post(f"{draft.get_absolute_url()}/documents/{own['file'].reference}/remove")

    assert answer.status_code == 200
    assert draft.documents.filter(removed_at=None).count() == 1


def test_an_action_is_on_its_owners_to_do_once_released_and_done_from_there(scene, own, sign_in):
    owner, action = scene.borough.social_worker, own["action"]
    Action.objects.filter(pk=action.pk).update(owner=owner, done_at=None, done_by=None)
    deed = f"/actions/{action.reference}/done"
    client = sign_in(owner)
    Decision.objects.filter(item=action.item).update(released_at=None)
    assert deed not in client.get("/").content.decode()
    assert client.post(deed).status_code == 404

    Decision.objects.filter(item=action.item).update(released_at=clock.now())
    assert deed in client.get("/").content.decode()
    assert action.what in client.get(deed, follow=True).content.decode()
    client.post(deed)

    assert Action.objects.get(pk=action.pk).done_by == owner
