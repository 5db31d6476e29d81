"""The demonstration borough is what it says it is: whole, lawful, and the same each time."""

import io
import random
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from config.management.commands.seed_demo import load
from core import clock
from core.models import AuditEvent, OutboxJob, User
from core.references import drawn_from
from kpis.models import Indicator, Recommendation, Register
from kpis.models.imports import RETURNED_SOURCE
from panels.models import Meeting
from referrals.choices import ReferralStatus
from referrals.models import Child, OutOfUse, Referral, Stay

pytestmark = pytest.mark.django_db
TUESDAY, CHRISTMAS, SPRING = date(2026, 11, 24), date(2026, 12, 29), date(2027, 5, 3)


def load_on(day):
    """The borough as it would be loaded on that day."""
    with clock.held_at(clock.moment(day)), drawn_from(random.Random(7)):
        load()


@pytest.mark.parametrize("day", [CHRISTMAS, SPRING], ids=["between holidays", "a bank holiday"])
def test_the_borough_has_what_the_demonstration_shows(day):
    load_on(day)
    statuses = Counter(Referral.objects.values_list("status", flat=True))
    assert set(statuses) == set(ReferralStatus.values)
    assert statuses["WAITING"] == 4
    assert Child.objects.count() >= 40
    assert sum(statuses.values()) >= 45
    held = Meeting.objects.filter(status__in=["draft minutes", "minutes agreed"])
    assert held.filter(panel__kind="steering").count() == 9
    assert held.filter(panel__kind="referral").count() == 12
    begun = Stay.objects.filter(state="begun").values_list("place__provision__kind", flat=True)
    assert Counter(begun) == {"outreach": 10, "hub": 3, "properties": 1}
    alone = OutOfUse.objects.get(kind="held for one")
    assert (alone.held_for.state, alone.place.home.name, bool(alone.reason)) == ("begun", "Alder House", True)
    assert alone.held_for.emergency.seconded_by is not None
    assert Recommendation.objects.count() == 17
    assert Indicator.objects.exclude(recommendation=None).count() == 43
    assert Indicator.objects.filter(source=RETURNED_SOURCE).exists()
    assert Register.objects.count() == 7
    assert not Register.objects.filter(indicators=None, actions=None).exists()
    assert OutboxJob.objects.filter(kind="minutes.print", state="waiting").count() >= 19
    assert not OutboxJob.objects.exclude(last_error="").exists()
    for meeting in Meeting.objects.filter(panel__kind="steering"):
        notices = meeting.services.filter(kind="notice")
        assert meeting.breach == ""
        assert notices.count() == 6
        assert all(notice.served_at.date() <= meeting.last_day_for_notice for notice in notices)


def test_the_same_seed_and_day_give_the_same_borough_once(capsys):
    saved = transaction.savepoint()
    load_on(TUESDAY)
    rows = Referral.objects.order_by("pk").values_list("reference", "status", "first_sent_at")
    first = list(rows)
    transaction.savepoint_rollback(saved)
    load_on(TUESDAY)
    assert list(rows.all()) == first
    before = AuditEvent.objects.count()
    call_command("seed_demo")
    assert AuditEvent.objects.count() == before
    assert User.objects.filter(is_demonstration=True).count() == 22


def test_a_loader_whose_launcher_has_gone_loads_nothing(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    with pytest.raises(CommandError, match="has gone"):
        call_command("seed_demo", "--when-told")

    assert Referral.objects.count() == 0
