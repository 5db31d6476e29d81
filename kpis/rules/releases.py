"""When figures that count children are told to those who watch the service."""

from datetime import date


def why_not_release_figures(settled_on: date, today: date) -> list[str]:
    """REL-1. Figures that count children are told once, for a quarter that has ended, five Working Days after it."""
    return ["The quarter’s figures are told from the fifth Working Day after it."] if today < settled_on else []
