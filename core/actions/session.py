"""Sessions: what was typed outlives them, and the acting role is the person's choice."""

from django.db import transaction

from core import audit, clock
from core.models import HeldPost, User
from core.rules import refuse_if

NEVER_KEPT = {"csrfmiddlewaretoken", "password", "login", "code", "idempotency_key"}


@transaction.atomic
def hold_post(path: str, *, fields, by: User) -> HeldPost:
    """Keep what somebody posted that could not be saved (the session had ended, or the page had gone), to
    show it when they open the page again."""
    kept = {name: fields.getlist(name) for name in fields if name not in NEVER_KEPT}

    held, _ = HeldPost.objects.update_or_create(
        person=by, path=path[:300], defaults={"fields": kept, "at": clock.now()}
    )

    audit.record(
        "post.held", on=held, by=by, sentence="What was typed and not saved was kept."
    )
    return held


@transaction.atomic
def choose_role(role_held, *, by: User):
    """Act in another of one's own roles."""
    refuse_if([] if role_held in by.current_roles else ["You do not hold that role."])

    by.acting = role_held

    audit.record("role.chosen", on=role_held, by=by, sentence=f"Now acting as {role_held}.")
    return role_held


@transaction.atomic
def sign_in_to_demonstration(person: User, *, by: User) -> User:
    """Let somebody be an invented person; refused for anybody real."""
    refuse_if([] if person.is_demonstration else ["Only invented people sign in this way."])

    audit.record("person.signed_in", on=person, by=by, sentence="Signed in to the demonstration.")
    return person


@transaction.atomic
def confirm_again(person: User, *, by: User) -> User:
    """Somebody who is signed in showed once more that it is they; refused for anybody else."""
    refuse_if([] if person == by else ["Nobody confirms for somebody else."])

    audit.record("person.confirmed", on=person, by=by, sentence="Confirmed again that it is they.")
    return person
