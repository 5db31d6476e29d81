"""A row of every register of a contract, so that every page of it opens."""

from contracts.actions.assurance import add_entry, draw_pack
from contracts.actions.complaint import log_complaint
from contracts.actions.document import add_contract_documents
from contracts.actions.feedback import add_answers, open_round
from contracts.actions.workforce import add_staff_member, record_check, record_gap
from tests.conftest import TODAY


def registers(borough, contract, *, by=None, child=None) -> dict:
    """Somebody on the register with a check, a gap, a complaint, feedback, what was shown, and a pack of it all."""
    by = by or borough.provider_manager
    staff = add_staff_member(
        contract, name="A person", role="therapeutic worker", qualification="A qualification", qualified_on=TODAY, starts_on=TODAY, by=by
    )
    record_check(staff, kind="dbs", on=TODAY, by=by)
    gap = record_gap(contract, role="manager", why="vacancy", from_on=TODAY, covered_by="A cover.", by=by)
    complaint = log_complaint(contract, kind="complaint", told_by="family", received_on=TODAY, about="A complaint.", by=by)
    asked = open_round(contract, asked="young people", due_on=TODAY, by=by)
    add_answers(asked, [{"given_on": TODAY, "route": "talk", "words": "A word.", "helped": 5}], by=by)
    add_entry(contract, kind="lado", title="A title", owner="An owner", on=TODAY, evidence="Some evidence.", by=by)
    pack = draw_pack(contract, for_what="An audit", by=by)
    (document,) = add_contract_documents(contract, uploads=[("A paper.txt", contract.slug.encode())], by=by)
    return {"staff": staff, "gap": gap, "complaint": complaint, "round": asked, "evidence": pack, "document": document}


def evaluated(borough, own) -> dict:
    """What our own child said of the difference made."""
    (answer,) = add_answers(
        own["round"], [{"given_on": TODAY, "route": "talk", "words": "A word.", "helped": 5, "child": own["child"], "impact": "An impact."}],
        by=borough.provider_manager,
    )  # fmt: skip
    return {"evaluation": answer}
