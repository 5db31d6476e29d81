"""Indicators with their values, improvement recommendations, and packs."""

from kpis.models.indicator import Indicator, IndicatorDefinition, IndicatorTarget, IndicatorValue
from kpis.models.pack import Pack
from kpis.models.recommendation import Recommendation

__all__ = [
    "Indicator",
    "IndicatorDefinition",
    "IndicatorTarget",
    "IndicatorValue",
    "Pack",
    "Recommendation",
]
