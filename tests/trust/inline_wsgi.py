"""The control of G14: the web speaks to the queue in the middle of a request, with the queue's usual settings."""

from celery import Celery
from django.conf import settings

from config.wsgi import application as ours

queue = Celery(broker=settings.CELERY_BROKER_URL)


def application(environ, start_response):
    """Every form that is sent wakes the worker before it is answered."""
    if environ["REQUEST_METHOD"] == "POST":
        queue.send_task("core.sweep", retry=False)
    return ours(environ, start_response)
