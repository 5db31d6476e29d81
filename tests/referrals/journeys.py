"""Children with a journey: homes, weeks, an episode, a review, made by the product's own actions."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from core import clock
from referrals.actions.care import book_review, keep_care_details
from referrals.actions.journey import add_event, record_week, set_scenario, write_narrative
from referrals.actions.missing import report_missing
from referrals.actions.placement import record_move
from referrals.actions.sdq import add_sdq
from referrals.rules.journey import monday

__all__ = ["add_event", "book_review"]


def a_home(child, kind="foster", starts_on=date(2026, 10, 5), rate=Decimal(795), **facts):
    """The child lives with foster carers at £795 a week, moving there from wherever they were."""
    facts = {"provider": "A foster agency", "is_internal": False, "is_in_county": True, "price_source": "A price list", **facts}
    if child.homes.filter(ends_on=None).exists():
        facts = {"ending_reason": "CARPL", **facts}
    return record_move(child, kind=kind, starts_on=starts_on, weekly_rate=rate, by=child.social_worker, **facts)


def an_event(child, kind="contact", on=None, words="A visit at home.", **more):
    """Something happened this week, and the week is recorded with it."""
    on = on or clock.today()
    return record_week(
        child, monday(on), is_same=False, events=[{"kind": kind, "on": on, "words": words}], by=child.social_worker, **more
    )


def an_episode(child, from_at=None, **facts):
    """Missing since last night."""
    from_at = from_at or clock.now() - timedelta(hours=12)
    return report_missing(child, kind=facts.pop("kind", "missing"), from_at=from_at, by=child.social_worker, **facts)


def a_written_journey(child) -> dict:
    """A record of every kind about one child, each with words in it."""
    by = child.social_worker
    with clock.held_at(datetime(2026, 11, 20, 9, tzinfo=clock.LONDON)):
        home = a_home(child)
        review = book_review(child, kind="statutory", due_on=date(2026, 12, 10), chaired_by="A reviewing officer", by=by)
        an_event(child, words="A visit, and a walk by the canal.")
        an_event(child, "words", words="A day out would be good.")
        keep_care_details(child, in_care_since=date(2025, 1, 1), reviewing_officer="A reviewing officer", by=by)
        add_sdq(child, on=date(2026, 11, 2), score=18, completed_by="carer", by=by)
        set_scenario(
            child, kind="without", basis="A home without support.", by=by,
            homes=[{"words": "A children’s home", "starts_on": date(2026, 10, 5), "weekly_rate": Decimal(3500)}],
        )  # fmt: skip
        write_narrative(child, benefit="A settled autumn.", evidence="A letter from school.", by=by)
        episode = an_episode(child, circumstances="A call after school.", police_reference="A reference")
    return {"home": home, "review": review, "missing": episode}
