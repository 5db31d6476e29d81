"""The kpis app."""

from importlib import import_module

from django.apps import AppConfig


class KpisConfig(AppConfig):
    """How the service is doing, and the packs that say so."""

    name = "kpis"

    def ready(self):
        """Fill the standing items that only figures can."""
        import_module("kpis.papers.standing")
