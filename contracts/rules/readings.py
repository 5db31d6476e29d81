"""The numbers of contracts and benefits that a council settles by date; the pure rules take them as arguments.

A budget keeps the retention of its first day.
"""

from core.readings import Reading, declare

RETENTION = "retention"
VALIDATE_WITHIN = "benefit-validated-within"

declare(
    Reading(RETENTION, "Held back of a budget until it is earned", "per cent", 5, 0, 50, "Budgets", "002:929-931, 942, 952"),
    Reading(VALIDATE_WITHIN, "Benefit validated by finance, at least every", "day", 92, 7, 400, "Benefits", "The house’s own reading: a quarter"),
)
