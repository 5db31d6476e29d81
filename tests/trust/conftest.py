"""The scene of tests/access serves here too."""

from tests.access.conftest import quiet, scene

__all__ = ["quiet", "scene"]
