"""Who reads which status before and after a decision is released: every status, every reader, on every page of it."""

import io
from datetime import timedelta

import openpyxl
import pytest

from core import clock
from kpis.measures.to_do.things import things_for
from referrals.actions.outcome import (
    OUTCOMES,
    book_referral,
    present_again,
    record_panel_outcome,
    release_outcome,
)
from referrals.choices import ReferralStatus
from referrals.models import Referral
from referrals.models.referral_facts import UNTIL_RELEASE, as_seen_by
from tests.conftest import TODAY
from tests.referrals import builders

pytestmark = pytest.mark.django_db
NO_PLACE = {"defer": "Deferred", "not agreed": "Not agreed", "redirect": "Sent to another panel"}


def decided(borough, outcome, on=TODAY):
    """Booked and decided, not released."""
    with clock.held_at(on):
        referral = book_referral(builders.a_signed_off_referral(borough), meeting="a test", by=borough.panel_administrator)
        return record_panel_outcome(referral, outcome=outcome, by=borough.chair)


@pytest.mark.parametrize("released", [False, True])
def test_a26_every_status_reads_as_this_reader_may_know_it_before_and_after_release(borough, released):
    assert {status.value for status in UNTIL_RELEASE} == {"AGREED", "CONDITIONS", "PART", "DEFERRED", "DECLINED", "REDIRECTED", "RECOMMENDED"}
    for name, person in borough.people.items():
        sees = name in {"panel_administrator", "chair", "head_of_service", "governance"}
        for status in ReferralStatus:
            expected = ReferralStatus.BOOKED if status in UNTIL_RELEASE and not released and not sees else status
            assert as_seen_by(person, status, is_released=released) == expected, (name, status)


@pytest.mark.parametrize("outcome", NO_PLACE)
@pytest.mark.parametrize("who", ["social_worker", "team_manager"])
def test_a26_a_decision_that_needs_no_place_is_read_once_released_and_not_before(borough, sign_in, outcome, who):
    referral, words = decided(borough, outcome), NO_PLACE[outcome]
    person = getattr(borough, who)
    assert reads(sign_in(person), referral) == ["Booked for panel"] * 4
    assert words not in sign_in(person).get(f"/referrals/{referral.reference}/history").content.decode()

    release_outcome(Referral.objects.get(pk=referral.pk), by=borough.chair)

    assert reads(sign_in(person), referral) == [words] * 4
    assert f"Booked for panel → {words}" in sign_in(person).get(f"/referrals/{referral.reference}/history").content.decode()


def reads(client, referral) -> list[str]:
    """The status on the record, in the list, in its export and on the child's page."""
    record = client.get(f"/referrals/{referral.reference}").context["status_label"]
    row = next(r for r in client.get("/referrals?queue=all").context["object_list"] if r.pk == referral.pk)
    book = openpyxl.load_workbook(io.BytesIO(client.post("/referrals?queue=all", {"deed": "export"}).content)).active
    words = {status.label for status in ReferralStatus}
    exported = next(cell for row in book.iter_rows(values_only=True) if row[0] == referral.reference for cell in row if cell in words)
    return [record, row.shown.label, exported, client.get(f"/children/{referral.child.reference}").context["status_label"]]


@pytest.mark.parametrize("outcome", NO_PLACE)
def test_a26_the_list_is_narrowed_by_the_status_as_read(borough, sign_in, outcome):
    referral, client = decided(borough, outcome), sign_in(borough.social_worker)

    def found(status):
        return referral.pk in [r.pk for r in client.get(f"/referrals?queue=all&status={status}").context["object_list"]]

    assert (found("BOOKED"), found(OUTCOMES[outcome].value)) == (True, False)
    release_outcome(Referral.objects.get(pk=referral.pk), by=borough.chair)
    assert (found("BOOKED"), found(OUTCOMES[outcome].value)) == (False, True)


@pytest.mark.parametrize(("outcome", "label"), [("defer", "deferred"), ("redirect", "sent to another panel"), ("not agreed", None)])
def test_a26_to_do_says_what_comes_next_of_a_released_decision(borough, outcome, label):
    referral = release_outcome(decided(borough, outcome), by=borough.chair)

    found = [thing.label for thing in things_for(borough.social_worker) if referral.reference in thing.label and "Tell" not in thing.label]

    assert found == ([f"{referral.reference} {label}"] if label else [])


def test_a26_presented_again_the_second_decision_is_not_known_before_its_own_release(borough, sign_in):
    referral = release_outcome(decided(borough, "defer", on=TODAY - timedelta(days=20)), by=borough.chair)
    referral = present_again(referral, reason="More is known.", by=borough.panel_administrator)
    referral = book_referral(referral, meeting="another", by=borough.panel_administrator)
    referral = record_panel_outcome(referral, outcome="not agreed", by=borough.chair)

    client = sign_in(borough.social_worker)
    assert client.get(f"/referrals/{referral.reference}").context["status_label"] == "Booked for panel"
    assert "Not agreed" not in client.get(f"/referrals/{referral.reference}/history").content.decode()


def test_a26_presented_again_before_its_release_a_decision_is_still_not_known(borough, sign_in):
    referral = present_again(decided(borough, "not agreed"), reason="Held back.", by=borough.panel_administrator)

    page = sign_in(borough.social_worker).get(f"/referrals/{referral.reference}/history").content.decode()

    assert "Ready for panel" in page
    assert "Not agreed" not in page
