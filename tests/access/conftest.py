"""The scene, built once for the whole folder and rolled back at its end."""

import gc
import logging

import pytest
from django.db import transaction

from core import clock, pdf
from tests.access.scene import a_scene
from tests.conftest import TODAY


@pytest.fixture(scope="package")
def scene(django_db_setup, django_db_blocker):
    """Every record of every kind, in a transaction round all of the folder's tests."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.held_at(TODAY):
        with pytest.MonkeyPatch.context() as meanwhile:
            meanwhile.setattr(pdf, "print_page", in_plain_words)
            made = a_scene()
        yield made
        transaction.set_rollback(True)


def in_plain_words(page: str, *, tell=None) -> pdf.Heard:
    """A PDF of one empty page that holds all the printer would be given, uncompressed: a canary in it is found as it stands."""
    words = "".join(f"%{line}\n" for line in page.encode("ascii", "xmlcharrefreplace").decode().splitlines())
    parts = [f"%PDF-1.7\n{words}"]
    for number, what in enumerate(("/Type/Catalog/Pages 2 0 R", "/Type/Pages/Kids[3 0 R]/Count 1", "/Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]"), 1):
        parts.append(f"{number} 0 obj<<{what}>>endobj\n")
    at = [sum(map(len, parts[:n])) for n in range(1, 5)]
    index = "".join(f"{one:010} 00000 n \n" for one in at[:3])
    end = f"xref\n0 4\n0000000000 65535 f \n{index}trailer<</Size 4/Root 1 0 R>>\nstartxref\n{at[3]}\n%%EOF\n"
    return pdf.Heard(content="".join([*parts, end]).encode())


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
