"""The control of G19: the web with no limit to the lists that one person has waiting."""

from config.wsgi import application
from core import exporting

exporting.MOST_OPEN = 10_000

__all__ = ["application"]
