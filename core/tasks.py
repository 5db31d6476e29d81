"""The alarm clock that wakes the outbox."""

from celery import shared_task

from core import outbox


@shared_task(name="core.sweep", ignore_result=True)
def sweep():
    """Do what is due."""
    outbox.sweep()
