"""What the panels' due work is done by."""

from datetime import timedelta

from celery import shared_task

from core import clock, outbox
from core.models import DocumentVersion, OutboxJob
from panels.actions.follow_up import remind_of_action
from panels.actions.minutes import print_minutes
from panels.actions.own_papers import print_copy
from panels.actions.paper import scan_supplement
from panels.actions.release import send_released
from panels.actions.reminders import tend_papers
from panels.actions.reviews import pull_in_reviews
from panels.models import Meeting, Supplement
from panels.models.reminders import meetings_to_look_at

AHEAD = timedelta(weeks=8)


@outbox.doer("minutes.print")
def do_print_minutes(job: OutboxJob) -> str:
    """Print one version of minutes."""
    return print_minutes(DocumentVersion.objects.select_related("document").get(pk=job.subject))


@outbox.doer("supplement.scan")
def do_scan_supplement(job: OutboxJob) -> str:
    """Ask the virus scanner about the file of one late paper; a scanner that is away is asked again later."""
    rows = Supplement.objects.select_related("file", "offered_by", "meeting__panel__authority")
    scan_supplement(rows.get(file__reference=job.subject), by=None)
    return ""


@outbox.doer("papers.print")
def do_print_copy(job: OutboxJob) -> str:
    """Print one reader's copy of a meeting's papers; the hash of its bytes."""
    return print_copy(DocumentVersion.objects.select_related("document", "reader", "file").get(pk=job.subject))


@shared_task(name="panels.tend_agendas", ignore_result=True)
def tend_agendas():
    """Bring what is due for review to the agendas of the next weeks; missed or doubled, it changes nothing."""
    soon = Meeting.objects.to_come().filter(circulated_at=None, starts_at__gte=clock.now(), starts_at__lte=clock.now() + AHEAD)
    for meeting in soon.soonest_first()[:200]:
        pull_in_reviews(meeting, by=None)


@shared_task(name="panels.tend_papers", ignore_result=True)
def tend_due_papers():
    """Send agendas that go out by themselves, draft and remind what is due of others and of minutes.

    Missed or doubled, it changes nothing.
    """
    for meeting in Meeting.objects.released().with_terms().filter(goes_out_on__lte=clock.today()).soonest_first()[:200]:
        send_released(meeting, by=None)
    for meeting in meetings_to_look_at()[:200]:
        tend_papers(meeting, by=None)


@outbox.doer("action.remind", is_brief=True)
def do_remind_of_action(job: OutboxJob) -> str:
    """Remind the owner of one action, where it is still to be done."""
    reference, _, days_after = job.subject.partition(" ")
    remind_of_action(reference, int(days_after))
    return ""
