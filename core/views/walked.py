"""A filtered list of a million rows: walked along indexes, page after page, and counted no further than a thousand."""

from django.db.models import Q
from django.utils.functional import cached_property

from core.keyset import Mark, Part, Way, among_first, keys_of, rows_of
from core.views.lists import FilteredList


class WalkedList(FilteredList):
    """A list in its own order, whose pages begin after a row; sorted otherwise it is read like any other list.

    Declare `is_falling` and `walked_by`, and write `places()` and `parts(rows, places)`. An address names the row by its reference: no name and no number.
    """

    is_falling = True
    walked_by = "pk"
    most_pages = 9_999

    def places(self) -> list[Q]:
        """Where this person's rows are, one condition for each index: every row they see meets one."""
        raise NotImplementedError

    def parts(self, rows, places: list[Q]) -> list[Part]:
        """Rows of this list in parts that indexes can walk, one for each place."""
        return [Part(rows.filter(place), self.walked_by) for place in places]

    @cached_property
    def own_places(self) -> list[Q]:
        """The places, asked for once a page."""
        return self.places()

    def parts_of(self, rows, queue) -> list[Part]:
        """The same, where the rows of a queue are: that may be less than where this person's rows are."""
        return self.parts(rows, queue.places(self.request.user) if queue and queue.places else self.own_places)

    def countable(self, rows, queue):
        return self.parts_of(rows, queue)

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
        parts = self.parts_of(self.object_list, self.queue)
        if len(parts) == 1 and not way.is_back:
            return list(rows_of(Part(self.with_shown(parts[0].rows), parts[0].by), way, self.page_size + 1))
        return self._before(parts, way) if way.is_back else self._after(parts, way)

    def _after(self, parts: list[Part], way: Way) -> list:
        """The rows of a page and one more, in the list's order: those first of all that come first in some part."""
        most, among = self.page_size + 1, among_first(parts, way, self.page_size + 1)
        if among is None:
            return []
        sign = "-" if way.falls else ""
        return list(self.with_shown(self.object_list.filter(among)).order_by(f"{sign}{self.walked_by}", f"{sign}id")[:most])

    def _before(self, parts: list[Part], way: Way) -> list:
        """The rows of a page by their keys, in the list's order; the row that the address names comes after them."""
        keys = [*reversed(keys_of(parts, way, self.page_size + 1)[: self.page_size]), way.mark.key]
        found = {row.pk: row for row in self.with_shown(self.object_list.order_by()).filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        if not rows or self.request.GET.get("sort"):
            return context
        return {**context, "before": rows[0].reference, "after": rows[-1].reference}
