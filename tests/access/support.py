"""One row of everything that is written about a child's support, so that every page of it opens."""

from datetime import timedelta

from referrals.actions.ending import write_ending
from referrals.actions.plan import add_plan_action, review_plan, write_plan
from referrals.actions.sessions import record_session
from referrals.actions.transition import (
    plan_handover,
    record_disengagement,
    record_onward,
    record_resident,
)
from tests.conftest import TODAY


def supported(borough, own) -> None:
    """A plan with an action and a review, a session, an ending begun, a resident, and how the child moves on."""
    child, referral, stay = own["child"], own["referral"], own["stay"]
    referral.refresh_from_db()
    by = borough.practitioner
    plan = write_plan(
        child, referral=referral, goal="stay in family", outcomes="Outcomes.", coping="Coping.", child_words="Words.",
        review_on=TODAY + timedelta(days=30), by=by,
    )  # fmt: skip
    add_plan_action(plan, what="What.", known_by="Known.", lessens="Lessens.", owner_name="Owner", due_on=TODAY, by=by)
    review_plan(
        plan, held_on=TODAY, who="Who", seen="Seen.", child_view="View.", next_review_on=TODAY + timedelta(days=30),
        envisaged_end_on=None, by=by,
    )  # fmt: skip
    record_session(
        child, referral=referral, kind="support", held_on=TODAY, given_at="hub", led_by="Leader", about="About.",
        came=["Came"], did_not_come=["Not"], by=by,
    )  # fmt: skip
    write_ending(stay, task="exit", answers={"exit_plan": "Exit."}, by=borough.provider_manager)
    record_resident(stay, called="Resident", from_on=TODAY, by=by)
    record_disengagement(child, referral=referral, noticed_on=TODAY, noticed="Noticed.", tried="Tried.", by=by)
    record_onward(child, to="Onward", why="Why.", referred_on=TODAY, by=by)
    plan_handover(child, identified_on=TODAY, needs="Needs.", by=by)
