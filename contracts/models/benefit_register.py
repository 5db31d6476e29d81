"""The register of benefits: each with its figure of today, what finance validated, and what points to non-delivery."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from contracts.models.benefit import Benefit, BenefitValidation
from contracts.models.price import Price
from contracts.rules.benefit import Delivery, ToValidate, signs_of_non_delivery
from contracts.rules.counting import (
    Ending,
    Figure,
    Lived,
    broke_down,
    ends_first,
    figure,
    pieces,
    so_far,
)
from contracts.rules.readings import VALIDATE_WITHIN
from core import clock
from core.dated import number
from core.dates import birthday
from referrals.choices import ProvisionKind
from referrals.models.journey_facts import parts_of_each
from referrals.models.placement import Placement
from referrals.rules.cost import Part, Rate
from referrals.rules.placement import KINDS, RESIDENTIAL

MOST = 500
NOTHING = Decimal(0)
CLOSED = "Somebody stopped counting it"


@dataclass(frozen=True)
class Journey:
    """What is known of one child: homes lived in, and the parts that cost."""

    lived: Sequence[Lived] = ()
    parts: Sequence[Part] = ()
    hub: Sequence[tuple[date, date | None]] = ()


@dataclass
class Row:
    """One benefit as it stands: counted up to a day, ended or not, and what finance said."""

    benefit: Benefit
    until: date
    amount: Decimal | None
    expected: Decimal
    ending: Ending
    figure: Figure | None = None
    is_of_the_hub: bool = False
    hub_price_confirmed: bool = True
    validation: BenefitValidation | None = None
    stale: BenefitValidation | None = None
    signs: list[str] = field(default_factory=list)
    journey: Journey = Journey()

    @property
    def realised(self) -> Decimal:
        """What finance validated and still stands; nothing of a model, nor of the hub before its price is confirmed."""
        held_back = self.benefit.is_modelled or (self.is_of_the_hub and not self.hub_price_confirmed)
        return self.validation.amount if self.validation and not held_back else NOTHING

    @property
    def provisional(self) -> Decimal | None:
        """What has come since, or has not been validated; None where it cannot be counted."""
        return None if self.amount is None else self.amount - self.realised

    @property
    def escalation(self):
        """The question that waits at a board, or None."""
        return next((one for one in self.benefit.escalations.all() if one.decided_on is None), None)

    @property
    def state(self) -> tuple[str, str]:
        """Where it stands, in a few words, and their tone."""
        if self.benefit.is_modelled:
            return "Modelled", "plain"
        if self.validation is not None:
            return "Validated", "good"
        return ("Changed since validated", "attention") if self.stale else ("Waiting for finance", "waiting")


def rows_of(benefits: Sequence[Benefit]) -> list[Row]:
    """Take benefits (with child, provision and escalations); give each one's row, in the same number of queries however many."""
    benefits = list(benefits)
    journeys = journeys_of([each.child for each in benefits if each.child_id])
    confirmed = _hub_prices_confirmed({each.authority_id for each in benefits})
    within = {key: number(VALIDATE_WITHIN, authority=key) for key in {each.authority_id for each in benefits}}
    kept: dict[int, BenefitValidation] = {}
    for validation in BenefitValidation.objects.filter(benefit__in=benefits).select_related("validated_by").order_by("validated_at", "pk"):
        kept[validation.benefit_id] = validation
    rows = []
    for benefit in benefits:
        row = row_of(benefit, journeys.get(benefit.child_id, Journey()), clock.today())
        row.hub_price_confirmed = benefit.authority_id in confirmed
        _judge(row, kept.get(benefit.pk), within[benefit.authority_id])
        rows.append(row)
    return rows


def register(benefits) -> list[Row]:
    """Rows of a query of benefits, joined as rows_of needs; at most MOST."""
    joined = benefits.select_related("child", "provision", "contract", "owner", "entered_by", "changed_by").prefetch_related("escalations")
    return rows_of(joined[:MOST])


def row_of(benefit: Benefit, journey: Journey, today: date) -> Row:
    """One benefit counted up to a day, before anybody validated it."""
    if benefit.child_id is None:
        until = benefit.stated_until or min(today, benefit.ends_on)
        ending = Ending(benefit.ends_on, CLOSED if benefit.closed_because else "The baseline’s planned end") if benefit.ends_on <= today else Ending(until)
        return Row(benefit, until, benefit.stated, _expected(benefit, until), ending, is_of_the_hub=benefit.is_of_the_hub)
    ending = _ending(benefit, journey, today)
    found = pieces(journey.parts, benefit.starts_on, ending.on)
    counted = figure(
        found, baseline_weekly=benefit.baseline_weekly, attribution=benefit.attribution, starts_on=benefit.starts_on, ends_on=ending.on
    )
    in_hub = any(start < ending.on and (end is None or end > benefit.starts_on) for start, end in journey.hub)
    return Row(
        benefit, ending.on, counted.amount, _expected(benefit, today), ending, counted,
        is_of_the_hub=benefit.is_of_the_hub or in_hub, journey=journey,
    )  # fmt: skip


def _expected(benefit: Benefit, until: date) -> Decimal:
    """What was forecast by a day."""
    return so_far(benefit.forecast, benefit.starts_on, benefit.baseline_ends_on, until)


def _ending(benefit: Benefit, journey: Journey, today: date) -> Ending:
    """When a child's benefit stops, or is counted up to."""
    child = benefit.child
    ending = ends_first(
        benefit.starts_on, planned_end=benefit.ends_on, broke_down=broke_down(journey.lived, benefit.starts_on), died=child.died_on,
        eighteen=birthday(child.born_on, 18) if child.born_on else None, until=today,
    )  # fmt: skip
    closed = benefit.closed_because and ending.on == benefit.ends_on
    return replace(ending, because=CLOSED) if closed and ending.because else ending


def _judge(row: Row, kept: BenefitValidation | None, within: int) -> None:
    """Say whether what finance validated still stands, and what points to non-delivery."""
    if kept is not None:
        then = row_of(row.benefit, row.journey, kept.counted_until)
        stands = then.amount == kept.amount and working(then) == kept.working
        row.validation, row.stale = (kept, None) if stands else (None, kept)
    if not row.benefit.is_modelled:
        row.signs = signs_of_non_delivery(delivery(row, within))


def delivery(row: Row, within: int) -> Delivery:
    """How a benefit goes, as the rule asks."""
    benefit, today = row.benefit, clock.today()
    early = row.ending.because and row.ending.on < benefit.baseline_ends_on
    since = row.validation.counted_until if row.validation else benefit.starts_on
    is_all_validated = row.validation is not None and bool(row.ending.because) and since >= row.ending.on
    return Delivery(
        expected=row.expected, actual=row.amount, ended_early_on=row.ending.on if early else None, ended_because=row.ending.because,
        unvalidated_days=0 if is_all_validated else max((today - since).days, 0), validate_within=within,
        is_started=benefit.starts_on < today,
    )  # fmt: skip


def working(row: Row) -> dict:
    """The working of a figure, as it is frozen with a validation: what it was counted from, and each part of the sum."""
    names = ("kind", "baseline_weekly", "starts_on", "attribution", "baseline_source", "budget_line", "stated_source")
    facts = {name: getattr(row.benefit, name) for name in names} | {"until": row.until, "amount": row.amount}
    if row.figure is not None:
        facts |= {name: getattr(row.figure, name) for name in ("baseline", "home", "travel", "support", "days")}
    return {name: _frozen(value) for name, value in facts.items()}


def _frozen(value) -> str:
    """A fact as it is kept: pounds with their pence, nothing as an empty word."""
    return "" if value is None else f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def to_validate(row: Row, *, shown: str | None, by) -> ToValidate:
    """How a figure stands, as the rule asks; `shown` None where nobody has been shown one yet."""
    benefit = row.benefit
    return ToValidate(
        amount=row.amount, is_modelled=benefit.is_modelled, is_of_the_hub=row.is_of_the_hub,
        hub_price_confirmed=row.hub_price_confirmed, shown_is_now=shown is None or shown == fingerprint(row),
        entered_by_them=by.pk in {benefit.entered_by_id, benefit.changed_by_id},
        is_validated=row.validation is not None and row.validation.counted_until == row.until,
    )  # fmt: skip


def fingerprint(row: Row) -> str:
    """The working of a figure as one short word: what a page shows is what is validated."""
    return sha256(json.dumps(working(row), sort_keys=True).encode()).hexdigest()


def journeys_of(children) -> dict[int, Journey]:
    """Children's homes and what they cost, by the child's key."""
    children = list({child.pk: child for child in children}.values())
    parts = parts_of_each(children)
    lived: dict[int, list[Lived]] = {child.pk: [] for child in children}
    hub: dict[int, list] = {child.pk: [] for child in children}
    for home in Placement.objects.filter(child__in=children).oldest_first():
        lived[home.child_id].append(Lived(home.starts_on, home.ends_on, home.kind in RESIDENTIAL, home.was_planned))
        if home.kind == "hub":
            hub[home.child_id].append((home.starts_on, home.ends_on))
    return {key: Journey(lived[key], parts[key], hub[key]) for key in lived}


def _hub_prices_confirmed(authorities: set[int]) -> set[int]:
    """The authorities whose hub has a price in force, and every one confirmed."""
    rows = Price.objects.filter(provision__kind=ProvisionKind.HUB, provision__authority__in=authorities, until_on=None)
    found: dict[int, bool] = {}
    for authority, confirmed_at in rows.values_list("provision__authority", "confirmed_at"):
        found[authority] = found.get(authority, True) and confirmed_at is not None
    return {authority for authority, is_confirmed in found.items() if is_confirmed}


def by_the_other_reading(row: Row, beds: int) -> Decimal | None:
    """What the figure would be were the hub's price for all its beds and not for each; None where no bed is in it."""
    if row.figure is None or not row.journey.hub or beds < 1:
        return None
    shared = [
        replace(part, rates=[Rate(r.from_on, r.weekly / beds, r.until_on) for r in part.rates])
        if part.row == "home" and part.label == KINDS["hub"] else part
        for part in row.journey.parts
    ]  # fmt: skip
    return row_of(row.benefit, replace(row.journey, parts=shared), row.until).amount
