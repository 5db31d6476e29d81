"""The panels app."""

from django.apps import AppConfig


class PanelsConfig(AppConfig):
    """People meet, with notice and quorum, and decide."""

    name = "panels"
