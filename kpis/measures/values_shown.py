"""Values of indicators in words."""

from kpis.models import IndicatorDefinition, IndicatorValue


def in_words(value: IndicatorValue, definition: IndicatorDefinition) -> str:
    """A value as it was printed, or the number with its unit where nobody printed it."""
    if value.printed or value.value is None:
        return value.printed
    said = f"{value.value.normalize():f}"
    return f"{said}%" if definition.unit == "%" else said
