"""Where the borough's children live, their weeks, and one journey told whole; everybody invented."""

from datetime import date, timedelta
from decimal import Decimal

from core import clock
from core.actions.setting import settle_reading
from referrals.actions.care import add_learning, book_review, hold_review, keep_care_details
from referrals.actions.journey import add_event, confirm_weeks, set_scenario, write_narrative
from referrals.actions.missing import (
    record_interview,
    record_return,
    report_missing,
    review_missing,
)
from referrals.actions.placement import record_move
from referrals.actions.sdq import add_sdq
from referrals.models import Child, Stay
from referrals.rules.journey import monday

WEEK = timedelta(days=7)
# kind, provider, own provision, in county, pounds a week (None: a price is missing), travel a week
HOMES = [
    ("foster", "Larchfield fostering", False, True, 795, None),
    ("connected", "", None, True, 310, None),
    ("residential", "Hollin House", False, False, 3500, 85),
    ("home", "", None, True, None, None),
    ("foster", "Ashmere fostering", True, True, 545, None),
    ("lodgings", "Ashmere lodgings", True, True, 420, None),
]
MODELLED = (
    "The plan’s own model: about £359,000 might have been avoided in 2019/20 had the whole new provision been open. "
    "It is modelled, and is never added to what was really saved."
)
WHOLE = "Jayden Marlow"
AWAY = "Connor Blythe"
UNREGISTERED = "Callum Petrie"


def write(borough, today: date) -> None:
    """Homes and reviews for children with a place, three weeks confirmed, and this week waiting for its round."""
    settle_reading(
        "modelled avoided cost", MODELLED, from_on=date(2020, 3, 3), authority=borough.authority, by=None,
        note="001:308-311: modelled for 2019/20 and the whole new provision; never added to realised benefits.",
    )  # fmt: skip
    stays = Stay.objects.filter(state="begun").select_related("child__social_worker", "child__authority", "place")
    stays = list(stays.order_by("starts_on", "pk"))
    for turn, stay in enumerate(stays):
        if stay.child.full_name == WHOLE:
            _told_whole(stay, borough)
        else:
            _settled(stay, turn)
    for back in (3, 2, 1):
        week = monday(today) - back * WEEK
        with clock.held_at(week + timedelta(days=6)):
            confirm_weeks(week, same=[s.child for s in stays if s.starts_on < week + WEEK], by=borough.art)
    _this_week(stays, today)
    _away(Child.objects.get(full_name=AWAY), today, borough)
    _unregistered(Child.objects.get(full_name=UNREGISTERED), today)


def _settled(stay, turn: int) -> None:
    """Where this child lived when support began, and their next review."""
    child, by = stay.child, stay.child.social_worker
    with clock.held_at(stay.starts_on):
        if not stay.is_living and not child.homes.exists():
            kind, provider, own, near, rate, travel = HOMES[turn % len(HOMES)]
            record_move(
                child, kind=kind, starts_on=stay.starts_on - timedelta(days=150 + turn * 9), provider=provider, is_internal=own,
                is_in_county=near, is_registered=True if kind == "residential" else None, by=by,
                weekly_rate=Decimal(rate) if rate else None, travel_rate=Decimal(travel) if travel else None,
                price_source="The council’s price list",
            )  # fmt: skip
        if turn % 2 == 0:
            keep_care_details(
                child, in_care_since=stay.starts_on - timedelta(days=500 + turn), reviewing_officer="Moira Stead", by=by
            )
            add_sdq(child, on=stay.starts_on - timedelta(days=20), score=12 + turn % 13, completed_by="carer", by=by)
        book_review(
            child, kind="statutory", due_on=clock.today() + timedelta(days=100 + 3 * turn), chaired_by="Moira Stead", by=by
        )


def _this_week(stays, today: date) -> None:
    """Nearly everybody has been seen; one had a hard evening, and two nobody has seen yet."""
    for turn, stay in enumerate(stays):
        if turn % 7 == 3:
            continue
        kind, words = ("incident", "A hard evening: a door was broken. Calm by ten.") if turn == 4 else ("contact", "Seen at home.")
        add_event(stay.child, kind=kind, on=max(monday(today), today - timedelta(days=turn % 2)), words=words, by=stay.child.social_worker)


def _told_whole(stay, borough) -> None:
    """One journey with all of it: a children's home, then foster carers; what was planned; and without the service."""
    child, by, begun = stay.child, stay.child.social_worker, stay.starts_on
    moved = monday(begun + timedelta(weeks=9))
    with clock.held_at(begun - timedelta(days=30)):
        record_move(
            child, kind="residential", starts_on=begun - timedelta(days=260), provider="Hollin House", is_internal=False,
            is_in_county=False, is_registered=True, weekly_rate=Decimal(3500), travel_rate=Decimal(85),
            price_source="The provider’s price list", by=by,
        )  # fmt: skip
        keep_care_details(
            child, in_care_since=begun - timedelta(days=640), reviewing_officer="Moira Stead", by=by,
            permanence_plan="Long-term foster care", permanence_plan_on=begun - timedelta(days=500),
        )  # fmt: skip
        add_sdq(child, on=begun - timedelta(days=36), score=21, completed_by="carer", by=by)
        add_learning(child, at="start", on=begun - timedelta(days=31), state="part", where="The academy", with_virtual_school=True, by=by)
    _scenarios(child, begun, by)
    _told_events(child, begun, moved, by)
    for week in range(15):
        on = monday(begun) + week * WEEK
        if week != 4 and on + 4 * WEEK < monday(clock.today()):
            with clock.held_at(on + timedelta(days=6)):
                confirm_weeks(on, same=[child], by=borough.art)


def _told_events(child, begun: date, moved: date, by) -> None:
    """What happened on the way."""
    events = [
        (begun + timedelta(days=22), "meeting", "Care planning meeting: a foster family has offered"),
        (begun + timedelta(days=58), "words", "I met their dog. Can I go back on Saturday?"),
        (moved + timedelta(days=40), "well", "Cooked tea for everybody"),
    ]
    for on, kind, words in events:
        with clock.held_at(on):
            add_event(child, kind=kind, on=on, words=words, by=by)
    with clock.held_at(moved):
        record_move(
            child, kind="foster", starts_on=moved, provider="Ashmere fostering", is_internal=True, is_in_county=True,
            weekly_rate=Decimal(795), price_source="The council’s price list", ending_reason="CARPL",
            ending_note="Two weeks earlier than planned", by=by,
        )  # fmt: skip
    with clock.held_at(moved + timedelta(days=30)):
        review = book_review(child, kind="statutory", due_on=moved + timedelta(days=30), chaired_by="Moira Stead", by=by)
        hold_review(
            review, held_on=moved + timedelta(days=30), child_took_part="Came, and spoke first",
            outcome="Stay where things are going well. Outreach to its planned end.", by=by,
        )  # fmt: skip
        add_sdq(child, on=moved + timedelta(days=24), score=15, completed_by="carer", by=by)
        add_learning(child, at="review", on=moved + timedelta(days=30), state="full", where="The academy", with_virtual_school=True, by=by)
    last = clock.today() - timedelta(days=8)
    with clock.held_at(last):
        add_event(child, kind="words", on=last, words="I cook on Tuesdays now. I want to stay here.", by=by)
        book_review(child, kind="statutory", due_on=clock.today() + timedelta(days=60), chaired_by="Moira Stead", by=by)
    write_narrative(
        child, benefit="Moved from a children’s home forty miles away to a family in town, two weeks sooner than planned, "
        "and kept the school place. Sleeps through most nights.",
        evidence="SDQ 21, then 15. The academy’s attendance record. The review, in the child’s own words.", by=by,
    )  # fmt: skip


def _scenarios(child, begun: date, by) -> None:
    """What was planned, and what there would be without the service."""
    later = monday(begun + timedelta(weeks=11))
    home = {"words": "Children’s home", "starts_on": begun, "ends_on": later, "weekly_rate": Decimal(3500), "has_support": True}
    carers = {"words": "Foster carers", "starts_on": later, "weekly_rate": Decimal(795), "has_support": True}
    with clock.held_at(begun):
        set_scenario(child, kind="planned", basis="The care plan agreed when support began.", homes=[home, carers], by=by)
        set_scenario(
            child, kind="without", by=by,
            basis="The children’s home had offered to go on; no family had been found without support for the first months.",
            homes=[{"words": "Children’s home, no move", "starts_on": begun, "weekly_rate": Decimal(3500)}],
        )  # fmt: skip


def _away(child, today: date, borough) -> None:
    """Three times in ninety days: two over, one now."""
    by = child.social_worker
    for back, hours in ((40, 9), (19, 30)):
        went = clock.moment(today - timedelta(days=back)).replace(hour=21)
        with clock.held_at(went + timedelta(hours=hours + 40)):
            episode = report_missing(child, kind="missing", from_at=went, circumstances="Left after a call from home.", by=by)
            episode = record_return(episode, until_at=went + timedelta(hours=hours), is_offered=True, by=by)
            record_interview(episode, accepted=True, done_at=went + timedelta(hours=hours + 30), because="Wanted to see family.", by=by)
    went = clock.moment(today - timedelta(days=2)).replace(hour=20)
    if went < clock.now():
        with clock.held_at(went + timedelta(hours=1)):
            episode = report_missing(child, kind="missing", from_at=went, circumstances="Not back from town. Phone off.", by=borough.art)
        with clock.held_at(went + timedelta(hours=24)):
            review_missing(episode, words="Police have been told. Family and two friends rung. The bed is held.", by=borough.art)


def _unregistered(child, today: date) -> None:
    """A young person in a home that is not registered, which head of service is told."""
    with clock.held_at(today - timedelta(days=12)):
        record_move(
            child, kind="supported", starts_on=today - timedelta(days=12), provider="Bridge Street flats", is_internal=False,
            is_in_county=True, is_registered=False, weekly_rate=Decimal(1450), price_source="An invoice", by=child.social_worker,
        )  # fmt: skip
