"""The steering group's standing items on the contract, its indicators and benefits fill themselves."""

from datetime import date

import pytest

from contracts.actions.contract import add_contract
from core import clock
from kpis.actions.indicator import add_indicator, add_recommendation, enter_value
from panels.actions.agenda import circulate_agenda
from panels.models.contents import contents_of
from tests.panels import builders

pytestmark = pytest.mark.django_db

SINCE = date(2026, 1, 1)


def test_i25_the_contract_and_the_indicators_are_filled_from_above(borough):
    add_contract(slug="a-contract", authority=borough.authority, name="ART contract", provider=borough.provider, starts_on=SINCE, by=None)
    recommendation = add_recommendation(
        borough.authority, number=1, text="Fewer moves.", aim="An aim.", progress="G", progress_on=SINCE, by=None
    )
    indicator = add_indicator(
        borough.authority, slug="moves", name="Children who moved twice", recommendation=recommendation, from_on=SINCE,
        targets=[(clock.today(), 9, "Nine")], by=None,
    )  # fmt: skip
    enter_value(
        indicator, period_start=SINCE, period_end=clock.today(), period_label="A year", value=8, printed="Eight",
        by=borough.panel_administrator,
    )  # fmt: skip
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    item = meeting.items.get(title="Contract and indicators")

    parts = {part["title"]: part["rows"] for part in contents_of(meeting, item)}

    assert parts["Contracts in force"] == [["ART contract", "Since 1 January 2026"]]
    assert parts["1. Fewer moves."] == [["Children who moved twice", "Eight; target Nine"]]
    circulate_agenda(meeting, by=borough.panel_administrator)
    item.refresh_from_db()
    assert "Eight; target Nine" in str(item.paper.frozen)


def test_benefits_keep_cashable_and_non_cashable_apart(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    item = meeting.items.get(title="Benefits")

    parts = [part["title"] for part in contents_of(meeting, item)]

    assert parts == ["Cashable", "Non-cashable", "To know beside these"]
