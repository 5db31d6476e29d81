"""The referrals app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """A child is referred, signed off, and placed."""

    name = "referrals"
