"""Who may be chosen on the demonstration's sign-in page."""

from django import template
from django.conf import settings

from core.directory import directories
from core.models import User

register = template.Library()


@register.simple_tag
def demonstration_people():
    """The invented people, in the order of the line; nobody outside a demonstration."""
    if not settings.DEMONSTRATION:
        return []
    return User.objects.filter(is_demonstration=True, is_active=True).order_by("pk")[:40]


@register.simple_tag
def sign_in_directories():
    """The directories by which people may sign in here, each with its address and its name."""
    return directories()
