"""trust G18: a full disk, a kill in the middle or a bit that flips never gives anybody a wrong document."""

import os
import random
import resource
import signal
from pathlib import Path

import pytest

from core import files
from core.views.files import stored_attachment

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 400
SEED = 18


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A folder of files for this test alone."""
    settings.FILES = tmp_path
    return tmp_path


def in_a_child(work) -> int:
    """Do something in a process that may die of it; how it ended."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except OSError:
            status = 28
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1]


def write(target, *, room=None, by=files.write_whole):
    """Write the content where there is room for so many bytes."""

    def work():
        if room is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        by(target, CONTENT)

    return in_a_child(work)


def left_in(folder) -> list[Path]:
    """Every file under it."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("tenth", range(10))
def test_g18_no_room_at_any_tenth_of_a_write_leaves_nothing(folder, tenth):
    target = folder / "ab" / "abcdef"

    assert os.waitstatus_to_exitcode(write(target, room=len(CONTENT) * tenth // 10)) == 28
    assert left_in(folder) == []
    assert write(target) == 0
    assert target.read_bytes() == CONTENT


def test_g18_written_in_place_it_would_be_torn(folder):
    """The control: the same disk, and a writer without the temporary file."""
    target = folder / "abcdef"
    torn = [write(target, room=len(CONTENT) * tenth // 10, by=lambda path, content: path.write_bytes(content)) for tenth in range(1, 10)]

    assert [os.waitstatus_to_exitcode(status) for status in torn] == [28] * 9
    assert target.exists()
    assert target.read_bytes() != CONTENT


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_g18_a_kill_before_the_rename_leaves_no_document_and_the_next_try_is_whole(folder, monkeypatch, moment):
    target = folder / "ab" / "abcdef"

    def killed():
        name, where = ("fsync", os) if moment == "fsync" else ("replace", Path)
        setattr(where, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        files.write_whole(target, CONTENT)

    assert os.waitstatus_to_exitcode(in_a_child(killed)) == -signal.SIGKILL
    assert not target.exists()
    assert len(left_in(folder)) == 1
    assert write(target) == 0
    assert target.read_bytes() == CONTENT


def test_g18_what_a_killed_writer_left_is_cleared_away_in_time(folder, monkeypatch):
    target = folder / "ab" / "abcdef"
    old, new = target.with_name(".abcdef.1.1"), target.with_name(".other.2.2")
    target.parent.mkdir()
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))

    files.write_whole(target, CONTENT)

    assert sorted(left_in(folder)) == sorted([new, target])


def test_g18_a_flipped_bit_is_found_20_of_20_and_never_served(folder):
    chance = random.Random(SEED)
    stored = files.store(CONTENT, name="pack.pdf")
    path = files.path_of(stored.sha256)
    found = 0
    for _ in range(20):
        flipped = bytearray(CONTENT)
        flipped[chance.randrange(len(CONTENT))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(flipped))
        with pytest.raises(files.FileDamaged):
            files.read(stored)
        with pytest.raises(files.FileDamaged):
            stored_attachment(stored)
        found += 1

    assert found == 20, SEED
    assert path.read_bytes() != CONTENT  # the control: read without its hash, it would have been served


def test_g18_bytes_that_are_stored_again_mend_a_damaged_file(folder):
    stored = files.store(CONTENT, name="pack.pdf")
    files.path_of(stored.sha256).write_bytes(CONTENT[:50])

    files.store(CONTENT, name="pack.pdf")

    assert files.read(stored) == CONTENT
