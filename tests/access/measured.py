"""A register with a recommendation of it, an action of a plan with a step, and a figure that was checked."""

from datetime import date
from decimal import Decimal

from kpis.actions.figure import check_value, enter_value
from kpis.actions.indicator import add_indicator, add_recommendation, add_register
from kpis.actions.progress import add_action, note_progress, reword_action

SINCE = date(2026, 1, 1)


def in_registers(borough) -> dict:
    """The register, recommendation, action and figure of one council, each with words of its own."""
    slug, by = borough.authority.slug, borough.panel_administrator
    register = add_register(borough.authority, slug=f"{slug}-register", kind="plan", name="A register", about="A plan.", by=by)
    tracked = add_action(
        register, number="1.1", outcome="An outcome", focus="A focus", text="An action.", lead_role="A lead", steps=[("A step.", None, "", "")], by=by
    )
    note_progress(tracked, on=SINCE, words="A note.", by=by)
    reword_action(tracked, text="An action in new words.", because="A reason.", by=by)
    recommended = add_recommendation(borough.authority, number=2, text="Another.", aim="An aim.", progress="A", progress_on=SINCE, by=by)
    indicator = add_indicator(borough.authority, slug=f"{slug}-measured", name="A measure", register=register, from_on=SINCE, by=by)
    figure = enter_value(
        indicator, period_start=SINCE, period_end=date(2026, 2, 1), period_label="January", value=Decimal(8), printed="Eight", by=by
    )
    return {"register": register, "tracked": tracked, "recommended": recommended, "figure": check_value(figure, by=borough.head_of_service)}
