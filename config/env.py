"""Settings read from the environment: each fails loudly and says what to do."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or `default`; without either, a sentence that says what to set."""
    value = os.environ.get(name, default)
    if value is None or (default is None and not value.strip()):
        raise ImproperlyConfigured(f"Set {name} in the environment; .env.example shows how.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; false for 0, false, no, off or empty."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; set it to 1 or 0.")


def number(name: str, default: int | None = None) -> int:
    """The whole number in `name`, or `default`."""
    value = text(name, None if default is None else str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to a whole number.") from error
