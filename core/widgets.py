"""Boxes and lists of choices drawn as Django's own templates draw them, without the template engine: a filter has seven, and a list of choices dozens."""

from collections.abc import Callable

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

BOXES = ("text", "date", "number", "email", "hidden", "password", "input", "tel", "search", "url", "time")


class HouseWidgets(DjangoTemplates):
    """Django's renderer, quicker for the widgets that most pages have; every other one as Django draws it."""

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _said(value) -> str:
    """A value as the templates write it: escaped, unless it was marked safe."""
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


def _attrs(widget: dict) -> str:
    """What stands in the tag; what is True stands by itself, what is False does not."""
    named = ((conditional_escape(name), value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{_said(value)}"' for name, value in named)


def _box(widget: dict) -> SafeString:
    """One box."""
    value = "" if widget["value"] is None else f' value="{_said(widget["value"])}"'
    return mark_safe(f'<input type="{_said(widget["type"])}" name="{_said(widget["name"])}"{value}{_attrs(widget)}>')


def _option(option: dict) -> str:
    return f'<option value="{_said(option["value"])}"{_attrs(option)}>{_said(option["label"])}</option>'


def _select(widget: dict) -> SafeString:
    """A list of choices, in groups where they have names."""
    found = [f'<select name="{_said(widget["name"])}"{_attrs(widget)}>']
    for name, options, _ in widget["optgroups"]:
        if name:
            found.append(f'\n  <optgroup label="{_said(name)}">')
        found += [f"\n  {_option(option)}" for option in options]
        if name:
            found.append("\n  </optgroup>")
    return mark_safe("".join([*found, "\n</select>"]))


DRAWN: dict[str, Callable[[dict], SafeString]] = {f"django/forms/widgets/{name}.html": _box for name in BOXES} | {"django/forms/widgets/select.html": _select}
