"""Whoever refers discusses it first and reads the panel's terms in force; both are kept with the sending."""

from datetime import date

import pytest

from core import clock
from core.actions.setting import settle_reading
from panels.models import TermsOfReference
from referrals.actions.referral import save_task, send_referral
from tests.panels import builders as panels
from tests.people import SINCE
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def the_page(borough, sign_in, referral):
    return sign_in(borough.social_worker).get(f"/referrals/{referral.reference}/tasks/request").content.decode()


def test_a23_the_request_links_the_terms_in_force_by_version_and_the_referrer_may_read_them(borough, sign_in):
    panel = panels.a_referral_panel(borough)
    referral = builders.a_draft_referral(borough)

    page = the_page(borough, sign_in, referral)

    assert f'href="/terms-of-reference/{panel.slug}"' in page
    assert "terms of reference of the ART Referral Panel, version 1" in page
    opened = sign_in(borough.social_worker).get(f"/terms-of-reference/{panel.slug}")
    assert opened.status_code == 200
    assert "Version 1" in opened.content.decode()


def test_a23_a_later_version_is_linked_from_its_day_and_the_sending_keeps_the_one_that_was_read(borough, sign_in):
    panel = panels.a_referral_panel(borough)
    sent = send_referral(builders.a_filled_referral(borough), by=borough.social_worker)
    first = TermsOfReference.objects.get(panel=panel)
    TermsOfReference.objects.create(panel=panel, version=2, state="in force", in_force_from=date(2026, 12, 1))
    draft = builders.a_draft_referral(borough)

    with clock.held_at(date(2026, 11, 30)):
        assert "version 1" in the_page(borough, sign_in, draft)
    with clock.held_at(date(2026, 12, 1)):
        assert "version 2, in force since 1 December 2026" in the_page(borough, sign_in, draft)
    assert sent.snapshots.get().judged["panel_terms"]["version"] == str(first.version)


def test_a23_the_discussion_is_kept_with_who_and_when_and_printed(borough, sign_in):
    referral = builders.a_filled_referral(borough)
    task = referral.tasks.get(name="request")
    said = {**task.answers, "discussed_with": "Pat Duty, duty team", "discussed_on": "20 11 2026"}
    save_task(task, answers=said, version=task.version, by=borough.social_worker)

    sent = send_referral(referral, by=borough.social_worker)

    page = sign_in(borough.team_manager).get(f"/referrals/{sent.reference}/answers").content.decode()
    assert "Pat Duty, duty team" in page
    assert "20 11 2026" in page
    assert sent.snapshots.get().answers["request"]["discussed_with"] == "Pat Duty, duty team"


def test_a23_another_councils_terms_and_those_of_no_referral_panel_are_not_told(borough, sign_in):
    group = panels.a_steering_group(borough)
    referral = builders.a_draft_referral(borough)

    assert "terms-of-reference" not in the_page(borough, sign_in, referral)
    assert sign_in(borough.social_worker).get(f"/terms-of-reference/{group.slug}").status_code == 404
    settle_reading(
        "referral panel terms", {"label": "the terms on paper", "url": "/help"}, from_on=SINCE, authority=borough.authority,
        by=borough.panel_administrator,
    )  # fmt: skip
    assert "the terms on paper" in the_page(borough, sign_in, referral)
