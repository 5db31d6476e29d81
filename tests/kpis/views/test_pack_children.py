"""E6, E7: the three lists of children by reference that a seat-holder reads with the pack, and nobody else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import AuditEvent
from kpis.models import Pack
from kpis.papers.children import frozen_children
from panels.actions.interest import declare_interest
from referrals.actions.restriction import restrict_child
from tests.kpis.actions.test_pack_parts import DRAFT, ISSUE, MEETS, issued
from tests.panels.actions.test_booking import acting
from tests.panels.builders import a_called_meeting, a_meeting_with, a_steering_group
from tests.referrals import builders
from tests.referrals.places import a_place_given, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(borough):
    """A meeting whose pack is still to be made."""
    return a_called_meeting(borough, a_steering_group(borough), on=MEETS)


@pytest.fixture
def after():
    """The clock stands on the day after the pack went out."""
    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        yield


@pytest.fixture
def pack(borough, meeting, after):
    """A circulated pack with no child in it, read on the day after."""
    return issued(borough)


def lists(client, pack):
    """The references under each heading, in their order."""
    answer = client.get(f"{pack.get_absolute_url()}/children")
    assert answer.status_code == 200
    parts = re.split(r"<h2>(Engaged|Considered|Priorities)</h2>", answer.content.decode())[1:]
    return {name: re.findall(r'nowrap">([A-Z0-9]{3}-[A-Z0-9]{3})<', said) for name, said in zip(parts[::2], parts[1::2], strict=True)}


def test_a_seat_holder_reads_who_is_engaged_considered_and_next_in_line(meeting, borough, sign_in):
    stay = a_place_given(borough, an_outreach(borough))
    standard, urgent = builders.a_waiting_referral(borough), builders.a_waiting_referral(borough, band="urgent")
    ready = builders.a_signed_off_referral(borough)
    builders.a_draft_referral(borough)

    pack = issued(borough)
    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        found = lists(sign_in(borough.chair), pack)

    assert found == {"Engaged": [stay.referral.reference], "Considered": [ready.reference], "Priorities": [urgent.reference, standard.reference]}


def test_what_happens_after_the_freeze_changes_nothing_in_it(meeting, borough, sign_in):
    first = builders.a_waiting_referral(borough)
    pack = issued(borough)
    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        client, page = sign_in(borough.chair), f"{pack.get_absolute_url()}/children"
        before = client.get(page).content.decode()
        builders.a_waiting_referral(borough, band="urgent")
        first.refresh_from_db()
        first.status = "WITHDRAWN"
        first.save()

        assert lists(client, pack) == {"Engaged": [], "Considered": [], "Priorities": [first.reference]}
        assert re.findall("<tbody.*?</tbody>", client.get(page).content.decode()) == re.findall("<tbody.*?</tbody>", before)


def test_that_each_reference_was_read_is_in_the_trail_of_its_child(meeting, borough, sign_in):
    rows = [builders.a_waiting_referral(borough), builders.a_signed_off_referral(borough)]
    pack = issued(borough)

    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        lists(sign_in(borough.provider_manager), pack)

    read = AuditEvent.objects.filter(verb="record.read", person_id=borough.provider_manager.pk)
    assert set(read.values_list("child_id", "subject_reference")) == {(row.child_id, row.reference) for row in rows}


@pytest.mark.parametrize(
    ("who", "status"), [("panel_administrator", 404), ("commissioner", 404), ("auditor", 404), ("member", 404), ("social_worker", 403), ("chair", 200)]
)
def test_only_those_who_hold_a_seat_of_the_meeting_open_it(pack, borough, sign_in, who, status):
    client = sign_in(getattr(borough, who))

    assert client.get(f"{pack.get_absolute_url()}/children").status_code == status
    if status != 403:
        assert ("/children" in client.get(pack.get_absolute_url()).content.decode()) == (status == 200)


def test_restricted_children_and_those_whose_item_the_reader_is_out_of_are_not_listed(meeting, borough, sign_in, after):
    with clock.held_at(clock.moment(DRAFT - timedelta(days=1))):
        open_to_all, kept, out_of = (builders.a_signed_off_referral(borough) for _ in range(3))
    pack = issued(borough)
    restrict_child(kept.child, ground="risk", people=[borough.social_worker], because="A relative would harm her.", by=borough.team_manager)
    meeting, item = a_meeting_with(borough, out_of)
    declare_interest(meeting, item=item, person=borough.chair, nature="A relative", by=acting(borough.chair))

    assert lists(sign_in(borough.chair), pack)["Considered"] == [open_to_all.reference]
    assert out_of.reference in lists(sign_in(borough.provider_manager), pack)["Considered"]


def test_whoever_is_out_of_the_item_on_referrals_opens_none_of_it(pack, borough, sign_in):
    item = next(item for item in pack.meeting.items.all() if "referrals" in item.title.lower())
    declare_interest(pack.meeting, item=item, person=borough.head_of_service, nature="A relative", by=acting(borough.head_of_service))

    client = sign_in(borough.head_of_service)

    assert client.get(f"{pack.get_absolute_url()}/children").status_code == 404
    assert "/children" not in client.get(pack.get_absolute_url()).content.decode()


def test_it_is_closed_once_the_meeting_is_over(pack, borough, sign_in):
    client = sign_in(borough.chair)
    for days, status in ((0, 200), (1, 404)):
        with clock.held_at(clock.moment(MEETS + timedelta(days=days))):
            assert client.get(f"{pack.get_absolute_url()}/children").status_code == status


def test_its_lists_ask_the_same_number_of_questions_at_one_row_and_at_three(pack, borough, sign_in):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            builders.a_signed_off_referral(borough)
            builders.a_waiting_referral(borough)
        Pack.objects.update(children=frozen_children(borough.authority.pk))
        client = sign_in(borough.chair)
        client.get(pack.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            lists(client, pack)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 30


def test_a_pack_frozen_before_lists_were_kept_has_none_and_says_nothing_of_them(pack, borough, sign_in):
    Pack.objects.update(children=None)
    client = sign_in(borough.chair)

    assert "/children" not in client.get(pack.get_absolute_url()).content.decode()
    assert client.get(f"{pack.get_absolute_url()}/children").status_code == 404
