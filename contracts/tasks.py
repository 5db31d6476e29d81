"""What the contracts' due work is done by."""

from datetime import date

from contracts.actions.workforce import remind_of_dbs
from contracts.models import ContractDocument, StaffCheck
from core import outbox
from core.models import OutboxJob
from referrals.actions.document import scan_document


@outbox.doer("dbs.remind", is_brief=True)
def do_remind_of_dbs(job: OutboxJob) -> str:
    """Tell of one DBS check that runs out, where it was not renewed."""
    key, _, day = job.subject.partition(" ")
    remind_of_dbs(StaffCheck.objects.select_related("member__contract").get(pk=key), on=date.fromisoformat(day), by=None)
    return ""


@outbox.doer("contract_document.scan")
def do_scan_contract_document(job: OutboxJob) -> str:
    """Ask the virus scanner about one document of a contract; a scanner that is away is asked again later."""
    rows = ContractDocument.objects.select_related("contract__authority", "file__added_by", "file__authority")
    scan_document(rows.get(file__reference=job.subject), by=None)
    return ""
