"""What fills the standing items on the contract, its indicators and benefits, told to panels from above."""

from contracts.models import Contract
from core import clock
from core.dates import day_in_words
from kpis.measures.period import period_dates
from kpis.measures.recommendations import recommendations
from kpis.measures.rows import rows_for
from kpis.papers.benefits import benefits
from kpis.papers.sections import printed
from panels.models.contents import fills, section


@fills("Contract and indicators")
def contract_and_indicators(meeting) -> list[dict]:
    """The contracts in force, each recommendation's measures, and the service's own, few children hidden."""
    authority, today = meeting.panel.authority, clock.today()
    contracts = Contract.objects.filter(authority=authority, starts_on__lte=today).exclude(ends_on__lte=today)
    starts_on, ends_on = period_dates("quarter", today)
    own = rows_for(authority.pk, starts_on=starts_on, ends_on=ends_on, hide=True)
    return [
        section("Contracts in force", rows=[(c.name, f"Since {day_in_words(c.starts_on)}") for c in contracts.order_by("starts_on")[:10]]),
        *(
            section(f"{row['number']}. {row['text']}", rows=[(m["name"], f"{m['latest']}; target {m['target']}") for m in row["measures"]])
            for row in printed(recommendations(authority=authority, hide=True))
        ),
        section("How the service is doing, this quarter", rows=[(row.measure.name, f"{row.value} {row.detail}".strip()) for row in own]),
    ]  # fmt: skip


@fills("Benefits")
def financial_benefits(meeting) -> list[dict]:
    """Cashable and non-cashable apart; what finance has not validated says that it is provisional."""
    found = benefits(meeting.panel.authority, provisional=True)
    rows = [("Outreach in a year", found["year"])] if found["year"] else []
    rows += [(f"Modelled for {row['for']}, never added", row["pounds"]) for row in found["modelled"]]
    return [
        section("Cashable", words="" if found["cashable"] else "Nothing is recorded.", rows=found["cashable"]),
        section("Non-cashable", words="" if found["non_cashable"] else "Nothing is recorded.", rows=found["non_cashable"]),
        *([section("Contract savings", rows=found["contract"])] if found["contract"] else []),
        section("To know beside these", words=found["query"], rows=rows),
    ]
