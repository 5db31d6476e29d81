"""trust G26: script stored in every text of every record never runs, and no page breaks its own content policy."""

import contextlib
from collections import Counter

import pytest
from django.db import InternalError, connection, transaction

from core.models import User
from tests.access.canaries import NEVER_CHANGED, tables, texts_of
from tests.journeys.test_every_page import (
    NOT_PAGES,
    PEOPLE,
    borough_in_service,
    links,
    name_of,
    pages_without_a_link,
)

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = "\"'><img src=x onerror=canary()>"
LONG = f"{SHORT}</textarea></title><script>canary()</script><svg/onload=canary()>${{canary()}}"
INSIDE_JSON = """
    UPDATE {table} SET {column} = (SELECT jsonb_object_agg(key, CASE
        WHEN jsonb_typeof(value) = 'string' AND length(value #>> '{{}}') > 12 THEN to_jsonb((value #>> '{{}}') || %s)
        ELSE value END) FROM jsonb_each({column}))
    WHERE jsonb_typeof({column}) = 'object' AND {column} <> '{{}}'::jsonb
"""


def plant() -> int:
    """Script at the end of every text that somebody typed; how many columns hold it."""
    planted = 0
    with connection.cursor() as cursor:
        for model in tables():
            for name in texts_of(model) if model.__name__ not in NEVER_CHANGED else []:
                with contextlib.suppress(InternalError), transaction.atomic():  # a table that nothing may edit
                    planted += plant_in(cursor, model._meta.db_table, model._meta.get_field(name))
    return planted


def plant_in(cursor, table, field) -> bool:
    """One column; those too short to hold any script are left."""
    if field.get_internal_type() == "JSONField":
        cursor.execute(INSIDE_JSON.format(table=table, column=field.column), [LONG])
        return True
    sign = LONG if field.max_length is None or field.max_length > 2 * len(LONG) else SHORT
    if field.max_length is not None and field.max_length <= len(sign):
        return False
    keep = (field.max_length or 10_000) - len(sign)
    cursor.execute(f'UPDATE {table} SET "{field.column}" = left("{field.column}", {keep}) || %s WHERE "{field.column}" <> %s', [sign, ""])
    return True


def listen(walker) -> list[str]:
    """What a script that ran, or that the content policy stopped, would leave."""
    heard = []
    walker.context.add_init_script("window.canary = () => console.error('CANARY RAN')")
    told = ("CANARY RAN", "Content Security Policy", "content-security-policy")
    walker.page.on("console", lambda m: heard.append(f"{walker.page.url}: {m.text}") if any(t in m.text for t in told) else None)
    walker.page.on("dialog", lambda d: (heard.append(f"{walker.page.url}: a dialog"), d.dismiss()))
    return heard


def test_g26_script_stored_in_every_text_never_runs(walk, settings):
    settings.DEMONSTRATION = True
    borough_in_service()
    more, people = pages_without_a_link(), {name: User.objects.get(full_name=name) for name in PEOPLE}
    planted = plant()
    walker, seen = walk(), Counter()
    heard = listen(walker)

    for name, person in people.items():
        walker.be(person)
        waiting = ["/", *more.get(name, [])]
        while waiting:
            path = waiting.pop(0)
            kind = name_of(path)
            if kind in NOT_PAGES or (seen[kind] >= 1 and path != "/"):
                continue
            answer = walker.page.goto(path)
            if answer.status == 200 and "html" in answer.headers.get("content-type", ""):
                seen[kind] += 1
                waiting += links(walker.page)

    assert heard == []
    assert walker.problems == []
    assert planted > 60, planted
    assert len(seen) > 60, len(seen)


def test_g26_a_page_that_let_script_through_would_be_heard(walk):
    walker = walk()
    heard = listen(walker)
    walker.page.goto("/sign-in")

    walker.page.set_content(f"<p>{SHORT}</p>")
    walker.page.wait_for_function("document.images.length == 1")
    walker.page.wait_for_timeout(200)

    assert heard
