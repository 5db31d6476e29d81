"""What the panels' due work is done by."""

from core import outbox
from core.models import DocumentVersion, OutboxJob
from panels.actions.minutes import print_minutes


@outbox.doer("minutes.print")
def do_print_minutes(job: OutboxJob) -> str:
    """Print one version of minutes."""
    return print_minutes(DocumentVersion.objects.select_related("document").get(pk=job.subject))
