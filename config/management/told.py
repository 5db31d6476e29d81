"""Commands that read their code ahead and begin when they are told."""

import sys

from django.core.management.base import CommandError


def wait_for_a_line() -> None:
    """Wait until a line comes; raise CommandError where whoever was to send it has gone."""
    if not sys.stdin.readline():
        raise CommandError("Whoever was to say when to begin has gone.")
