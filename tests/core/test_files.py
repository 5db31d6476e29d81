"""Files as answers: saved and never run, and not handed out where the bytes are not those that were stored; orphans are removed."""

import os
import time

import pytest
from django.http import Http404

from core.files import FileDamaged, path_of, store, sweep_orphans, write_whole
from core.views.files import attachment, stored_attachment

pytestmark = pytest.mark.django_db


def test_a_stored_file_is_saved_and_never_run_by_a_browser():
    answer = stored_attachment(store(b"%PDF-1.7 words", name="über.pdf"))

    assert answer.content == b"%PDF-1.7 words"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%BCber.pdf"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "default-src 'none'; sandbox")


def test_a_file_that_is_damaged_or_gone_is_not_handed_out_and_one_that_is_not_there_is_not_found():
    damaged = store(b"%PDF-1.7 to be damaged", name="a.pdf")
    path_of(damaged.sha256).write_bytes(b"%PDF-1.7 other words")
    gone = store(b"%PDF-1.7 to be lost", name="b.pdf")
    path_of(gone.sha256).unlink()

    for stored in (damaged, gone):
        with pytest.raises(FileDamaged):
            stored_attachment(stored)
    with pytest.raises(Http404):
        stored_attachment(None)
    path_of(damaged.sha256).unlink()


def aged(path, hours):
    """A file as if nobody had written it for so long."""
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def test_files_that_no_row_names_are_removed_after_a_day_and_no_others(tmp_path, settings):
    settings.FILES = tmp_path
    kept = aged(path_of(store(b"%PDF-1.7 kept", name="a.pdf").sha256), 50)
    orphans = {hours: path_of(f"{hours:02d}" * 32) for hours in (25, 23)}
    for hours, path in orphans.items():
        write_whole(path, b"left by a kill")
        aged(path, hours)
    part = aged_part(tmp_path)
    other = aged(tmp_path / "25" / "notes.txt", 99) if (tmp_path / "25" / "notes.txt").write_bytes(b"ours") else None

    assert sweep_orphans() == 1
    assert [kept.exists(), orphans[25].exists(), orphans[23].exists(), part.exists(), other.exists()] == [True, False, True, False, True]
    assert sweep_orphans() == 0


def aged_part(folder):
    """A part that a writer left half-written two days ago."""
    part = folder / "25" / ".half.1.1"
    part.write_bytes(b"half")
    return aged(part, 48)


def test_bytes_that_are_stored_again_are_no_orphan_while_their_row_is_on_its_way(tmp_path, settings):
    settings.FILES = tmp_path
    path = aged(path_of(store(b"%PDF-1.7 words", name="a.pdf").sha256), 50)
    write_whole(path, b"%PDF-1.7 words")
    assert time.time() - path.stat().st_mtime < 60


def test_the_name_of_a_file_ends_no_header():
    answer = attachment(b"x", media_type="text/plain", name='a"\r\nX-Evil: yes.txt')

    assert "X-Evil" not in answer.headers
