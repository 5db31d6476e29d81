"""Deeds at the same moment, each in a thread with a connection of its own."""

from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Thread

from django.db import connection

from core import clock
from core.rules import RuleBroken
from tests.access.visits import Browser
from tests.conftest import TODAY
from tests.panels import builders as panels
from tests.referrals import builders


def at_once(*deeds) -> list:
    """What each deed came to; a refusal is an answer, and any other error is too."""
    barrier, came_to = Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            with clock.held_at(TODAY):
                barrier.wait(20)
                came_to[number] = deed()
        except Exception as error:
            came_to[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return came_to


def judged_together(monkeypatch, module, rule, *, who: int):
    """All have judged before any of them writes: what a rule alone, without its lock, lets through."""
    gate, judge = Barrier(who, timeout=8), getattr(module, rule)

    def judged(*facts, **more):
        reasons = judge(*facts, **more)
        try:
            gate.wait()
        except BrokenBarrierError:
            return reasons
        return reasons

    monkeypatch.setattr(module, rule, judged)


def posting(person, url, data):
    """A deed: this person posts this."""
    browser = Browser(person)
    return lambda: browser.post(url, data)


def refusals(came_to) -> list[str]:
    """The sentences of those that were refused; anything else that was raised is raised here."""
    for error in came_to:
        if isinstance(error, Exception) and not isinstance(error, RuleBroken):
            raise error
    return [" ".join(error.reasons) for error in came_to if isinstance(error, RuleBroken)]


def an_item_at_hand(borough):
    """A referral on the agenda of a meeting that is going on today."""
    with clock.held_at(TODAY - timedelta(days=30)):
        meeting, item = panels.a_meeting_with(borough, builders.a_signed_off_referral(borough))
    panels.begin(borough, meeting)
    return item
