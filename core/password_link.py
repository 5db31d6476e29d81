"""The link by which somebody sets a password: for one person, for seven days, and for one time."""

from datetime import timedelta

from django.core import signing

from core.models import User

SALT, LASTS = "core.password-link", timedelta(days=7)


def link_for(person: User) -> str:
    """Its address; what it carries is signed, and no longer right once the password is another."""
    return f"/sign-in/password/{signing.dumps([person.reference, _mark(person)], salt=SALT)}"


def whose(token: str) -> User | None:
    """Whom a link is for; nobody where it was used, has run out, or was never given."""
    try:
        reference, mark = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = User.objects.filter(reference=reference, is_active=True).first()
    return person if person is not None and _mark(person) == mark else None


def _mark(person: User) -> str:
    return person.get_session_auth_hash()[:20]
