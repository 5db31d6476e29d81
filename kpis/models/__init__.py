"""Indicators with their values, improvement recommendations, packs, and reports to boards."""

from kpis.models.board_report import BoardReport
from kpis.models.indicator import Indicator, IndicatorDefinition, IndicatorTarget, IndicatorValue
from kpis.models.pack import Pack
from kpis.models.recommendation import Recommendation

__all__ = [
    "BoardReport",
    "Indicator",
    "IndicatorDefinition",
    "IndicatorTarget",
    "IndicatorValue",
    "Pack",
    "Recommendation",
]
