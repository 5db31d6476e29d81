"""The kpis app."""

from django.apps import AppConfig


class KpisConfig(AppConfig):
    """How the service is doing, and the packs that say so."""

    name = "kpis"
