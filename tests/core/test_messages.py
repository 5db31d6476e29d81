"""A person's own messages, without the records they no longer see."""

import pytest

from referrals.actions.restriction import restrict_child
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def test_ones_own_messages_are_a_page_and_a_restricted_record_is_named_in_none(borough, sign_in):
    referral, kept = builders.a_sent_referral(borough), builders.a_sent_referral(borough)
    restrict_child(kept.child, ground="risk", because="x", people=[borough.social_worker], by=borough.team_manager)

    page = sign_in(borough.team_manager).get("/account/messages").content.decode()

    assert referral.reference in page
    assert kept.reference not in page
    assert "About a record that you do not see now." in page
    assert referral.reference not in sign_in(borough.other_team_manager).get("/account/messages").content.decode()
