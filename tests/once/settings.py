"""The tests' settings, with faults: a queue that delivers again too soon, and a mail server that counts."""

from tests.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.once.mail.CountingBackend"
# Far too short on purpose: the queue delivers again whatever takes longer than this.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,  # noqa: F405
    "visibility_timeout": 1,
}
CELERY_INCLUDE = ["tests.once.faults"]
LOGGING["root"]["level"] = "WARNING"  # noqa: F405
