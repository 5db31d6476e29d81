"""Pages of imports, and of what returns count, that no page walked links to, by the person who meets them."""

from kpis.actions.imports import Sent, begin_import, check_import
from kpis.models import Import


def of_imports():
    """One import that was stored, one with errors, one that waits to be stored, and one that is at work."""
    done = Import.objects.get()
    by = done.made_by
    made = {"done": done}
    for name, rows in {"errors": "C1,soon,1\n", "waits": "C1,01/02/2010,1\n", "works": "C1,01/02/2010,1\n"}.items():
        text = ("CHILD,DOB,SEX\n" + rows).encode()
        made[name] = begin_import(done.authority, kind="ssda903", sent=[Sent(f"Header 2019 {name}.csv", len(text), lambda text=text: text)], by=by)
        if name != "works":
            check_import(made[name].reference)
    pages = [batch.get_absolute_url() for batch in made.values()]
    return {
        "Dana Hope": ["/admin/import", "/admin/import/new", *pages],
        "David Achebe": ["/admin/import/new", "/statutory-returns", "/statutory-returns/three-or-more-placements"],
        "Ruth Calder": ["/statutory-returns"],
    }
