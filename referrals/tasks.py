"""What the referrals' due work is done by."""

from core import outbox
from core.models import OutboxJob
from referrals.actions.stay import lapse_offer
from referrals.models import Stay


@outbox.doer("stay.lapse")
def do_lapse_offer(job: OutboxJob) -> str:
    """Lapse one offer that was not started by its date."""
    lapse_offer(Stay.objects.get(reference=job.subject))
    return ""
