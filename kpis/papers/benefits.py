"""The section on benefits of packs and reports: each kind by itself, from the register; no child and no count."""

from contracts.choices import BenefitKind
from contracts.models import Benefit, Contract
from contracts.models.benefit_register import register
from contracts.models.sums import difference, outreach_a_year
from contracts.models.totals import Totals, totals
from core.templatetags.ui import money

KEYS = {BenefitKind.CASHABLE: "cashable", BenefitKind.NON_CASHABLE: "non_cashable", BenefitKind.CONTRACT: "contract"}


def benefits(authority, *, provisional: bool = False) -> dict:
    """The register's sums as pairs of words and pounds, one list for each kind, empty where nothing is recorded.

    What finance has not validated is printed only where `provisional` is asked for: in a pack to seat-holders, never for a board.
    """
    rows = register(Benefit.objects.filter(authority=authority).in_order())
    contract = Contract.objects.filter(authority=authority, follows__isnull=False).select_related("follows").first()
    year = outreach_a_year(contract) if contract else None
    confirmed = contract is not None and any(
        row.realised and row.benefit.kind == BenefitKind.CONTRACT and row.benefit.contract_id == contract.pk for row in rows
    )
    return {
        **{KEYS[total.kind]: _pairs(total, provisional=provisional) for total in totals(rows)},
        "modelled": [
            {"what": row.benefit.what, "for": row.benefit.modelled_for, "pounds": money(row.benefit.forecast), "source": row.benefit.baseline_source}
            for row in rows if row.benefit.is_modelled
        ],
        "asked": [_asked(row) for row in rows if row.escalation] if provisional else [],
        "query": "" if confirmed or contract is None else difference(contract), "year": f"£{year:,.0f}" if year is not None else "",
    }  # fmt: skip


def _pairs(total: Totals, *, provisional: bool) -> list[tuple[str, str]]:
    """The sums of one kind in words."""
    if not total.rows:
        return []
    pairs = [("Forecast in all", money(total.forecast)), ("Validated by finance", money(total.realised))]
    if provisional:
        pairs += [("Forecast by now", money(total.expected)), ("Provisional, not validated", money(total.provisional))]
    return pairs


def _asked(row) -> dict:
    """A question that waits at a board, without the benefit's own words."""
    asked = row.escalation
    return {"what": asked.what, "wanted": f"{asked.wanted_by.day} {asked.wanted_by:%B %Y}", "kind": row.benefit.get_kind_display()}
