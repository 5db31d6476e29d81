"""A link to set a password by, and the password set."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from core import audit, clock, post
from core.models import RoleHeld, User
from core.password_link import link_for, whose
from core.people import why_not_send_link
from core.references import new_reference
from core.rules import refuse_if


@transaction.atomic
def send_password_link(person: User, *, by: User) -> None:
    """Write a link to somebody by which they set a password, their first or one instead of one they forgot."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    held = RoleHeld.objects.held_on(clock.today()).filter(person=person, authority=by.acting.authority_id)

    refuse_if(why_not_send_link(
        is_closed=not person.is_active, is_invented=person.is_demonstration, holds_a_role=held.exists(),
        by_directory=SocialAccount.objects.filter(user=person).exists(),
    ))  # fmt: skip

    post.send(
        "account.password", key=f"password:{person.reference}:{clock.now().isoformat()}", to=person, subject="Set your password", about=person,
        body="Your system administrator sent you this link. It opens for seven days, and once. If you did not expect it, tell them.",
        link=link_for(person),
    )  # fmt: skip

    audit.record("password.link_sent", on=person, by=by, sentence=f"Sent {person.full_name} a link to set a password.")


@transaction.atomic
def set_password(person: User, *, token: str, password: str, by: User) -> User:
    """Set it, by the link alone; every session of theirs is over, and the link with it."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)

    refuse_if([] if whose(token) == person == by else ["This link was used already, or has run out."])

    person.set_password(password)
    person.session_mark = new_reference()
    person.save()

    audit.record("password.set", on=person, by=by, sentence="Set a password by the link that was sent to them.")
    return person
