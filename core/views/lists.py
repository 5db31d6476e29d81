"""A list of many records: queues, filters in the address, chips, sorting, pages, saved views and a file to take away.

Declare `noun`, `columns`, and where they help `queues`, `filterset_class` and `default_queue`; write the rows in a
template that extends base_list.html.
"""

from collections.abc import Hashable
from datetime import datetime
from urllib.parse import quote_plus

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property

from core import clock
from core.actions.exports import ask_for_export
from core.actions.lists import export_list, save_view, set_usual_view
from core.counting import Counts
from core.exporting import MOST_ROWS
from core.lists import PAGE_SIZES, in_words, kept_views
from core.models import SavedView
from core.roles import Permission
from core.rules import RuleBroken
from core.sheets import sheet
from core.views.bases import RecordList
from core.views.files import attachment
from core.written import Question

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_VALUE = 100


class FilteredList(RecordList):
    """One list, as its address says; only the rows this person may see are shown, counted or taken away."""

    noun = "record"
    columns = ()
    queues = ()
    default_queue = {}
    usual_size = 50
    file_type, file_ending = EXCEL, "xlsx"

    @property
    def page_size(self):
        typed = self.request.GET.get("per", "")
        return int(typed) if typed in {str(size) for size in PAGE_SIZES} else self.usual_size

    @property
    def queue(self):
        """The queue asked for, or the one that this role starts with."""
        if not self.queues:
            return None
        known = {queue.key: queue for queue in self.queues}
        usual = self.default_queue.get(self.request.user.acting.role, self.queues[-1].key)
        return known.get(self.request.GET.get("queue", ""), known[usual])

    def with_shown(self, rows):
        """Rows with what they show beside their own columns: joined for those that are read, and not where they are only counted or walked."""
        return rows

    def rows_from(self, start: int) -> list:
        return list(self.with_shown(self.object_list)[start : start + self.page_size + 1])

    def get(self, request, *args, **kwargs):
        """Opened bare, the list is as this person usually has it; any word in the address says otherwise."""
        if not request.GET:
            usual = SavedView.objects.visible_to(request.user).filter(path=request.path, is_default=True).first()
            if usual is not None:
                return HttpResponseRedirect(usual.get_absolute_url())
        return super().get(request, *args, **kwargs)

    @cached_property
    def everything(self):
        """All rows of the list that this person may see."""
        return self.records()

    @property
    def all_rows(self):
        """Those of the queue that is shown."""
        return self.queue.narrow(self.everything, self.request.user) if self.queue else self.everything

    @cached_property
    def filter(self):
        """What the list is narrowed by, as the address says it; None where it has no filters."""
        return self.filterset_class and self.filterset_class(self.request.GET, request=self.request)

    def get_queryset(self):
        rows = self.all_rows
        if self.filter is not None:
            self.filter.queryset = rows
            rows = self.filter.qs if self.filter.is_valid() else rows.none()
        return self._sorted(rows)

    def _sorted(self, rows):
        """In the order of the column asked for; otherwise in the list's own."""
        key = self.request.GET.get("sort", "")
        column = next((c for c in self.columns if c.sort and c.sort == key.removeprefix("-")), None)
        if column is None:
            return rows
        fields = column.by or (column.sort,)
        if key.startswith("-"):
            fields = [f[1:] if f.startswith("-") else f"-{f}" for f in fields]
        return rows.order_by(*fields, "-pk" if key.startswith("-") else "pk")

    def address(self, **changes) -> str:
        """The list's address with some answers changed; with none left it says that everything is wanted."""
        return f"?{self.query_with(**changes) or 'view=all'}"

    def query_with(self, **changes) -> str:
        """The answers in the address with some changed; an empty one is left out, and the page begins again."""
        stay = [pair for name, pair in self._pairs if name not in changes]
        return "&".join([*stay, *(_pair(name, value) for name, value in changes.items() if value)])

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        """The answers in the address that may stand there, each by its name and as it is written: a page has a dozen addresses of them."""
        return [(name, _pair(name, value)) for name, value in self.request.GET.items() if value and name in self._known]

    @cached_property
    def _known(self) -> set[str]:
        """The names that may stand in the address."""
        fields = set(self.filter.base_filters) if self.filter is not None else set()
        return fields | {"sort", "per", "queue"}

    def chips(self) -> list[dict]:
        """The filters in force, each with the address without it."""
        if self.filter is None or not self.filter.is_bound or not self._is_narrowed() or not self.filter.is_valid():
            return []
        form, found = self.filter.form, []
        for name, field in form.fields.items():
            typed = self.request.GET.get(name, "").strip()
            if typed and name in form.cleaned_data:
                words = str(dict(getattr(field, "choices", [])).get(typed, _named(form.cleaned_data[name], typed)))
                found.append({"label": f"{field.label}: {words}"[:LONGEST_VALUE], "url": self.address(**{name: ""})})
        return found

    def heads(self) -> list[dict]:
        """The column headings, with their sorting."""
        now, found = self.request.GET.get("sort", ""), []
        for column in self.columns:
            is_this = bool(column.sort) and column.sort == now.removeprefix("-")
            turned = f"-{column.sort}" if is_this and not now.startswith("-") else column.sort
            found.append({
                "label": column.label, "numeric": column.numeric,
                "sort_url": self.address(sort=turned) if column.sort else "",
                "sorted": ("descending" if now.startswith("-") else "ascending") if is_this else "",
            })  # fmt: skip
        return found

    def counts(self) -> list[str]:
        """How many rows are listed, and how many each queue has, in words; asked in one question, and no further than a thousand."""
        shown = self.queue.key if self.queue and not self._is_narrowed() else "shown"
        names = [*(queue.key for queue in self.queues), *([shown] if shown == "shown" else [])]
        whole = next((nth for nth, queue in enumerate(self.queues) if queue.holds_all), None)
        words = dict(zip(names, (in_words(*found, self.noun) for found in self.asked("counts", Counts(self._counted, whole=whole))), strict=True))
        return [words[shown], *(words[queue.key] for queue in self.queues)]

    def _counted(self) -> list:
        """The rows of each queue, and of what is listed where that is less than its queue."""
        queues = [self.countable(queue.narrow(self.everything, self.request.user), queue) for queue in self.queues]
        return queues if self.queue and not self._is_narrowed() else [*queues, self.countable(self.object_list, self.queue)]

    def asked(self, what: Hashable, question: Question, *sent: datetime | str | int) -> list:
        """What a question about this list gives; override where it may be written once."""
        return question(*sent)

    def _is_narrowed(self) -> bool:
        """Whether the address answers any filter, well or not: what is listed is then less than its queue."""
        return self.filter is not None and any(self.request.GET.get(name) for name in self.filter.base_filters)

    def get_context_data(self, **kwargs):
        user = self.request.user
        words, *of_queues = self.counts()
        context = super().get_context_data(
            heads=self.heads(), chips=self.chips(), count_words=words,
            list_query=self.query_with(), clear_url=self.address(**dict.fromkeys(self._known - {"queue", "per"}, "")),
            queue_links=[
                {"label": queue.label, "url": self.address(queue=queue.key), "current": queue is self.queue, "count": count}
                for queue, count in zip(self.queues, of_queues, strict=True)
            ],
            sizes=[{"size": size, "url": self.address(per=str(size)), "current": size == self.page_size} for size in PAGE_SIZES],
            saved_views=kept_views(user, self.request.path),
            file_word="Excel" if self.file_ending == "xlsx" else self.file_ending.upper(), may_name=user.can(Permission.EXPORT_NAMES), has_names=any(c.says_who for c in self.columns), **kwargs,
        )  # fmt: skip
        return {**context, "object_list": self.prepared(context["object_list"])}

    def countable(self, rows, queue):
        """The rows of a queue (or of a list without any) as they are counted: a query, or parts of one."""
        return rows

    def prepared(self, rows: list) -> list:
        """Rows with what a page or a file says of them; override to add it for all rows at once."""
        return rows

    def post(self, request, *args, **kwargs):
        deed = {"save": self._save, "export": self._export}.get(request.POST.get("deed", ""))
        here = request.get_full_path()
        try:
            return (deed() if deed else None) or HttpResponseRedirect(here)
        except RuleBroken as refusal:
            for reason in refusal.reasons:
                messages.error(request, str(reason))
            return HttpResponseRedirect(here)

    def _save(self):
        """Keep this list under a name."""
        self.get_queryset()
        name = self.request.POST.get("name", "")
        view = save_view(path=self.request.path, query=self._kept_query(), name=name, by=self.request.user)
        if self.request.POST.get("usual") == "yes":
            set_usual_view(view, is_default=True, by=self.request.user)
        messages.success(self.request, f"Saved as “{view.name}”.")
        return HttpResponseRedirect(view.get_absolute_url())

    def _export(self):
        """The list as shown, every page of it, as a workbook; with names it is asked for, and a second person agrees."""
        user, rows = self.request.user, list(self.with_shown(self.get_queryset())[: MOST_ROWS + 1])
        if self.request.POST.get("who") == "names":
            because = self.request.POST.get("because", "").replace("\x00", "").strip()
            export = ask_for_export(path=self.request.path, query=self._kept_query(), rows=rows, because=because, by=user)
            messages.success(self.request, "Asked for. A second person is told, and the file is here once they agree.")
            return HttpResponseRedirect(export.get_absolute_url())
        export_list(path=self.request.path, query=self.query_with(), rows=rows, by=user)
        content = self.as_file(rows, says_who=False)
        name = f"{self.request.path.strip('/').replace('/', '-')}-{clock.today().isoformat()}.{self.file_ending}"
        return attachment(content, media_type=self.file_type, name=name)

    def _kept_query(self) -> str:
        """The address as it is kept: with the queue that is shown, also where it is the role's own."""
        return self.query_with(queue=self.queue.key if self.queue else "")

    def workbook(self, *, says_who: bool) -> tuple[list, bytes]:
        """Every row of the list as its address says, and the file."""
        rows = list(self.with_shown(self.get_queryset())[:MOST_ROWS])
        return rows, self.as_file(rows, says_who=says_who)

    def as_file(self, rows: list, *, says_who: bool) -> bytes:
        """The rows as a workbook, with the columns that say who a child is or without them; override for a file of another kind."""
        columns = [c for c in self.columns if says_who or not c.says_who]
        user, title, day = self.request.user, self.request.path.strip("/").replace("/", " ").capitalize(), clock.today()
        return sheet(
            title=title, says=f"{title}: {len(rows)} row{'' if len(rows) == 1 else 's'}, {day.day} {day:%B %Y}{'' if says_who else ', without names'}",
            heads=[c.label for c in columns], rows=([c.value(row, user) for c in columns] for row in self.prepared(rows)),
        )  # fmt: skip


def _pair(name: str, value: str) -> str:
    """One answer as an address says it."""
    return f"{quote_plus(name)}={quote_plus(value)}"


def _named(value, typed: str) -> str:
    """A filter's value in words: a record by its name, anything else as typed."""
    return str(value) if hasattr(value, "_meta") else typed
