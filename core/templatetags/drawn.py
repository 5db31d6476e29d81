"""Parts that stand on every page or list, drawn without the template engine or only once: a page has two hundred places that the engine would fill.

Nothing of a person or a child is kept, and nothing that the database says may change under the same key.
"""

from django import template
from django.conf import settings
from django.core.files.storage import storages
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from core.filled import filled, said
from core.kept import Kept

register = template.Library()
HERE = mark_safe(' aria-current="page"')

_once, _links = Kept(most=64), Kept(most=256)


@register.simple_tag
def drawn_once(name: str, **given) -> SafeString:
    """Take a template and the words or figures it is drawn of; it is given nothing else, so that it is drawn once for the same ones, whoever reads it."""
    drawing = get_template(name)
    told = tuple((word, type(value), value) for word, value in given.items())
    key = (name, drawing.template.source, settings.STATIC_URL, type(storages["staticfiles"]), told)
    return _once.get(key, lambda: drawing.render(given))


@register.simple_tag
def queue_links(queues) -> SafeString:
    """Take the queues of a list, each a mapping with label, count, url and current; draw their links."""
    return filled("components/queue_link.html", [{**queue, "current": HERE if queue["current"] else ""} for queue in queues])


@register.simple_tag
def size_links(sizes) -> SafeString:
    """Take how many rows a page may have, each a mapping with size, url and current; draw their links."""
    return mark_safe(" ".join(
        f"<strong>{said(size['size'])}</strong>" if size["current"] else filled("components/size_link.html", [size]) for size in sizes
    ))  # fmt: skip


@register.simple_tag
def head_cells(columns) -> SafeString:
    """Take columns, each a mapping with label and perhaps numeric, sort_url and sorted; draw their headings."""
    return filled("components/table_head_cell.html", [_head(column) for column in columns or ()])


def _head(column: dict) -> dict:
    label, url, order = said(column["label"]), column.get("sort_url"), column.get("sorted")
    arrow = f'<span aria-hidden="true"> {"▲" if order == "ascending" else "▼"}</span>' if order else ""
    return {
        "numeric": mark_safe(' class="num"' if column.get("numeric") else ""), "sorted": mark_safe(f' aria-sort="{said(order)}"' if order else ""),
        "words": mark_safe(f'<a class="govuk-link" href="{said(url)}">{label}{arrow}</a>' if url else label),
    }  # fmt: skip


@register.simple_tag
def navigation_links(navigation) -> SafeString:
    """Take the links of the service navigation, each a mapping with label, url and current; draw their list, once for the same links."""
    key = tuple((item["label"], item["url"], item["current"]) for item in navigation)
    drawing = get_template("components/navigation_links.html")
    return _links.get(key, lambda: mark_safe(drawing.render({"navigation": navigation}).removeprefix("\n")))
