"""What a contract of the scene says and has been through: a variation, a request, gates and a baseline."""

from datetime import date, timedelta

from contracts.actions.gate import add_step, freeze_baseline, open_gate
from contracts.actions.price import set_budget
from contracts.actions.record import add_clause
from contracts.actions.variation import ask_subcontract, propose_variation
from tests.conftest import TODAY

TABLES = [{"title": "Figures", "columns": ["What", "How many"], "rows": [["A row", "12"]], "source": ""}]


def in_contracts(borough, contract) -> dict:
    """One row of each, still to be answered."""
    com = borough.commissioner
    lot = contract.lots.get()
    later = TODAY + timedelta(days=30)
    set_budget(contract, lot=lot, amount=1200, from_on=date(2026, 4, 1), until_on=date(2027, 4, 1), confirm_by=TODAY, by=com)
    add_clause(contract, topic="calendar", heading="Open", text="Every week.", by=com)
    add_step(contract, plan="ending", what="A step.", owner="Both", due_on=later, by=com)
    baseline = freeze_baseline(contract, title="A baseline", as_of_on=TODAY, tables=TABLES, by=com)
    return {
        "baseline": baseline, "gate": open_gate(contract, kind="pilot", due_on=later, baseline=baseline, by=com),
        "variation": propose_variation(contract, kind="other", what="A change.", why="A reason.", from_on=later, by=com),
        "subcontract": ask_subcontract(contract, who="A practice", what="A part", from_on=later, by=borough.provider_manager),
    }  # fmt: skip
