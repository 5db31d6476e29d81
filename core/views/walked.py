"""A filtered list of a million rows: walked along indexes, page after page, and counted no further than a thousand."""

from collections.abc import Hashable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import SimpleLazyObject, cached_property

from core.keyset import Mark, Part, Way, among_first, keys_of, rows_of
from core.views.bases import PLACES
from core.views.lists import FilteredList
from core.written import Question, Records, Shelf

# What lists asked lately, for each who stands as they do.
WRITTEN = Shelf()


class WalkedList(FilteredList):
    """A list in its own order, whose pages begin after a row; sorted otherwise it is read like any other list.

    Declare `is_falling` and `walked_by`, and write `places()` and `parts(rows, places)`. An address names the row by its reference: no name and no number.

    Its pages onward and its counts are questions that are written once for all who stand as `begin` says, with the same address; its rows
    are made as a query only where one is not kept.
    """

    is_falling = True
    walked_by = "pk"
    most_pages = 9_999

    def begin(self) -> Hashable | None:
        """Read what the list needs before its rows; give all by which it is decided what this person may see, today, or None where that is decided by each question."""
        return None

    def get_queryset(self):
        self.stands = self.begin()
        return SimpleLazyObject(super().get_queryset)

    def get_template_names(self):
        return [self.template_name]

    def asked(self, what: Hashable, question: Question, *sent: datetime | str | int) -> list:
        """What a question about this list gives; written once for all who stand so, and for what the address says but the place in the list."""
        said = tuple(sorted((name, tuple(words)) for name, words in self.request.GET.lists() if name not in PLACES))
        return WRITTEN.ask(self.stands, (type(self), what, said, self.filter is None or self.filter.is_valid()), question, *sent)

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
        asked = Question(lambda reference: self.everything.order_by().filter(reference=reference).values_list(self.walked_by, "pk"))
        found = next(iter(self.asked("mark", asked, self.request.GET[names[0]][:7])), None)
        return Way(self.is_falling, Mark(*found) if found else None, is_back=bool(found) and names[0] == "before")

    def rows_from(self, start: int) -> list:
        way = self.way()
        if way is None:
            return self.asked(("rows", start), Records(lambda: self.with_shown(self.object_list)[start : start + self.page_size + 1]))
        if way.is_back:
            return self._before(self.parts_of(self.object_list, self.queue), way)
        mark = (way.mark.value, way.mark.key) if way.mark else ()
        return self.asked(("after", len(mark)), Records(lambda *mark: self._after(Way(way.is_falling, Mark(*mark) if mark else None))), *mark)

    def _after(self, way: Way) -> QuerySet:
        """The rows of a page and one more, in the list's order: those first of all that come first in some part."""
        parts, most = self.parts_of(self.object_list, self.queue), self.page_size + 1
        if len(parts) == 1:
            return rows_of(Part(self.with_shown(parts[0].rows), parts[0].by), way, most)
        among, sign = among_first(parts, way, most), "-" if way.falls else ""
        rows = self.object_list.none() if among is None else self.object_list.filter(among)
        return self.with_shown(rows).order_by(f"{sign}{self.walked_by}", f"{sign}id")[:most]

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
