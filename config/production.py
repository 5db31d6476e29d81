"""What production refuses to start with."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.models import User


def refuse_demonstration_people() -> None:
    """Raise where real people would be served from a database in which invented ones may sign in."""
    if settings.PRODUCTION and User.objects.filter(is_demonstration=True).exists():
        raise ImproperlyConfigured(
            "This database has demonstration people in it. Begin with an empty one before serving real people."
        )
