"""A disposal that waits, a legal hold, a subject access request that is read through, and a document the terms rely on."""

from datetime import timedelta

from kpis.actions.disposal import propose_disposal
from kpis.actions.relied_on import add_relied_document
from kpis.actions.subject_access import gather_record, receive_request
from referrals.actions.hold import ask_for_hold
from tests.conftest import TODAY
from tests.kpis.records.builders import a_due_child, acting


def in_records(borough, child) -> dict:
    """Each of them, about our child or another of ours whose time is up."""
    by = acting(borough.governance)
    asked = receive_request(
        child, asked_by="self", asker_name="A name", identity_seen="A passport.", received_on=TODAY - timedelta(days=3), by=by
    )
    return {
        "disposal": propose_disposal(a_due_child(borough), note="A file.", by=by), "asked": gather_record(asked, by=by),
        "hold": ask_for_hold(child=a_due_child(borough), because="An inquiry.", by=by),
    }  # fmt: skip


def a_relied_document(borough):
    """A document that the terms rely on, which is about no child."""
    by = acting(borough.governance)
    return add_relied_document(borough.authority, title="A document", relied_on_by="A clause.", owner_role="An owner", by=by)
