"""Two people minuting at once: what one wrote since the other opened the page."""


class StaleNote(Exception):
    """Somebody else wrote about this item since the page was opened; `item` is as it stands."""

    def __init__(self, item):
        self.item = item
        super().__init__("This item was changed by somebody else.")
