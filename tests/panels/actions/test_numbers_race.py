"""Decisions agreed at the same moment by several people have numbers without a gap, and none twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core import clock
from core.models import User
from panels.actions.agenda import add_item
from panels.actions.attendance import name_delegate
from panels.actions.decision import agree_decision, record_decision
from panels.actions.live import save_note
from panels.models import AgendaItem, Decision
from panels.models.stale import StaleNote
from tests.panels import builders

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def in_threads(deeds):
    """Do all of these at once, each on a connection of its own; give what each gave or raised."""

    def done(deed):
        try:
            return deed()
        except Exception as error:  # what it raised is what is asked
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


@pytest.fixture
def sitting(borough):
    """A panel in session, with a deputy for its chair."""
    meeting = builders.a_called_meeting(borough)
    deputy = builders.somebody(borough, "Deputy")
    name_delegate(meeting, letter="a", holder=borough.chair, delegate=deputy, by=borough.chair)
    moment = clock.moment(meeting.on, clock.TEN)
    with clock.held_at(moment):
        builders.begin(borough, meeting)
    return meeting, deputy, moment


def test_d10_eight_decisions_agreed_at_once_are_numbered_one_to_eight(borough, sitting):
    meeting, deputy, moment = sitting
    decisions = []
    with clock.held_at(moment):
        for number in range(MANY):
            item = add_item(meeting, kind="report", title=f"Report {number}", by=borough.panel_administrator)
            decisions.append(record_decision(item, outcome="agree", reasons="Yes.", by=borough.panel_administrator))

    def agree(decision, person):
        with clock.held_at(moment):
            return agree_decision(decision, by=User.objects.get(pk=person.pk))

    people = [borough.chair, deputy]
    found = in_threads([lambda d=d, n=n: agree(d, people[n % 2]) for n, d in enumerate(decisions)])

    assert [error for error in found if isinstance(error, Exception)] == []
    assert sorted(Decision.objects.values_list("serial", flat=True)) == list(range(1, MANY + 1))


def test_of_two_notes_saved_at_once_one_is_kept_and_the_other_is_told(borough, sitting):
    meeting, _, moment = sitting
    item = meeting.items.get(number=1)

    def write(words):
        with clock.held_at(moment):
            return save_note(item, note=words, version=0, by=User.objects.get(pk=borough.panel_administrator.pk))

    found = in_threads([lambda words=words: write(words) for words in ("One.", "Two.")])

    stale = [error for error in found if isinstance(error, StaleNote)]
    assert len(stale) == 1
    assert AgendaItem.objects.get(pk=item.pk).note == stale[0].item.note in {"One.", "Two."}
