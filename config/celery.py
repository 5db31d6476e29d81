"""The queue's application, and the whole timetable on one page."""

import os

from celery import Celery
from celery.signals import beat_init, worker_before_create_process, worker_init
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config.collector import let_last
from config.production import refuse_demonstration_people

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("throughline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The timetable only wakes people up: what is due is rows in the database, so a
# missed or doubled wake-up changes nothing (core/outbox.py says how).
app.conf.beat_schedule = {
    "do what is due": {"task": "core.sweep", "schedule": 2.0},
    "remove files that no row names": {"task": "core.sweep_files", "schedule": 3600.0},
    "seal the trail": {"task": "core.seal_trail", "schedule": 60.0},
    "read what came back": {"task": "core.read_bounces", "schedule": 300.0},
    "look at drafts nobody touches": {"task": "referrals.tend_drafts", "schedule": 600.0},
    "bring reviews to agendas": {"task": "panels.tend_agendas", "schedule": 600.0},
    "remind of agendas and minutes": {"task": "panels.tend_papers", "schedule": 600.0},
    "plan what the calendar asks for": {"task": "kpis.plan_packs", "schedule": 10.0},
    "propose reviews of contracts": {"task": "kpis.propose_reviews", "schedule": 600.0},
    "keep the dashboard’s figures": {"task": "kpis.keep_figures", "schedule": 10.0},
    "tell the figures of a quarter": {"task": "kpis.release_figures", "schedule": 600.0},
    "plan the reports of a quarter": {"task": "kpis.plan_reports", "schedule": 600.0},
    "open the returns of a quarter": {"task": "kpis.open_returns", "schedule": 600.0},
}


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**_) -> None:
    """The worker and the timetable refuse what the web server refuses."""
    try:
        refuse_demonstration_people()
    except ImproperlyConfigured as reason:
        # Celery writes down whatever a receiver raises and goes on, unless it is told to exit.
        raise SystemExit(str(reason)) from reason
    finally:
        connections.close_all()


@worker_before_create_process.connect
def share_what_lasts(**_) -> None:
    """The worker's processes are copies of this one: the collector of rubbish, which writes on all it looks at, leaves alone what they share."""
    let_last()
