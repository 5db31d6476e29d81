"""Clients of the interface for machines: the council's report, and one that waits for a second person; their tokens are nobody's."""

from datetime import timedelta

from core import clock
from kpis.actions.api_client import agree_client, make_client


def ask_for_figures(borough, today) -> None:
    """One client in use, and one that was made yesterday."""
    made = today - timedelta(days=40)
    with clock.held_at(made):
        client, _ = make_client(
            borough.authority, name="Corporate performance report", purpose="The quarterly report in Power BI. The performance team looks after it.",
            scopes=["definitions", "figures", "capacity"], expires_on=made + timedelta(days=360), by=borough.sys,
        )  # fmt: skip
    with clock.held_at(made + timedelta(days=1)):
        agree_client(client, by=borough.hos)
    with clock.held_at(today - timedelta(days=1)):
        make_client(
            borough.authority, name="Sufficiency workbook", purpose="Places and how full they are, for the sufficiency strategy.",
            scopes=["capacity"], expires_on=today + timedelta(days=180), by=borough.sys,
        )  # fmt: skip
