"""The contracts app."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """What is bought, at what price, and what is paid."""

    name = "contracts"
