"""A form is sent once, and typed words are let go when they have been used."""

from core.models import HeldPost, IdempotencyKey


def claim_key(key: str, *, by) -> IdempotencyKey:
    """Claim a form's key; a second press waits here, then finds it taken (IntegrityError)."""
    return IdempotencyKey.objects.create(person=by, key=key)


def keep_result(claimed: IdempotencyKey | None, url: str) -> None:
    """Remember where the deed led, for a second press."""
    if claimed is not None:
        claimed.result_url = str(url)[:300]
        claimed.save(update_fields=["result_url"])


def result_of(key: str, *, by) -> str:
    """Where the deed led that this person has done with this key; nothing where there was none."""
    if not key or "\x00" in key:
        return ""
    return IdempotencyKey.objects.filter(person=by, key=key).values_list("result_url", flat=True).first() or ""


def forget_held_post(path: str, *, by) -> None:
    """Let go of what was kept for this page: it has been used."""
    HeldPost.objects.filter(person=by, path=path).delete()
