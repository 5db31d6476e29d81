"""Words that must not be read by those they are hidden from, planted in every text of a record."""

import re
from contextlib import contextmanager

import pgtrigger
from django.apps import apps
from django.db import models

OURS = ("core", "referrals", "panels", "contracts", "kpis")
SIGN = re.compile(rb"Zqx([A-Z])\d+z")
REFERENCE = re.compile(rb"\b[2-7CDFGHJKMNPQRTVWXY]{3}-[2-7CDFGHJKMNPQRTVWXY]{3}\b")
# Texts by which the product finds, joins or counts; whatever else a person can type holds a canary.
KEPT = {
    "reference", "slug", "key", "kind", "link", "about_type", "about_id", "told_by", "email", "password", "address",
    "sha256", "frozen_sha256", "media_type", "session_mark", "contract_slug", "aliases", "letter", "legal_status",
    "lives_now", "awaiting", "owner_role", "unit", "reading", "calendar", "calendar_method", "subject", "result_hash",
    "state", "number", "period", "measure", "evidence_sha256", "evidence_reference", "financial_year", "token_hash", "token_end",
}  # fmt: skip
NEVER_CHANGED = {"AuditEvent", "Seal", "OutboxJob", "IdempotencyKey", "Seat", "QuorumLimb", "StandingItem", "Clause", "Message"}


def tables() -> list[type[models.Model]]:
    """Every table of the product, row history left out."""
    return [m for m in apps.get_models() if m._meta.app_label in OURS and not hasattr(m, "pgh_tracked_model")]


def never_edited(model) -> list[str]:
    """The triggers that keep its rows from being edited."""
    protecting = [t for t in getattr(model._meta, "triggers", []) if isinstance(t, pgtrigger.Protect)]
    return [f"{model._meta.label}:{trigger.name}" for trigger in protecting] or ["core.AuditEvent:the_trail_is_append_only"]


def rows_of(model) -> set:
    return set(model.objects.values_list("pk", flat=True))


class Canaries:
    """Which rows are whose, and which signs stand in their texts."""

    def __init__(self):
        self.rows: dict[str, dict[type, set]] = {}
        self.references: dict[bytes, str] = {}
        self.planted: set[str] = set()

    @contextmanager
    def hidden_in(self, letter: str):
        """Plant a canary of this letter in every text of every row made meanwhile."""
        before = {model: rows_of(model) for model in tables()}
        yield
        self.rows[letter] = {model: rows_of(model) - before[model] for model in tables()}
        for model, keys in self.rows[letter].items():
            if keys and model.__name__ not in NEVER_CHANGED:
                self._plant(model, keys, letter)

    def _plant(self, model, keys, letter) -> None:
        for row in model.objects.filter(pk__in=keys):
            changed = {}
            for name in texts_of(model):
                old = getattr(row, name)
                if old:
                    changed[name] = self._marked(old, letter, model._meta.get_field(name).max_length)
            if changed:
                with pgtrigger.ignore(*never_edited(model)):
                    model.objects.filter(pk=row.pk).update(**changed)
            if hasattr(row, "reference") and isinstance(row.reference, str):
                self.references[row.reference.encode()] = letter

    def _marked(self, old, letter, longest=None):
        """A text with its own sign at the end; in JSON, every text of several words."""
        if isinstance(old, dict):
            return {key: self._marked(value, letter) for key, value in old.items()}
        if isinstance(old, list):
            return [self._marked(value, letter) for value in old]
        if not isinstance(old, str) or (longest is None and old not in MARKED_ANSWERS and not old.startswith("A ")):
            return old
        sign = self.sign(letter)
        return f"{old[: (longest or 10_000) - len(sign) - 1]} {sign}"

    def sign(self, letter: str) -> str:
        """One more canary, unlike any other."""
        sign = f"Zqx{letter}{len(self.planted) + 1}z"
        self.planted.add(sign)
        return sign

    def read_in(self, content: bytes, hidden: str, asked: str = "") -> set[str]:
        """Canaries of these letters found, and references (of capitals); what was asked for is no news, nor letters that chance made alike."""
        found = {m[0].decode() for m in SIGN.finditer(content) if m[1].decode() in hidden.upper()} & self.planted
        known = {m[0] for m in REFERENCE.finditer(content)} - set(REFERENCE.findall(asked.encode()))
        return found | {r.decode() for r in known if self.references.get(r, "-") in hidden}

    def now(self, letters: str) -> dict:
        """The rows of these letters as they stand, to compare before and after."""
        return {
            (letter, model.__name__): list(model.objects.filter(pk__in=keys).order_by("pk").values_list())
            for letter in letters
            for model, keys in self.rows[letter].items()
            if keys
        }


MARKED_ANSWERS = {
    "1 Test Street", "I want to stay with nan.", "Agree 12 weeks of outreach", "Mum was in care too.",
    "Living with nan.", "None known.", "Early help.", "Its reasons.", "An action.", "High profile.",
}  # fmt: skip


def texts_of(model) -> list[str]:
    """The columns that hold words somebody typed."""
    return [
        f.name
        for f in model._meta.concrete_fields
        if isinstance(f, models.CharField | models.TextField | models.JSONField)
        and not f.choices and f.name not in KEPT and not f.unique
    ]  # fmt: skip
