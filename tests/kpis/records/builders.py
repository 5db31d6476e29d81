"""Records whose time is up, and holds."""

from datetime import date

import kpis.tasks  # noqa: F401 (it registers what the worker does)
from kpis.actions.disposal import answer_disposal, propose_disposal
from referrals.actions.hold import answer_hold, ask_for_hold
from tests.referrals import builders as referrals

LONG_AGO = date(1951, 11, 24)


def acting(person):
    """The person in the first role they hold, as a page would have them."""
    person.acting = person.current_roles[0]
    return person


def a_due_child(borough, **facts):
    """A looked-after child whose 75 years are over today."""
    return referrals.a_child(borough, **{"born_on": LONG_AGO, "is_looked_after": True, **facts})


def a_hold(borough, *, agreed=True, **on):
    """A hold asked for by information governance, and agreed."""
    hold = ask_for_hold(because="An inquiry.", by=acting(borough.governance), **on)
    return answer_hold(hold, agrees=True, by=acting(borough.head_of_service)) if agreed else hold


def proposed(borough, child=None):
    """A disposal that waits for a second person."""
    return propose_disposal(child or a_due_child(borough), note="The paper file.", by=acting(borough.governance))


def disposed_of(borough, child):
    """A record disposed of by two people."""
    return answer_disposal(proposed(borough, child), agrees=True, by=acting(borough.head_of_service))
