"""Files as answers: saved and never run, and not found where the bytes are not those that were stored."""

import pytest
from django.http import Http404

from core.files import path_of, store
from core.views.files import attachment, stored_attachment

pytestmark = pytest.mark.django_db


def test_a_stored_file_is_saved_and_never_run_by_a_browser():
    answer = stored_attachment(store(b"%PDF-1.7 words", name="über.pdf"))

    assert answer.content == b"%PDF-1.7 words"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%BCber.pdf"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "default-src 'none'; sandbox")


def test_a_file_that_is_damaged_gone_or_not_there_is_not_found():
    damaged = store(b"%PDF-1.7 to be damaged", name="a.pdf")
    path_of(damaged.sha256).write_bytes(b"%PDF-1.7 other words")
    gone = store(b"%PDF-1.7 to be lost", name="b.pdf")
    path_of(gone.sha256).unlink()

    for stored in (damaged, gone, None):
        with pytest.raises(Http404):
            stored_attachment(stored)
    path_of(damaged.sha256).unlink()


def test_the_name_of_a_file_ends_no_header():
    answer = attachment(b"x", media_type="text/plain", name='a"\r\nX-Evil: yes.txt')

    assert "X-Evil" not in answer.headers
