"""trust G26: hostile words in every text of every record run no script, in a real browser, on any page."""

from itertools import count

import pgtrigger
import pytest
from django.db import DataError, IntegrityError, models, transaction
from django.template import engines

from tests.access import matrix
from tests.access.canaries import never_edited, tables, texts_of
from tests.access.visits import Visitors, address, named_addresses
from tests.trust.hostile_page import looked_at

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>zap()</script>", "<svg onload=zap()>", "<img src=x onerror=zap()>", '"><svg/onload=zap()>', "'onfocus=zap() '",
    '" autofocus onfocus=zap() x="', "javascript:zap()", "</textarea><svg onload=zap()>", "</title><script>zap()</script>",
    "--><svg onload=zap()>", "{{7*191}}${7*191}", "<iframe srcdoc='<script>parent.zap()</script>'>", "</script><script>zap()</script>",
    "<a href='javascript:zap()'>x</a>", "<form action=javascript:zap()><button autofocus>", "<base href=//elsewhere.example>",
    "<style>*{background:url(//elsewhere.example)}</style>", "<meta http-equiv=refresh content='0;url=javascript:zap()'>",
]  # fmt: skip
WORKED_OUT = b"1337"
PEOPLE = ["SW", "PA", "CH", "PRM"]
# Texts that the product compares with words of its own, so that anything else hides the page.
COMPARED = {"verb", "task", "sets"}
NEVER_PLANTED = {"AuditEvent", "Seal", "OutboxJob", "PrintProgress", "IdempotencyKey"}


class Planting:
    """Puts hostile words into every text of every row, and counts."""

    def __init__(self):
        self.turn, self.fields, self.rows, self.refused = count(), 0, 0, []

    def everywhere(self) -> "Planting":
        """Each model's every column of words; what the database's own constraints refuse is noted."""
        for model in tables():
            for name in texts_of(model) if model.__name__ not in NEVER_PLANTED else []:
                if name not in COMPARED:
                    self._column(model, model._meta.get_field(name))
        return self

    def _column(self, model, field) -> None:
        filled = model.objects.exclude(**{f"{field.name}__in": ["", {}, []]} if not field.null else {f"{field.name}": None})
        try:
            with transaction.atomic(), pgtrigger.ignore(*never_edited(model)):
                self.rows += self._json(filled, field) if isinstance(field, models.JSONField) else filled.update(**{field.name: self.words(field.max_length)})
            self.fields += 1
        except (IntegrityError, DataError) as refusal:
            self.refused.append(f"{model.__name__}.{field.name}: {str(refusal)[:90]}")

    def _json(self, filled, field) -> int:
        rows = list(filled)
        for row in rows:
            setattr(row, field.name, self.within(getattr(row, field.name)))
            type(row).objects.filter(pk=row.pk).update(**{field.name: getattr(row, field.name)})
        return len(rows)

    def within(self, kept):
        """The same, with hostile words after every text of several words."""
        if isinstance(kept, dict):
            return {key: self.within(value) for key, value in kept.items()}
        if isinstance(kept, list):
            return [self.within(value) for value in kept]
        return f"{kept} {self.words(None)}" if isinstance(kept, str) and " " in kept and not kept[0].isdigit() else kept

    def words(self, longest) -> str:
        """All of them where there is room, else the next one that fits."""
        if longest is None or longest > 2_000:
            return " ".join(HOSTILE)
        fit = [words for words in HOSTILE if len(words) <= longest] or ["<s>"[:longest]]
        return fit[next(self.turn) % len(fit)]


@pytest.fixture
def planted(scene):
    """The scene with hostile words in it, put right again afterwards."""
    with transaction.atomic():
        yield Planting().everywhere()
        transaction.set_rollback(True)


def pages(scene, who):
    """Every page that this person may open, as the product answers it."""
    visitors, asked = Visitors(scene), named_addresses()
    for name, (about, words) in matrix.rows().items():
        if words[who] == "opens":
            seen = visitors.visit(who, name, address(name, about, asked[name], scene.records["ours"]))
            if "html" in dict(seen.headers).get("Content-Type", ""):
                yield seen


@pytest.mark.parametrize("who", PEOPLE)
def test_g26_words_in_records_run_no_script_on_any_page(scene, planted, who):
    opened, hostile = looked_at(pages(scene, who))

    assert planted.fields > 150, planted.fields
    assert planted.refused == []
    assert [(seen.name, seen.status) for seen in opened if seen.status != 200] == []
    assert hostile.found() == []
    assert [seen.name for seen in opened if WORKED_OUT in seen.body] == []
    assert len(opened) > 50, len(opened)
    # The words do stand on the pages, as words.
    assert sum(b"zap()" in seen.body for seen in opened) > len(opened) / 3


@pytest.mark.parametrize("policy", [True, False])
def test_g26_a_page_that_did_not_escape_would_be_found(scene, planted, monkeypatch, policy):
    """The control: the product's own page with escaping off, with its policy and without."""
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)
    url = address("referrals:answers", "referral", ["reference"], scene.records["ours"])
    _, hostile = looked_at([Visitors(scene).visit("SW", "referrals:answers", url)], without_policy=not policy)

    assert bool(hostile.ran) is not policy
    assert bool(hostile.stopped) is policy
    assert hostile.left
