"""The borough's bodies with their terms, and its contracts, places and indicators."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.text import slugify

from config.demo import indicators, intake, other_panels, steering_group
from contracts.actions.contract import (
    activate_contract,
    add_contract,
    add_lot,
    confirm_price,
    set_price,
)
from kpis.actions.indicator import add_indicator, add_recommendation, enter_value
from panels.actions.altering import sign_terms
from panels.actions.panel import (
    add_panel,
    adopt_terms,
    name_standing_delegate,
    raise_risk,
    seat_person,
)
from panels.actions.reasons import add_reason
from referrals.actions.provision import add_home, add_provision, register_home

PRINTED_ON = date(2019, 5, 1)
YEAR = (date(2018, 4, 1), date(2019, 4, 1))


def panels(borough, since: date) -> None:
    """The steering group, the ART Referral Panel and the resources panel, with who sits on each."""
    borough.group = _panel(
        borough, since, slug="steering-group", name="ART steering group", kind="steering",
        terms={
            "numbers": steering_group.NUMBERS, "clauses": steering_group.CLAUSES, "seats": steering_group.SEATS,
            "limbs": steering_group.LIMBS, "standing_items": steering_group.STANDING_ITEMS, "source": steering_group.SOURCE,
            "roles": steering_group.ROLES, "parties": [borough.council, borough.provider],
        },
        people={"a": "chair", "b": "hos", "c": "sm", "d": "fostering", "e": "com", "f": "art", "g": "health"},
    )  # fmt: skip
    name_standing_delegate(borough.group, letter="a", person=borough.dad, from_on=since, by=borough.pa)
    for person in (borough.chair, borough.art):
        sign_terms(borough.group.terms_on(since), position=person.job_title, by=person)
    borough.panel = _panel(
        borough, since, slug="art-referral-panel", name="ART referral panel", kind="referral",
        terms={
            "numbers": other_panels.REFERRAL_NUMBERS, "clauses": other_panels.REFERRAL_CLAUSES,
            "seats": other_panels.REFERRAL_SEATS, "limbs": [], "standing_items": other_panels.REFERRAL_ITEMS,
            "is_example": True,
        },
        people={"a": "chair", "b": "school", "c": "health", "d": "art"},
    )  # fmt: skip
    for outcome, words in other_panels.REASONS:
        add_reason(borough.panel, outcome=outcome, words=words, by=borough.pa)
    borough.resources = _panel(
        borough, since, slug="access-to-resources", name="Access to resources panel", kind="resources",
        terms={
            "numbers": other_panels.RESOURCES_NUMBERS, "clauses": other_panels.RESOURCES_CLAUSES,
            "seats": other_panels.RESOURCES_SEATS, "limbs": [], "standing_items": other_panels.RESOURCES_ITEMS, "source": "003:99, dated July 2021",
            "roles": other_panels.RESOURCES_ROLES,
        },
        people={"a": "hos", "b": "sm", "c": "fostering", "d": "school", "e": "com"},
    )  # fmt: skip
    _bodies_beside(borough, since)


def _bodies_beside(borough, since):
    """The tripartite group, and bodies that the documents name without their terms."""
    borough.tripartite = _panel(
        borough, since, slug="tripartite", name="Tripartite group", kind="tripartite",
        terms={
            "numbers": other_panels.TRIPARTITE_NUMBERS, "clauses": other_panels.TRIPARTITE_CLAUSES,
            "seats": other_panels.TRIPARTITE_SEATS, "limbs": [], "standing_items": other_panels.TRIPARTITE_ITEMS,
            "source": "003:86-97, dated July 2021", "roles": other_panels.TRIPARTITE_ROLES,
        },
        people={"a": "hos", "b": "health", "c": "school", "e": "com"},
    )  # fmt: skip
    for slug, kind, name, aliases, _source in other_panels.WITHOUT_TERMS:
        add_panel(authority=borough.authority, slug=slug, name=name, kind=kind, aliases=aliases, by=borough.pa)


def _panel(borough, since, *, slug, name, kind, terms, people):
    """One body with its terms in force and its seats held from the first day."""
    panel = add_panel(authority=borough.authority, slug=slug, name=name, kind=kind, by=borough.pa)
    adopt_terms(panel, in_force_from=since, by=borough.pa, **terms)
    for letter, who in people.items():
        seat_person(
            panel, letter=letter, person=getattr(borough, who), from_on=since, by=borough.pa,
            may_decide_because=f"Letter of appointment, {since.day} {since:%B} {since.year}",
        )  # fmt: skip
    return panel


def risks(borough, on: date) -> None:
    """Something under each of the seven headings."""
    for heading, text, owner, rating, trend in steering_group.RISKS:
        raise_risk(
            borough.group, heading=heading, text=text, owner=owner, rating=rating, trend=trend,
            raised_on=on, reviewed_on=on, by=borough.pa,
        )  # fmt: skip


def contracts(borough, since: date) -> None:
    """The service before, and ART with its places and prices, told to the three provisions."""
    _provisions(borough, since)
    before = add_contract(
        slug="before-art", authority=borough.authority, name="Therapeutic support, before ART",
        provider=borough.before, starts_on=date(2017, 7, 1), ends_on=since, annual_value=Decimal(450_000),
        value_note="The printed contract value. Its period is not stated, so the difference from ART’s price is "
        "shown with a query and is no saving until finance confirms it.", source="001", by=borough.com,
    )  # fmt: skip
    art = add_contract(
        slug="art", authority=borough.authority, name="Assessment and Resource Team", provider=borough.provider,
        starts_on=since, follows=before, source="001", by=borough.com,
    )  # fmt: skip
    core = add_lot(art, kind="core", name="Outreach and hub", starts_on=since, by=borough.com)
    outreach = set_price(
        core, provision=borough.outreach, label="Outreach", weekly_rate=Decimal(660), basis="child week",
        places=12, from_on=since, source="001", by=borough.com,
    )  # fmt: skip
    set_price(
        core, provision=borough.hub, label="Hub assessment beds", weekly_rate=Decimal(5200), basis="bed week",
        places=3, from_on=since, source="001", by=borough.com,
        other_reading="If £5,200 is for the whole hub, each bed is £1,733.33 a week. Finance has been asked.",
    )  # fmt: skip
    activate_contract(art, eligibility=intake.CRITERIA, by=borough.com)
    confirm_price(outreach, by=borough.finance)
    _pilot(borough, since)


def _pilot(borough, since):
    """The three properties, whose referrals a strategic manager signs as well."""
    pilot = add_contract(
        slug="art-properties", authority=borough.authority, name="Multi-functional properties",
        provider=borough.provider, starts_on=since, source="001", by=borough.com,
    )  # fmt: skip
    lot = add_lot(pilot, kind="pilot", name="Three properties", starts_on=since, by=borough.com)
    for label, rate, places in (("Two homes, 16 and over", 2438, 4), ("One home, under 16", 5477, 2)):
        set_price(
            lot, provision=borough.properties, label=label, weekly_rate=Decimal(rate), basis="child week",
            places=places, from_on=since, source="001", by=borough.com,
        )  # fmt: skip
    activate_contract(pilot, sign_off_chain=("TM", "SM", "STM"), eligibility=intake.PILOT_CRITERIA, by=borough.com)


def _provisions(borough, since):
    """Outreach, the hub's three beds, and the three properties with their registrations."""
    kinds = (("outreach", "Outreach places"), ("hub", "Hub assessment beds"), ("properties", "Properties"))
    for kind, name in kinds:
        made = add_provision(
            slug=kind, authority=borough.authority, kind=kind, name=name, provider=borough.provider, by=borough.com
        )
        setattr(borough, kind, made)
    hub = add_home(borough.hub, name="The hub", by=borough.com)
    register_home(hub, number="HUB-1", covers_under_16=True, from_on=since, by=borough.com)
    for name, lowest, under_16 in (("Alder House", 16, False), ("Birch House", 16, False), ("Cedar House", 10, True)):
        home = add_home(
            borough.properties, name=name, lowest_age=lowest, highest_age=17 if lowest == 16 else 15,
            looked_after_only=True, by=borough.com,
        )  # fmt: skip
        register_home(home, number=name[0], covers_under_16=under_16, from_on=since, by=borough.com)


def figures(borough) -> None:
    """The 17 improvement recommendations with their measures, targets and values as printed."""
    for number, progress, source, aim, text, measures in indicators.RECOMMENDATIONS:
        row = add_recommendation(
            borough.authority, number=number, text=text, aim=aim, progress=progress,
            progress_on=PRINTED_ON, source=source, by=borough.com,
        )  # fmt: skip
        for order, measure in enumerate(measures, 1):
            _measure(borough, row, order, measure)


def _measure(borough, row, order, measure):
    """One measure, its two targets and its values, exactly as printed."""
    printed = ((date(2019, 3, 31), measure.target_2019), (date(2020, 3, 31), measure.target_2020))
    indicator = add_indicator(
        borough.authority, slug=f"r{row.number}-{order}-{slugify(measure.name)[:50].strip('-')}", name=measure.name,
        recommendation=row, order=order, owner_role="Head of service", source=measure.source, flag=measure.flag,
        unit=measure.unit, better=measure.better, frequency="year", from_on=YEAR[0],
        targets=[(due, number_in(words), words) for due, words in printed if words], by=borough.com,
    )  # fmt: skip
    for label, words, counts in (("2018/19", measure.outturn, None), ("Latest", measure.latest, measure.counts)):
        if words:
            enter_value(
                indicator, period_start=YEAR[0], period_end=YEAR[1] if label == "2018/19" else PRINTED_ON,
                period_label=label, printed=words, value=number_in(words), source=measure.source,
                numerator=counts[0] if counts else None, denominator=counts[1] if counts else None, by=borough.com,
            )  # fmt: skip


def number_in(words: str) -> Decimal | None:
    """The number that printed words begin with, or None: "82.5% (March 2019)" is 82.5."""
    found = re.match(r"(\d[\d,]*\.?\d*)%?(?:\*)?(?=$|[ (])", words)
    try:
        return Decimal(found[1].replace(",", "")) if found else None
    except InvalidOperation:
        return None
