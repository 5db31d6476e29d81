"""What the filters of every list share: no form is made to judge an address that answers nothing, and boxes that are the same are drawn once."""

import copy

import django_filters
from django.http import QueryDict
from django.template.loader import get_template
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

from core.kept import Kept

_boxes = Kept()


class HouseFilterSet(django_filters.FilterSet):
    """Filters above a list; whoever reads it, they ask nothing of the database but what `asked` of a filter gives, or are drawn anew each time."""

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):  # not the library's own, which copies every filter though none is answered
        self.is_bound, self.data = data is not None, data or QueryDict()
        self.queryset = self._meta.model._default_manager.all() if queryset is None else queryset
        self.request, self.form_prefix = request, prefix

    @cached_property
    def asked(self) -> dict[str, tuple]:
        """The choices that are asked for with each page, by the filter's name."""
        return {name: tuple(each.asked(self.request)) for name, each in self.base_filters.items() if hasattr(each, "asked")}

    @cached_property
    def filters(self) -> dict:
        """Filters of this page's own."""
        found = copy.deepcopy(self.base_filters)
        for name, each in found.items():
            each.model, each.parent = self.queryset.model, self
            if name in self.asked:
                each.extra["choices"] = self.asked[name]
        return found

    @cached_property
    def answers(self) -> dict[str, tuple]:
        """What the address answers, for each filter with all that its box could read; nothing where every answer is empty."""
        found = {}
        for name in self.base_filters:
            typed = tuple((key, *values) for key, values in self.data.lists() if key.startswith(name) and any(values))
            if typed:
                found[name] = typed
        return found

    def is_valid(self):
        return self.is_bound and (not self.answers or super().is_valid())

    @property
    def qs(self):
        return super().qs if self.answers else self.queryset.all()

    @property
    def judged(self):
        """The form where the address answers something, well or not; None where there is nothing to judge."""
        return self.form if self.answers else None

    @property
    def boxes(self) -> SafeString:
        """Every box with its label, as its answer has it; what is wrong is drawn anew, as is what was typed, and what a filter reads from the database itself."""
        is_own = self._reads or bool(self.answers and self.form.errors)
        return mark_safe("".join([self._box(name) if is_own or self._is_typed(name) else self._kept_box(name) for name in self.base_filters]))

    @cached_property
    def _reads(self) -> bool:
        return any(isinstance(each, django_filters.filters.QuerySetRequestMixin) or callable(each.extra.get("choices")) for each in self.base_filters.values())

    def _is_typed(self, name: str) -> bool:
        return name in self.answers and not isinstance(self.base_filters[name], django_filters.ChoiceFilter)

    def _kept_box(self, name: str) -> SafeString:
        return _boxes.get((type(self), name, self.asked.get(name), self.answers.get(name)), lambda: self._box(name))

    def _box(self, name: str) -> SafeString:
        return get_template("house/field.html").render({"field": self.form[name], "wrapper_class": "filter-bar__field"})
