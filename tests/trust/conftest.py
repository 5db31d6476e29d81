"""The scene of tests/access serves here too; and the whole service as it runs in earnest."""

import pytest
from django.db import connection

from tests.access.conftest import quiet, scene
from tests.journeys.conftest import address_of
from tests.trust.running import Filled, Running

__all__ = ["quiet", "scene"]


@pytest.fixture(scope="session")
def filled(tmp_path_factory, django_db_setup, django_db_blocker):
    """Servers of their own, with the borough loaded once; its tables are those of the tests' own database."""
    with django_db_blocker.unblock():
        made = Filled(tmp_path_factory.mktemp("filled"), address_of(connection.settings_dict))
    yield made
    made.close()


@pytest.fixture
def running(tmp_path, filled):
    """Makes the service on a copy of the borough, and ends it."""
    made = []

    def make(**how):
        made.append(Running(filled, tmp_path / f"service{len(made)}", **how))
        return made[-1]

    yield make
    for one in made:
        one.close()
