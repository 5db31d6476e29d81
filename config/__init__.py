"""How the parts are wired; no domain word in it."""

from config.celery import app as celery

__all__ = ["celery"]
