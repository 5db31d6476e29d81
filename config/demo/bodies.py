"""The borough's bodies with their terms, and its contracts and places."""

from datetime import date, timedelta
from decimal import Decimal

from config.demo import intake, other_panels, steering_group
from contracts.actions.contract import (
    activate_contract,
    add_contract,
    add_lot,
    confirm_price,
    set_price,
)
from core.dates import months_after
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
        starts_on=since, ends_on=months_after(since, 36) - timedelta(days=1), extension_months=12, reports_from_on=since,
        follows=before, source="001", by=borough.com,
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
        note="With ART’s support; capital is not in it.",
    )  # fmt: skip
    borough.art_contract = activate_contract(art, eligibility=intake.CRITERIA, by=borough.com)
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
            places=places, from_on=since, source="001", note="Capital is not in it.", by=borough.com,
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
