"""A fragment of a page filled row after row without the template engine: words and names alone, escaped as the engine escapes them.

The fragment is a template like any other, and holds `{{ name }}` and nothing that decides: what a row says is decided where it is prepared.
"""

import re
from collections.abc import Iterable, Mapping

from django.template.exceptions import TemplateSyntaxError
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

SLOT = re.compile(r"{{ (\w+) }}")
SAID = re.compile(r"{#.*?#}\s*")


def filled(template: str, rows: Iterable[Mapping]) -> SafeString:
    """The fragment once for each row; a value that was not made by format_html or a component is escaped."""
    words, names = _parts(template)
    found = []
    for row in rows:
        for word, name in zip(words, names, strict=False):
            found += (word, conditional_escape(row[name]))
        found.append(words[-1])
    return mark_safe("".join(found))


def _parts(template: str) -> tuple[list[str], list[str]]:
    """The fragment's words, and the names that stand between them."""
    source = SAID.sub("", get_template(template).template.source)
    parts = SLOT.split(source)
    if any("{{" in word or "{%" in word for word in parts[::2]):
        raise TemplateSyntaxError(f"{template} may hold names and nothing that decides.")
    return parts[::2], parts[1::2]
