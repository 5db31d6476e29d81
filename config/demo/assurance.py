"""The registers of the borough's contract: who works there, what people complained of and praised, what was shown; all invented."""

from datetime import timedelta

from contracts.actions.assurance import add_entry, draw_pack, log_day
from contracts.actions.complaint import (
    close_complaint,
    give_compliment,
    log_complaint,
    name_investigator,
)
from contracts.actions.feedback import add_answers, close_round, open_round
from contracts.actions.purchase import record_purchase
from contracts.actions.workforce import add_staff_member, record_check, record_gap
from contracts.models import Contract
from contracts.rules.feedback import next_due
from core import clock
from core.dates import months_after
from referrals.models import Placement, Stay

# name, post, qualified in, years ago; months since DBS, days since supervision, safeguarding level
PEOPLE = [
    ("Dr Ines Falk", "clinical psychologist", "Doctorate in clinical psychology", 11, 14, 12, 3),
    ("Tamsin Orde", "educational psychologist", "Doctorate in educational psychology", 6, 20, 9, 3),
    ("Leo Marchant", "speech and language", "BSc speech and language therapy", 4, 8, 20, 2),
    ("Ella Rowe", "therapeutic worker", "Diploma in therapeutic childcare", 5, 35, 6, 2),
    ("Owen Pryce", "therapeutic worker", "BA social work", 3, 17, 15, 2),
    ("Mina Sato", "therapeutic worker", "Diploma in therapeutic childcare", 1, 10, 40, 2),
    ("Tom Whitlock", "manager", "", 0, 25, 10, 3),
]
SHOWN = [
    ("safer recruitment", "Safer recruitment policy", 4), ("health and safety", "Health and safety policy", 7),
    ("managing risk", "Managing risk policy", 11), ("safeguarding training", "Safeguarding training policy", 5),
    ("safeguarding policy", "Safeguarding children policy", 6), ("lado", "When to ring the LADO", 6),
    ("emergency plan", "Plan for floods, fire and staff illness", 9), ("quality system", "Case file audits, eight a quarter", 8),
    ("complaints", "A leaflet for families, and a card for young people", 10),
]  # fmt: skip
DAYS = [
    ("development", 70, "How evenings are planned with foster carers", "Senior team and eleven foster carers", "The plan became one page."),
    ("contact", 45, "Open afternoon at the hub", "Carers, social workers, school leads", "Three asked for a consultation."),
    ("training", 33, "Trauma and sleep", "Foster carers and small group home staff", "Asked for again in spring."),
    ("involvement", 20, "What a first visit should be like", "Four young people and two parents", "The first visit is now outdoors if they like."),
]
BOUGHT = [
    ("framework", "The nearest of three that could start that week."), ("spot", "Two frameworks were asked and had nobody near her school."),
    ("off-framework", "The carer she knows works for an agency that is on no framework."),
]
GOOD = [
    (64, "carer", "She rang back the same evening, as she said she would."), (41, "family", "Nobody talked down to us."),
    (18, "worker", "The report was ready two days before the review."), (5, "young person", "It was good that it was the same person."),
]  # fmt: skip
SAID = ["They listened first.", "", "Somebody answered on a Sunday.", "", "I still wait too long for school help.", "", "", ""]
IMPACT = "I sleep now. I want to go back to football."


def keep_registers(borough, today) -> None:
    """A year of the contract's registers, each row written on its own day."""
    art = Contract.objects.get(slug="art")
    _team(borough, art, today)
    _shown(borough, art, today)
    _complaints(borough, art, today)
    first = months_after(today + timedelta(days=6), -6)
    _asked(borough, art, today, (first - timedelta(days=30), first), has_evaluation=False)
    _asked(borough, art, today, (today - timedelta(days=20), next_due(first)), has_evaluation=True)
    _bought(borough)
    with clock.held_at(today - timedelta(days=15)):
        draw_pack(art, for_what="Thematic inspection of services for children in care", by=borough.art)


def _bought(borough) -> None:
    """How some of the homes that a price list prices were bought."""
    homes = Placement.objects.filter(stay=None, ends_on=None, is_internal=False, prices__part="home").distinct().order_by("pk")
    for home, (route, reason) in zip(homes, BOUGHT, strict=False):
        price = home.prices.filter(part="home").order_by("-from_on").first()
        record_purchase(home, route=route, weekly_price=price.weekly_rate, reason=reason, agreed_by="Service manager", by=borough.sw)


def _team(borough, art, today) -> None:
    """Everybody with their checks: one DBS check runs out soon, one supervision was missed, one post is vacant."""
    began = art.starts_on
    for name, role, qualification, years, dbs, supervised, level in PEOPLE:
        qualified = months_after(began, -12 * years) if years > 1 else months_after(today, -14)
        member = add_staff_member(
            art, name=name, role=role, qualification=qualification, qualified_on=qualified if years else None, starts_on=began, by=borough.art
        )
        record_check(member, kind="dbs", on=months_after(today, -dbs), by=borough.art)
        last = today - timedelta(days=supervised)
        record_check(member, kind="supervision", on=last, next_on=last + timedelta(days=28), by=borough.art)
        record_check(
            member, kind="safeguarding", on=months_after(today, -9), next_on=months_after(today, 27), level=level, by=borough.art
        )
    record_gap(art, role="therapeutic worker", why="vacancy", from_on=today - timedelta(days=38), covered_by="Owen Pryce, two days a week", by=borough.art)
    record_gap(art, role="speech and language", why="leave", from_on=today + timedelta(days=20), last_on=today + timedelta(days=27), by=borough.art)


def _shown(borough, art, today) -> None:
    """Policies and plans by their day; section 11 is still to be shown, and one commitment waits for its evidence."""
    for kind, title, months in SHOWN:
        add_entry(
            art, kind=kind, title=title, owner="Tom Whitlock", on=months_after(today, -months), evidence="Read by everybody at the team meeting.",
            kept_at="Shared drive, policies", by=borough.art,
        )  # fmt: skip
    for title, evidence in (("Two paid placements a year for care leavers", "One has begun, in the hub’s kitchen."), ("Car sharing between visits", "")):
        add_entry(art, kind="social value", title=title, owner="Tom Whitlock", on=months_after(today, -8), evidence=evidence, by=borough.art)
    for kind, ago, about, who, came in DAYS:
        log_day(art, kind=kind, held_on=today - timedelta(days=ago), about=about, who=who, hours=3, came_of_it=came, by=borough.art)


def _complaints(borough, art, today) -> None:
    """One closed, one open, and good words from several pages."""
    with clock.held_at(today - timedelta(days=60)):
        closed = log_complaint(
            art, kind="complaint", told_by="family", received_on=clock.today(), about="A visit was moved twice at an hour’s notice.",
            told_how_on=clock.today(), by=borough.art,
        )  # fmt: skip
        name_investigator(
            closed, investigator="Gwen Harker", investigator_post="Quality lead, Larkrise head office", is_neutral=True, by=borough.art
        )
    with clock.held_at(today - timedelta(days=49)):
        close_complaint(
            closed, outcome="partly", finding="The second change could have been told the day before.",
            learned="Changes are told by noon the day before, or by telephone with the reason.", answered_on=clock.today(), by=borough.art,
        )  # fmt: skip
    with clock.held_at(today - timedelta(days=4)):
        log_complaint(
            art, kind="incident", told_by="worker", received_on=clock.today(), about="A door at the hub did not lock for one night. Nobody was hurt.",
            told_how_on=clock.today(), by=borough.worker,
        )  # fmt: skip
    for ago, told_by, words in GOOD:
        with clock.held_at(today - timedelta(days=ago)):
            give_compliment(borough.authority, contract=art, told_by=told_by, words=words, page="/places", by=borough.sw)


def _asked(borough, art, today, days, *, has_evaluation: bool) -> None:
    """A round of carers and one of young people: the earlier are closed, of the later one is still open."""
    day, due_on = days
    stays = Stay.objects.filter(state="begun", starts_on__lt=today).select_related("child").order_by("pk")
    child = stays[0].child if has_evaluation else None
    for asked in ("carers", "young people"):
        young = asked == "young people"
        with clock.held_at(day):
            made = open_round(art, asked=asked, due_on=due_on, by=borough.art)
            add_answers(made, [_answer(turn, day, young, better=has_evaluation, child=child) for turn in range(8 if young else 9)], by=borough.worker)
            if not (young and has_evaluation):
                close_round(made, discussed="Evenings and weekends matter most.", changes="One number to ring, answered until ten.", by=borough.art)


def _answer(turn: int, day, young: bool, *, better: bool, child) -> dict:
    """One invented answer."""
    high = 5 if better and not young else 4
    marks = {"listened": high, "respected": 5 - turn % 2, "reached": (2 if young else 3) + turn % 3, "helped": high - turn % 2, "better": 4 - turn % 2}
    more = {"child": child, "impact": IMPACT} if young and child is not None and turn == 0 else {}
    return {"given_on": day, "route": ("talk", "drawing", "phone", "advocate")[turn % 4] if young else "paper", "words": SAID[turn % 8], **marks, **more}
