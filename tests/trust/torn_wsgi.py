"""The control of G15: the web with no transaction around any deed, and a moment between a deed's rows and its line in the trail."""

import time

from django.db import transaction

from config.wsgi import application
from core import audit

record = audit.record


def late_record(*args, **kwargs):
    """The line in the trail, a moment later."""
    time.sleep(0.5)
    return record(*args, **kwargs)


audit.record = late_record
transaction.Atomic.__enter__ = lambda self: None
transaction.Atomic.__exit__ = lambda self, *fault: None

__all__ = ["application"]
