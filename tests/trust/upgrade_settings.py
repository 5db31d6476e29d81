"""The product's settings, with later migrations of core."""

from config.settings import *  # noqa: F403

MIGRATION_MODULES = {"core": "tests.trust.migrations"}
