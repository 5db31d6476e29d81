"""trust G05: a form pressed four times at once, and once more later, makes one record and leads everybody to it."""

import pytest

from core import clock
from panels.models import Decision
from referrals.models import Referral, SignOff, Stay
from referrals.rules.sign_off import CONFIRMATIONS
from tests import people
from tests.at_once.support import an_item_at_hand, at_once, posting
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 4


def starting(borough):
    """A social worker starts a referral."""
    child = builders.a_child(borough)
    return borough.social_worker, f"/referrals/new/{child.reference}", {}, Referral.objects.filter(child=child)


def signing(borough):
    """A team manager signs."""
    referral = builders.a_sent_referral(borough)
    said = {"deed": "agree", "confirmations": list(CONFIRMATIONS), "read": referral.version()}
    return borough.team_manager, f"/referrals/{referral.reference}/sign-off", said, SignOff.objects.filter(referral=referral)


def allocating(borough):
    """The provider's manager gives an outreach place, and another child waits behind."""
    place = places.an_outreach(borough, places=3).places.get(number=1)
    first, _ = builders.a_waiting_referral(borough), builders.a_waiting_referral(borough)
    said = {
        "referral": first.reference, "starts_on_0": "24", "starts_on_1": "11", "starts_on_2": "2026",
        "starts_on": "24 11 2026", "planned_end_on": "16 2 2027",
    }  # fmt: skip
    return borough.provider_manager, f"/places/allocate?place={place.reference}", said, Stay.objects.all()


def deciding(borough):
    """The panel administrator records the panel's decision."""
    item = an_item_at_hand(borough)
    said = {"outcome": "agree", "reasons": "It meets the need.", "weeks": "12"}
    return borough.panel_administrator, f"{item.meeting.get_absolute_url()}/live/{item.number}", said, Decision.objects.all()


def press(who, url, said, key):
    """Four presses of one button at once, and a fifth when all is done."""
    said = {**said, **({"idempotency_key": key} if key else {})}
    answers = at_once(*[posting(who, url, said)] * PRESSES)
    with clock.held_at(TODAY):
        answers.append(posting(who, url, said)())
    return [(answer.status_code, answer.headers.get("Location")) for answer in answers]


@pytest.mark.parametrize("deed", [starting, signing, allocating, deciding])
def test_g05_four_presses_at_once_make_one_record(deed):
    who, url, said, rows = deed(people.a_borough())
    before = rows.count()

    answers = press(who, url, said, "one-filled-in-form")

    assert {status for status, _ in answers} == {302}, answers
    assert len({leads_to for _, leads_to in answers}) == 1, answers
    assert rows.count() == before + 1


def test_g05_without_its_key_the_same_presses_make_several():
    """The control: the same form with nothing to know it by."""
    who, url, said, rows = starting(people.a_borough())

    answers = press(who, url, said, None)

    assert rows.count() == PRESSES + 1
    assert len({leads_to for _, leads_to in answers}) == PRESSES + 1


def test_g05_somebody_elses_key_stops_nobody():
    borough = people.a_borough()
    who, url, said, rows = starting(borough)

    press(who, url, said, "the-same-key")
    press(borough.team_manager, url, said, "the-same-key")

    assert rows.count() == 2
