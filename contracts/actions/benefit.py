"""Benefits: entered, changed, closed, stated, and validated by finance."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.models import Benefit, BenefitValidation
from contracts.models.benefit_register import rows_of, to_validate, working
from contracts.rules.benefit import (
    Entry,
    why_not_cashable,
    why_not_close,
    why_not_count_twice,
    why_not_enter,
    why_not_overwrite,
    why_not_state,
    why_not_validate,
)
from core import audit, clock
from core.models import User
from core.rules import refuse_if
from referrals.models import Child

FROM_ENTRY = ("kind", "what", "is_modelled", "modelled_for", "baseline", "baseline_weekly", "baseline_source", "budget_line",
              "starts_on", "baseline_ends_on", "forecast", "attribution", "attribution_words")  # fmt: skip


@transaction.atomic
def enter_benefit(contract, *, entry: Entry, child: Child | None = None, outcome: str = "", provision=None, owner: User | None = None,
                  by: User) -> Benefit:  # fmt: skip
    """Enter a benefit in the register; whoever enters it owns it unless another is named."""
    if child is not None:
        child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)

    refuse_if([*why_not_enter(entry), *why_not_cashable(entry), *_counted_twice(entry, child)])

    benefit = Benefit.objects.create(
        authority=contract.authority, contract=contract, child=child, outcome=outcome, provision=provision, owner=owner or by,
        entered_by=by, changed_by=by, ends_on=entry.baseline_ends_on, **_typed(entry),
    )  # fmt: skip

    audit.record("benefit.entered", on=benefit, by=by, sentence=f"Entered benefit {benefit.reference}.")
    return benefit


@transaction.atomic
def change_benefit(benefit: Benefit, *, entry: Entry, outcome: str = "", owner: User | None = None, begun_from: str = "",
                   by: User) -> Benefit:  # fmt: skip
    """Change what was entered; what finance validated no longer stands where the figure or its grounds changed.

    `begun_from` is the version whoever changes it has seen (empty: nobody asked). A benefit that was closed stays so while that day is inside its new time.
    """
    benefit = _locked(benefit)

    refuse_if(why_not_overwrite(begun_from=begun_from, stands=str(benefit.version)))
    refuse_if([*why_not_enter(entry), *why_not_cashable(entry), *_counted_twice(entry, benefit.child, besides=benefit)])

    for name, value in _typed(entry).items():
        setattr(benefit, name, value)
    if not (benefit.closed_because and entry.starts_on < benefit.ends_on < entry.baseline_ends_on):
        benefit.ends_on, benefit.closed_because = entry.baseline_ends_on, ""
    benefit.outcome, benefit.owner = outcome, owner or benefit.owner
    _changed(benefit, by)

    audit.record("benefit.changed", on=benefit, by=by, sentence=f"Changed benefit {benefit.reference}.")
    return benefit


@transaction.atomic
def close_benefit(benefit: Benefit, *, on: date | None, because: str, by: User) -> Benefit:
    """Stop counting a benefit from a day; what came before stays counted."""
    benefit = _locked(benefit)

    refuse_if(why_not_close(starts_on=benefit.starts_on, ends_on=benefit.ends_on, on=on, because=because))

    benefit.ends_on, benefit.closed_because = on, because.strip()
    _changed(benefit, by)

    audit.record("benefit.closed", on=benefit, by=by, sentence=f"Benefit {benefit.reference} is no longer counted.")
    return benefit


@transaction.atomic
def state_actual(benefit: Benefit, *, amount: Decimal | None, until: date | None, source: str, by: User) -> Benefit:
    """State what came of a benefit that is not a child's, with its day and its source."""
    benefit = _locked(benefit)

    refuse_if(
        why_not_state(
            is_of_a_child=benefit.child_id is not None, is_modelled=benefit.is_modelled, amount=amount, until=until, source=source,
            starts_on=benefit.starts_on, today=clock.today(),
        )
    )  # fmt: skip

    benefit.stated, benefit.stated_until, benefit.stated_source = amount, until, source.strip()
    _changed(benefit, by)

    audit.record("benefit.stated", on=benefit, by=by, sentence=f"Stated what came of benefit {benefit.reference}.")
    return benefit


@transaction.atomic
def validate_benefit(benefit: Benefit, *, shown: str, note: str = "", by: User) -> BenefitValidation:
    """Finance validates the figure it was shown (`shown` is its fingerprint); it is frozen with its day and who."""
    benefit = _locked(benefit)
    row = rows_of([benefit])[0]

    refuse_if(why_not_validate(to_validate(row, shown=shown, by=by)))

    validation = BenefitValidation.objects.create(
        benefit=benefit, amount=row.amount, counted_until=row.until, working=working(row), note=note.strip(), validated_by=by
    )

    audit.record("benefit.validated", on=benefit, by=by, sentence=f"Validated the figure of benefit {benefit.reference}.")
    return validation


def _locked(benefit: Benefit) -> Benefit:
    """The row as it is now, under a lock."""
    return Benefit.objects.select_for_update(of=("self",)).select_related("child", "provision").get(pk=benefit.pk)


def _typed(entry: Entry) -> dict:
    """The columns that an entry fills, its words without spaces round them."""
    facts = {name: value for name, value in asdict(entry).items() if name in FROM_ENTRY}
    return {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}


def _counted_twice(entry: Entry, child: Child | None, besides: Benefit | None = None) -> list[str]:
    """Whether a day of this child is counted in another benefit."""
    if child is None or not (entry.starts_on and entry.baseline_ends_on):
        return []
    others = Benefit.objects.filter(child=child).exclude(pk=besides.pk if besides else None)
    return why_not_count_twice(entry.starts_on, entry.baseline_ends_on, others.values_list("starts_on", "ends_on"))


def _changed(benefit: Benefit, by: User) -> None:
    """Say who changed it last, and that it is another version."""
    benefit.changed_by, benefit.changed_at = by, clock.now()
    benefit.version += 1
    benefit.save()
