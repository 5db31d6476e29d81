"""The scene, built once for the whole folder and rolled back at its end."""

import gc
import logging

import pytest
from django.db import transaction

from core import clock
from tests.access.scene import a_scene
from tests.conftest import TODAY


@pytest.fixture(scope="package")
def scene(django_db_setup, django_db_blocker):
    """Every record of every kind, in a transaction round all of the folder's tests."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.held_at(TODAY):
        yield a_scene()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet(scene):
    """A thousand refusals need no log, and the records no looking through for rubbish."""
    logging.disable(logging.CRITICAL)
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    logging.disable(logging.NOTSET)
