"""A contract whose reviews have begun, and reviews that were held."""

from datetime import date

from contracts.actions.contract import add_contract, add_lot
from core import clock
from kpis.actions.reviews import begin_reviews, call_reviews, record_findings
from panels.actions.live import finish_meeting, start_meeting

STARTED = date(2025, 6, 1)


def a_contract_with_lots(borough, slug="reviewed", pilot_on=None):
    """A contract that began in June 2025, with a core lot and, from a day, a pilot."""
    contract = add_contract(
        slug=f"{borough.authority.slug}-{slug}", authority=borough.authority, name="A service", provider=borough.provider,
        starts_on=STARTED, by=borough.commissioner,
    )  # fmt: skip
    add_lot(contract, kind="core", name="Core service", starts_on=STARTED, by=borough.commissioner)
    if pilot_on:
        add_lot(contract, kind="pilot", name="Pilot", starts_on=pilot_on, by=borough.commissioner)
    return contract


def a_plan(borough, begun_on=None, **facts):
    """Reviews of a contract with a core lot and a pilot, begun on a day."""
    contract = a_contract_with_lots(borough, **facts)
    with clock.held_at(begun_on or clock.today()):
        return begin_reviews(contract, chair=borough.chair, provider=borough.provider_manager, by=borough.commissioner)


def a_review(borough, plan, on: date, **facts):
    """One review, called for a day."""
    (review,) = call_reviews(plan, first_on=on, at=clock.TEN, venue="Room 1", by=borough.commissioner, **facts)
    return review


def held(borough, review, *, good: bool | None = True):
    """The review is held on its day, and what it found is written."""
    with clock.held_at(review.meeting.starts_at):
        start_meeting(review.meeting, by=borough.panel_administrator)
        finish_meeting(review.meeting, by=borough.panel_administrator)
        review.meeting.refresh_from_db()
        if good is not None:
            said = {lot.pk: (good, "What was found.") for lot in review.lots.all()}
            record_findings(review, said=said, by=borough.commissioner)
    return review
