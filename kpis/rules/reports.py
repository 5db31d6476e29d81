"""Reports to boards: when one may be drawn."""


def why_not_draw_report(small_counts: list[str]) -> list[str]:
    """PAC-2. No report to a board tells a count of 1 to 5 children, in a figure or in words."""
    return small_counts
