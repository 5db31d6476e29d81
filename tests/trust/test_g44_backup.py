"""trust G44: a copy is made while people work, put back with everything in it, and refused where a byte of it is wrong."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.backup.make import make_copy
from config.backup.restore import why_not_whole
from tests.trust.running import ROOT, SOCIAL_WORKER, Load, manage

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
SEAL = "from core import seals\nseals.seal_trail()\nseals.copy_out()\n"
STORE = """
from core import files
from core.models import User
print(files.store(b"%PDF-1.7 the pack that is read again", name="pack-of-the-drill.pdf", by=User.objects.first()).sha256)
"""
READ = """
from core import files
from core.models import StoredFile
print(files.read(StoredFile.objects.get(name="pack-of-the-drill.pdf")).decode())
"""


def starting(child):
    """A deed: this referral is started."""
    return lambda who, number, turn: who.post(f"/referrals/new/{child}", {"idempotency_key": f"g44-{number}-{turn}"})


@pytest.fixture
def service(running):
    """The service, its trail sealed, with one file that is known."""
    service = running()
    service.settings["DATABASE_SUPERUSER_URL"] = service.servers.database.address("postgres", "postgres")
    service.sha256 = manage(service.settings, "shell", "--no-imports", told=STORE).split()[-1]
    manage(service.settings, "shell", "--no-imports", told=SEAL)
    return service


def copied(service) -> Path:
    """A copy, by the command."""
    manage(service.settings, "backup", str(service.folder / "copies"))
    return max((service.folder / "copies").iterdir())


def refusal(service, copy) -> str:
    """The one sentence by which the command refuses a copy."""
    done = subprocess.run([sys.executable, "manage.py", "restore", str(copy)], cwd=ROOT, env=service.settings, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr.strip().splitlines()[-1]


def damaged(copy, target, part, how) -> Path:
    """The same copy with one part damaged."""
    shutil.copytree(copy, target)
    bytes_of = bytearray((target / part).read_bytes())
    if how == "flipped":
        bytes_of[len(bytes_of) // 2] ^= 1
    (target / part).write_bytes(bytes_of if how == "flipped" else bytes_of[:-1])
    if how == "gone":
        (target / part).unlink()
    return target


def test_g44_a_copy_made_under_load_is_put_back_whole(service, tried):
    service.start("web")
    people = [service.be(SOCIAL_WORKER) for _ in range(2)]
    with Load(starting(people[0].children()[0]), people) as load:
        time.sleep(2)
        copy = copied(service)
        time.sleep(1)
    assert load.statuses() == {302}
    said = json.loads((copy / "manifest.json").read_text())
    after = service.number("SELECT count(*) FROM referrals_referral")
    assert said["tables"]["referrals_referral"][0] < after

    service.close()
    began = time.monotonic()
    answer = manage(service.settings, "restore", str(copy))
    took = time.monotonic() - began

    assert "The trail is whole" in answer
    assert service.number("SELECT count(*) FROM referrals_referral") == said["tables"]["referrals_referral"][0]
    assert manage(service.settings, "shell", "--no-imports", told=READ).strip().endswith("the pack that is read again")
    assert service.number("SELECT count(*) FROM pg_database WHERE datname LIKE '%before-%'") >= 1
    # The service works on what was put back, and no number is given twice.
    service.start("web")
    again = service.be(SOCIAL_WORKER)
    assert again.post(f"/referrals/new/{again.children()[0]}", {"idempotency_key": "after"}).status_code == 302
    rows = sum(count for count, _ in said["tables"].values())
    tried("G44", "rows copied under load, put back and compared", count=rows, expected="all", found=f"all {rows:,} rows put back in {took:.0f} s")


def test_g44_a_damaged_copy_is_refused_before_anything_is_overwritten(service, tmp_path, tried):
    copy = copied(service)
    service.number("SELECT 1")
    file = next(f"files/{name}" for name in json.loads((copy / "manifest.json").read_text())["files"])
    before = service.number("SELECT count(*) FROM core_auditevent")
    found = {}
    for part in ("database.dump", file, "manifest.json", "manifest.sha256"):
        for how in ("flipped", "cut", "gone"):
            bad = damaged(copy, tmp_path / f"bad-{len(found)}", part, how)
            found[part, how] = why_not_whole(bad)
    assert all(found.values()), found
    for part, how in (("database.dump", "flipped"), (file, "gone")):
        sentence = refusal(service, damaged(copy, tmp_path / f"asked-{how}", part, how))
        assert part in sentence
        assert sentence.endswith("Nothing was overwritten.")
    assert service.number("SELECT count(*) FROM core_auditevent") == before
    tried("G44", "damaged copies", count=len(found), expected="all refused", found=f"{len(found)} of {len(found)} refused")


def test_g44_rows_that_differ_from_what_was_written_down_are_refused(service):
    """Whole by its hashes, and yet not what was copied: the list says one row more."""
    copy = copied(service)
    said = json.loads((copy / "manifest.json").read_text())
    said["tables"]["core_user"][0] += 1
    (copy / "manifest.json").write_text(json.dumps(said))
    digest = subprocess.run(["sha256sum", copy / "manifest.json"], capture_output=True, text=True, check=True).stdout.split()[0]
    (copy / "manifest.sha256").write_text(digest)

    assert "core_user has" in refusal(service, copy)


def test_g44_a_seal_made_while_it_is_copied_does_not_spoil_the_copy(tmp_path, monkeypatch):
    """The marks are copied before the dump: none is of a seal that the dump has not."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "seals.txt").write_text("1 first\n")

    def dumped(address, dump):
        dump.write_bytes(b"dump")
        (files / "seals.txt").write_text("1 first\n2 second\n")
        return {"named": [], "tables": {}, "sequences": {}}

    monkeypatch.setattr("config.backup.make._copy_database", dumped)
    make_copy("", files, tmp_path / "copy", at="now")

    assert (tmp_path / "copy" / "files" / "seals.txt").read_text() == "1 first\n"


def test_g44_without_the_hashes_a_flipped_byte_goes_unseen(service, tmp_path, monkeypatch):
    """The control: sizes alone do not tell."""
    bad = damaged(copied(service), tmp_path / "bad", "database.dump", "flipped")
    assert why_not_whole(bad)
    monkeypatch.setattr("config.backup.restore._why_not_part", lambda path, name, part: None if path.stat().st_size == part["size"] else "cut")

    assert why_not_whole(bad) is None
