"""What the referrals' due work is done by."""

from core import outbox
from core.models import OutboxJob
from referrals.actions.document import scan_document
from referrals.actions.stay import lapse_offer
from referrals.models import ReferralDocument, Stay


@outbox.doer("stay.lapse")
def do_lapse_offer(job: OutboxJob) -> str:
    """Lapse one offer that was not started by its date."""
    lapse_offer(Stay.objects.get(reference=job.subject))
    return ""


@outbox.doer("document.scan")
def do_scan_document(job: OutboxJob) -> str:
    """Ask the virus scanner about one file; a scanner that is away is asked again later."""
    documents = ReferralDocument.objects.select_related("file", "referral", "file__added_by", "file__authority")
    scan_document(documents.get(file__reference=job.subject), by=None)
    return ""
