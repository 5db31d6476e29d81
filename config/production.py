"""What production refuses to start with."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def refuse_demonstration_people() -> None:
    """Raise where real people would be served from a database in which invented ones may sign in."""
    if not settings.PRODUCTION:
        return
    if apps.get_model("core.User").objects.filter(is_demonstration=True).exists():
        raise ImproperlyConfigured(
            "This database has demonstration people in it. Begin with an empty one before serving real people."
        )
