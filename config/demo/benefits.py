"""The register of benefits of the borough: a loss among them, one validated, one that waits, one before the board; all invented."""

from datetime import date, timedelta
from decimal import Decimal

from contracts.actions.benefit import enter_benefit, state_actual, validate_benefit
from contracts.actions.escalation import escalate
from contracts.models import Contract
from contracts.models.benefit_register import fingerprint, rows_of
from contracts.rules.benefit import Entry
from core import clock
from referrals.models import Child, Placement
from referrals.models.journey import ScenarioHome

HALF_YEAR = timedelta(weeks=26)


def tell(borough, today: date) -> None:
    """Two moves out of a children's home, a dear bed, journeys saved, the contract before, and what was modelled."""
    art = Contract.objects.get(slug="art")
    moved = _moved_out(borough, art, today)
    _dear(borough, art, today)
    with clock.held_at(today - timedelta(days=30)):
        journeys = enter_benefit(
            art, by=borough.com, entry=_entry(
                "non-cashable", "Fewer journeys for social workers, because homes are nearer", today - timedelta(days=200), today + HALF_YEAR,
                baseline="Journeys of the year before", source="Mileage claims, 2025/26", forecast=9600,
            ),
        )  # fmt: skip
        state_actual(
            journeys, amount=Decimal(6150), until=today - timedelta(days=31), source="Mileage claims to last month", by=borough.com
        )
    enter_benefit(
        art, by=borough.com, entry=_entry(
            "cashable", "Cost avoided had the whole new provision been open", date(2019, 4, 1), date(2020, 4, 1), baseline="Placements of 2019/20",
            source="001:308-311, against the whole new provision", forecast=359_000, modelled_for="2019/20",
        ),
    )  # fmt: skip
    for benefit in moved[:1]:
        with clock.held_at(today - timedelta(days=6)):
            validate_benefit(benefit, shown=fingerprint(rows_of([benefit])[0]), note="The ledger, placements", by=borough.finance)
    _ask(borough, moved[1:], today)


def _entry(kind, what, starts_on, ends_on, *, baseline, source, forecast, weekly=None, modelled_for="", budget="", moved=False) -> Entry:
    """An entry with what differs."""
    return Entry(
        kind=kind, what=what, is_of_a_child=weekly is not None, is_moved=moved, is_modelled=bool(modelled_for), modelled_for=modelled_for,
        baseline=baseline, baseline_weekly=weekly, baseline_source=source, budget_line=budget, starts_on=starts_on, baseline_ends_on=ends_on,
        forecast=Decimal(forecast), attribution=Decimal(100), attribution_words="",
    )  # fmt: skip


def _moved_out(borough, art, today: date) -> list:
    """The child whose journey is told whole, and one who was to be moved and stays in the children's home for now."""
    whole = ScenarioHome.objects.filter(scenario__kind="without", scenario__replaced_at=None).select_related("scenario__child").first()
    child, begun = whole.scenario.child, whole.starts_on
    made = []
    with clock.held_at(begun + timedelta(days=20)):
        made.append(enter_benefit(
            art, child=child, outcome="from:foster", provision=borough.outreach, by=borough.hos, entry=_entry(
                "cashable", "A move from a children’s home to foster carers, with outreach", begun, begun + timedelta(weeks=40),
                baseline="A children’s home, going on", source=whole.scenario.basis[:200], forecast=24_000, weekly=whole.weekly_rate,
                budget="Placements, external residential", moved=True,
            ),
        ))  # fmt: skip
    waiting = Placement.objects.filter(kind="residential", ends_on=None, child__died_on=None).exclude(child=child).order_by("starts_on").first()
    if waiting:
        with clock.held_at(today - timedelta(days=100)):
            made.append(enter_benefit(
                art, child=waiting.child, outcome="from:foster", provision=borough.outreach, by=borough.hos, entry=_entry(
                    "cashable", "A move from a children’s home to foster carers, planned for the autumn", today - timedelta(days=100),
                    today + HALF_YEAR, baseline="A children’s home, going on", source="The provider’s price list", forecast=38_000,
                    weekly=Decimal(3500), budget="Placements, external residential", moved=True,
                ),
            ))  # fmt: skip
    return made


def _dear(borough, art, today: date) -> None:
    """Two children with foster carers instead of a children's home, and one in a bed that costs more than the home would."""
    settled = Placement.objects.filter(kind__in=["foster", "lodgings"], ends_on=None, child__died_on=None, prices__part="home", child__benefits=None)
    for child in Child.objects.filter(pk__in=settled.values("child")).order_by("pk")[:1]:
        with clock.held_at(today - timedelta(days=60)):
            enter_benefit(
                art, child=child, outcome="instead:foster", provision=borough.outreach, by=borough.hos, entry=_entry(
                    "non-cashable", "Foster carers go on, where a children’s home was being looked for", today - timedelta(days=60),
                    today + HALF_YEAR, baseline="A children’s home", source="The provider’s price list", forecast=52_000, weekly=Decimal(3500),
                ),
            )  # fmt: skip
    bed = Placement.objects.filter(kind="hub", ends_on=None, child__died_on=None, starts_on__lt=today).order_by("starts_on").first()
    if bed:
        with clock.held_at(bed.starts_on):
            enter_benefit(
                art, child=bed.child, outcome="into residential", provision=borough.hub, by=borough.hos, entry=_entry(
                    "non-cashable", "An assessment bed first, so that the next home is the right one", bed.starts_on,
                    bed.starts_on + timedelta(weeks=6), baseline="A children’s home", source="The provider’s price list", forecast=-10_200,
                    weekly=Decimal(3500),
                ),
            )  # fmt: skip


def _ask(borough, benefits, today: date) -> None:
    """What did not come as forecast is put to the board."""
    for row in rows_of(benefits):
        with clock.held_at(today - timedelta(days=9)):
            escalate(
                borough.authority, board="bmb", benefit=row.benefit, what="The move was planned for the autumn: wait, or plan another home",
                why="No family has been found yet, so that what the move was to save comes later or not at all.",
                wanted_by=today + timedelta(days=19), by=borough.com,
            )  # fmt: skip
