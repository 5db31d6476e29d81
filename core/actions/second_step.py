"""The second step of signing in: tries are counted in the database, and too many close it for a time."""

from datetime import timedelta
from time import time

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from core import audit, clock, post
from core.models import CodeGuesses, User
from core.references import new_reference
from core.roles import Role
from core.rules import refuse_if

CLOSED_FOR = timedelta(minutes=15)
FACTORS = {"totp": "An authenticator app was", "recovery_codes": "Recovery codes were", "webauthn": "A passkey was"}
USED, REMEMBERED = "That code was used already. Wait for the next one.", 120
CLOSED = "Too many wrong codes. Nobody can sign in to this account until {at}: wait, then enter a new code."


@transaction.atomic
def take_guess(person: User, *, by: User) -> None:
    """Count one try at an account's second step before it is judged; refused while the step is closed.

    The count is taken under a lock, so that processes asked at once take no more tries than one.
    """
    now = clock.now()
    row, _ = CodeGuesses.objects.get_or_create(person=person, defaults={"since": now})
    row = CodeGuesses.objects.select_for_update(of=("self",)).get(pk=row.pk)

    is_over = row.locked_until <= now if row.locked_until else now - row.since > settings.AXES_COOLOFF_TIME
    if is_over:
        row.number, row.since, row.locked_until = 0, now, None
    closed = row.number >= settings.AXES_FAILURE_LIMIT
    refuse_if([CLOSED.format(at=_time(row.locked_until or now + CLOSED_FOR))] if closed else [])

    row.number += 1
    row.save()

    audit.record("second_step.tried", on=person, by=by, sentence="A code was tried at the second step of signing in.")


@transaction.atomic
def note_wrong_code(person: User, *, by: User) -> None:
    """A code was wrong; the last of those allowed closes the step, and tells its owner and the system administrators."""
    row = CodeGuesses.objects.select_for_update(of=("self",)).get(person=person)
    if row.number < settings.AXES_FAILURE_LIMIT or row.locked_until is not None:
        return
    row.locked_until = clock.now() + CLOSED_FOR
    row.save()
    _tell(person, row.locked_until)

    audit.record(
        "second_step.closed", on=person, by=by,
        sentence=f"{row.number} wrong codes: the second step is closed until {_time(row.locked_until)}.",
    )  # fmt: skip


@transaction.atomic
def forget_guesses(person: User, *, by: User) -> None:
    """The right code was given: the count begins again."""
    CodeGuesses.objects.filter(person=person).delete()

    audit.record("second_step.passed", on=person, by=by, sentence="The second step of signing in was passed.")


@transaction.atomic
def use_code(person: User, code: str, *, by: User) -> None:
    """A code of the app opens once, whichever process is asked; refused where it did already.

    allauth remembers this in its own process, of which there are several.
    """
    row = Authenticator.objects.select_for_update(of=("self",)).get(user=person, type=Authenticator.Type.TOTP)
    now, mark = int(time()), salted_hmac("core.used-code", f"{row.pk} {normalize_user_code(code)}").hexdigest()[:32]
    used = {other: at for other, at in row.data.get("used", {}).items() if now - at < REMEMBERED}

    refuse_if([USED] if mark in used else [])

    row.data = {**row.data, "used": {**used, mark: now}}
    row.save(update_fields=["data"])

    audit.record("second_step.used", on=person, by=by, sentence="A code of the app was used.")


@transaction.atomic
def end_sessions(person: User, *, by: User) -> User:
    """Every session of somebody ends with its next request; whoever asks keeps their own by a mark of its own."""
    refuse_if([] if person == by else ["Nobody signs somebody else out here."])

    person.session_mark = new_reference()
    person.save(update_fields=["session_mark"])

    audit.record("person.sessions_ended", on=person, by=by, sentence="Signed out everywhere else.")
    return person


@transaction.atomic
def note_factor(person: User, factor, done: str, *, by: User) -> None:
    """A second factor was added, removed or made anew: its owner is told, so that nobody else does it unseen."""
    called, at = FACTORS[factor.type], clock.now()
    post.send(
        "account.changed", key=f"factor:{person.pk}:{factor.type}:{done}:{at.isoformat()}", to=person, link="/account/two-factor",
        subject=f"{called} {done}", body=f"{called} {done} for your account at {_time(at)}. If it was not you, tell your system administrator.",
    )  # fmt: skip

    audit.record("second_step.changed", on=person, by=by, sentence=f"{called} {done}.")


def _time(moment) -> str:
    return f"{moment.astimezone(clock.LONDON):%H:%M}"


def _tell(person: User, until) -> None:
    """Its owner, and the system administrators of the authorities they work for; of the account alone."""
    at, key = _time(until), f"second-step:{person.pk}:{until.isoformat()}"
    post.send(
        "account.closed", key=key, to=person, link="/account", subject="Your account was closed for a short time",
        body=f"Somebody entered your password, and then {settings.AXES_FAILURE_LIMIT} wrong codes. No code is taken until {at}. "
        "If it was not you, change your password and tell your system administrator.",
    )  # fmt: skip
    held = person.roles_held.held_on(clock.today())
    keepers = User.objects.holding(Role.ADMINISTRATOR, authority__in=held.values("authority"))
    post.send_each(
        "account.closed", keepers.exclude(pk=person.pk).order_by("pk")[:20], key=key, link="/account",
        subject="An account was closed for a short time after wrong codes",
        body=f"The right password and {settings.AXES_FAILURE_LIMIT} wrong codes were entered for {person.full_name}. "
        f"The account takes no code until {at}. Ask them whether it was they.",
    )  # fmt: skip
