"""A filtered list of a million rows: walked along indexes, page after page, and counted no further than a thousand."""

from core.keyset import Mark, Part, Way, keys_of
from core.lists import counted
from core.views.lists import FilteredList


class WalkedList(FilteredList):
    """A list in its own order, whose pages begin after a row; sorted otherwise it is read like any other list.

    Declare `is_falling` and `walked_by`, and write `parts(rows)`. An address names the row by its reference: no name and no number.
    """

    is_falling = True
    walked_by = "pk"
    most_pages = 9_999

    def parts(self, rows) -> list[Part]:
        """Rows of this list in parts that indexes can walk."""
        raise NotImplementedError

    def count(self, rows) -> str:
        return counted(self.parts(rows), self.noun)

    def way(self) -> Way | None:
        """From which row on, and which way; None where the address asks for another order, or for a page by its number alone."""
        names = [name for name in ("after", "before") if self.request.GET.get(name)]
        if self.request.GET.get("sort") or (not names and self._page() > 1):
            return None
        if not names:
            return Way(self.is_falling)
        found = self.everything.order_by().filter(reference=self.request.GET[names[0]][:7]).values_list(self.walked_by, "pk").first()
        return Way(self.is_falling, Mark(*found) if found else None, is_back=bool(found) and names[0] == "before")

    def rows_from(self, start: int) -> list:
        way = self.way()
        if way is None:
            return super().rows_from(start)
        keys = keys_of(self.parts(self.object_list), way, self.page_size + 1)
        if way.is_back:
            keys = [*reversed(keys[: self.page_size]), way.mark.key]
        found = {row.pk: row for row in self.object_list.order_by().filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        if not rows or self.request.GET.get("sort"):
            return context
        return {**context, "before": rows[0].reference, "after": rows[-1].reference}
