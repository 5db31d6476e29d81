"""trust G37: whoever may do what asks again is asked, on every page that does, and nothing has happened meanwhile."""

import pytest

from core import clock
from core.models import AuditEvent
from tests.access import matrix
from tests.access.test_sweep import Sweep
from tests.conftest import TODAY
from tests.core.test_step_up import ASKS, OPENING

pytestmark = pytest.mark.django_db
OURS = sorted(set(ASKS) & set(matrix.rows()))


def deeds_without_an_answer(sweep) -> list[str]:
    """Each page that asks, a quarter of an hour and a minute later, by every role that may: those that did not ask."""
    missed = []
    for name in OURS:
        about, words = sweep.rows[name]
        for who in (role for role, word in words.items() if word in {"opens", "moves"}):
            with clock.held_at(clock.moment(TODAY) + clock.minutes(16)):
                seen = sweep.visit(who, name, sweep.our_own(name, about), "GET" if ASKS[name] == OPENING else "POST")
            if not seen.leads_to.startswith("/sign-in/check-again?next="):
                missed.append(f"{who} {name}: {seen.word}")
    return missed


def test_g37_every_page_that_asks_asks_whoever_may_and_does_nothing_meanwhile(scene):
    sweep, before = Sweep(scene), AuditEvent.objects.count()

    assert deeds_without_an_answer(sweep) == []
    assert sweep.count > 15
    assert AuditEvent.objects.count() == before


def test_g37_with_the_question_off_none_of_them_asks(scene, monkeypatch):
    """The control."""
    monkeypatch.setattr("core.views.bases.must_ask", lambda request, asks: False)
    sweep = Sweep(scene)

    assert len(deeds_without_an_answer(sweep)) == sweep.count
