"""What those who watch the service were told: each quarter's figures, on the day they had settled; and limits begun afresh."""

from datetime import date

from contracts.rules.quarters import quarter_before, quarters_of
from core import clock
from core.dates import months_after
from kpis.actions.release import release_figures
from kpis.measures.to_tell import settled_on


def tell_figures(borough, today: date) -> None:
    """Every quarter of the borough's year and a half that has ended and settled."""
    for quarter in quarters_of(months_after(today, -18), quarter_before(today).ends_on):
        day = settled_on(borough.authority, quarter)
        if day <= today:
            with clock.held_at(day):
                release_figures(borough.authority, quarter, by=None)
