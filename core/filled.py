"""A fragment of a page filled row after row without the template engine: words and names alone, escaped as the engine escapes them.

The fragment is a template like any other, and holds `{{ name }}` and nothing that decides: what a row says is decided where it is prepared.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from django.template.exceptions import TemplateSyntaxError
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

SLOT = re.compile(r"{{ (\w+) }}")
SAID = re.compile(r"{#.*?#}\s*")


def filled(template: str, rows: Iterable[Mapping]) -> SafeString:
    """The fragment once for each row; a value that was not made by format_html or a component is escaped."""
    pattern, names = _parts(template, get_template(template).template.source)
    return mark_safe("".join([pattern % tuple([said(row[name]) for name in names]) for row in rows]))


def said(value) -> str:
    """A value as the engine writes it: escaped, unless it was marked safe. Words and numbers, which most are, ask nothing of Django."""
    kind = type(value)
    if kind is str:
        return escape(value)
    if kind is SafeString:
        return value
    return str(value) if kind is int else conditional_escape(value)


@lru_cache(maxsize=64)
def _parts(template: str, source: str) -> tuple[str, list[str]]:
    """The fragment's words with a place for each name, and the names; worked out once for the same source."""
    parts = SLOT.split(SAID.sub("", source))
    if any("{{" in word or "{%" in word for word in parts[::2]):
        raise TemplateSyntaxError(f"{template} may hold names and nothing that decides.")
    return "%s".join(word.replace("%", "%%") for word in parts[::2]), parts[1::2]
