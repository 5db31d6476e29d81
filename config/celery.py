"""The queue's application, and the whole timetable on one page."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("throughline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The timetable only wakes people up: what is due is rows in the database, so a
# missed or doubled wake-up changes nothing (core/outbox.py says how).
app.conf.beat_schedule = {
    "do what is due": {"task": "core.sweep", "schedule": 2.0},
    "plan what the calendar asks for": {"task": "kpis.plan_packs", "schedule": 10.0},
}
