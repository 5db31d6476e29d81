"""What stands behind the borough's services: the team, homes' marks and reviews, the rota and its calls."""

from datetime import date, time, timedelta
from decimal import Decimal

from core import clock
from referrals.actions.child import add_child
from referrals.actions.emergency import second_emergency, start_in_emergency
from referrals.actions.on_call import log_call, name_on_call
from referrals.actions.out_of_use import hold_for_one, take_out_of_use
from referrals.actions.provision import add_provision, set_terms
from referrals.actions.service import give_kite_mark, plan_demand_review, set_team_post
from referrals.models import Stay
from referrals.rules.emergency import Said

# The team the committee paper names (001:116-118), and how many of each the borough has.
TEAM = [
    ("Educational psychologist", 1, 1), ("Clinical psychologist", 1, 1), ("Speech and language therapist", 1, "0.6"),
    ("Therapeutic worker", 6, 5), ("Team manager", 1, 1),
]  # fmt: skip
CALLS = [
    (2, time(22, 40), "carer", "Shouting at bedtime after a call home. Wanted to know whether to go into the room.",
     "Talked through the evening plan. The carer stayed at the door and it passed.", 25, False),
    (9, time(1, 15), "child", "Could not sleep and did not want to wake anybody.", "Talked for a while about the dog.", 35, False),
    (16, time(19, 5), "carer", "Not home by the time agreed.", "Went out and walked home with the young person.", 95, True),
]  # fmt: skip


def behind_the_services(borough, since: date) -> None:
    """The team, kite marks and reviews, and the council's own small group homes, ten and then twelve (002:10, 48)."""
    for title, posts, filled in TEAM:
        set_team_post(
            borough.outreach, title=title, posts=Decimal(posts), filled=Decimal(filled), from_on=since,
            works_with_children=title != "Team manager", source="001:116", by=borough.art,
        )  # fmt: skip
    for home in borough.properties.homes.filter(lowest_age=16):
        give_kite_mark(
            home, name="Quality kite mark", evidence="Visited twice, once unannounced; young people were asked.",
            from_on=since - timedelta(days=60), by=borough.art,
        )  # fmt: skip
        plan_demand_review(home, opened_on=since, by=borough.com)
    homes = add_provision(
        slug="small-group-homes", authority=borough.authority, kind="group homes", name="Small group homes",
        provider=borough.council, by=borough.com,
    )  # fmt: skip
    for from_on, count in ((since, 10), (since + timedelta(days=365), 12)):
        set_terms(
            homes, contract_slug="art", provider=borough.council, from_on=from_on, places=2 * count, weekly_rate=Decimal(0),
            rate_basis="block", source="002:10", other_reading=f"{count} homes of two beds each.", by=borough.com,
        )  # fmt: skip


def on_call(borough, today: date) -> None:
    """This fortnight's rota by turns, and three calls in the nights before."""
    people = [borough.sm, borough.strategic]
    for day in range(-2, 12):
        first = today + timedelta(days=day)
        for kind, person in (("service manager", people[day % 2]), ("team", [borough.art, borough.worker][day % 2])):
            name_on_call(
                authority=borough.authority, kind=kind, person=person, telephone="01632 960123" if kind == "team" else "01632 960000",
                from_at=clock.moment(first, time(17)), until_at=clock.moment(first + timedelta(days=1), time(9)), by=borough.art,
            )  # fmt: skip
    stays = list(Stay.objects.filter(state="begun", is_living=False).select_related("child").order_by("pk")[:3])
    for stay, (ago, at, caller, about, done, minutes, went_out) in zip(stays, CALLS, strict=False):
        log_call(
            authority=borough.authority, called_at=clock.moment(today - timedelta(days=ago), at), caller=caller, about=about,
            done=done, minutes=minutes, went_out=went_out, stay=stay, by=borough.worker,
        )  # fmt: skip
    room = borough.properties.places.get(number=3)
    take_out_of_use(
        room, from_on=today - timedelta(days=4), until_on=today + timedelta(days=17), reason="The shower leaks into the hall.",
        by=borough.art,
    )  # fmt: skip


def a_home_held_for_one(borough, today: date) -> None:
    """A young person nobody knew moves into a property at night; the next morning the home is held for them alone (001:212-215)."""
    night = clock.moment(today - timedelta(days=2), time(22, 10))
    with clock.held_at(night):
        child = add_child(
            authority=borough.authority, full_name="Robin Ashgrove", preferred_name="Robin", born_on=today - timedelta(days=16 * 365 + 200),
            team=borough.teams["north"], by=borough.sm,
        )  # fmt: skip
        said = Said(
            "Nowhere safe to sleep tonight. Does not feel safe with others of the same age after last week.", "section 20",
            "An aunt, by telephone at 21:40; the emergency duty team agreed.", "Nobody else lives in this home tonight.",
        )  # fmt: skip
        room = borough.properties.places.get(number=1)
        stay = start_in_emergency(room, child, said=said, planned_end_on=today + timedelta(weeks=6), by=borough.sm)
    with clock.held_at(night + timedelta(hours=11, minutes=50)):
        second_emergency(stay.emergency, comment="Right for tonight. Reviewed daily this week.", by=borough.strategic)
        reason = "Cannot share a home safely until the risk assessment is done; agreed by the strategic manager."
        hold_for_one(stay, reason=reason, by=borough.art)
