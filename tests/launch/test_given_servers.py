"""Servers given by address that do not answer: one sentence, the line that mends it, and never a password or a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from config.launch import reach
from config.launch.servers import check_given
from config.launch.stop import Stop
from tests.journeys.conftest import address_of

ROOT = Path(__file__).resolve().parents[2]
SECRET = "s3cret-word"


@pytest.fixture
def shut_port():
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def silent_port(monkeypatch):
    """A port that accepts and never says anything."""
    monkeypatch.setattr(reach, "PATIENCE", 2)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def is_one_clear_sentence(said):
    """One line that names no secret."""
    return said.endswith(".") and "\n" not in said and SECRET not in said and "Traceback" not in said


@pytest.mark.parametrize(("name", "address"), [
    ("DATABASE_URL", "postgres://tl:{secret}@127.0.0.1:{port}/tl"), ("REDIS_URL", "redis://:{secret}@127.0.0.1:{port}/0"),
])  # fmt: skip
def test_a_server_that_is_not_there_is_named(shut_port, name, address):
    said = reach.why_not_reach(name, address.format(secret=SECRET, port=shut_port))

    assert f"127.0.0.1:{shut_port} ({name}) cannot be used" in said
    assert "refused" in said.lower()
    assert is_one_clear_sentence(said)


@pytest.mark.parametrize(("name", "address"), [
    ("DATABASE_URL", "postgres://tl:{secret}@127.0.0.1:{port}/tl"), ("REDIS_URL", "redis://:{secret}@127.0.0.1:{port}/0"),
])  # fmt: skip
def test_a_server_that_accepts_and_says_nothing_holds_nobody_up(silent_port, name, address):
    said = reach.why_not_reach(name, address.format(secret=SECRET, port=silent_port))

    assert f"127.0.0.1:{silent_port}" in said
    assert is_one_clear_sentence(said)


@pytest.mark.parametrize(("name", "address"), [
    ("DATABASE_URL", "mysql://tl:s3cret-word@db/tl"), ("DATABASE_URL", "throughline"), ("DATABASE_OWNER_URL", "http://[::1"),
    ("DATABASE_URL", "postgres://tl:s3cret-word@db:many/tl"), ("REDIS_URL", "amqp://queue"), ("REDIS_URL", "redis://queue:x/0"),
])  # fmt: skip
def test_what_is_no_address_is_said_with_how_one_is_written(name, address):
    said = reach.why_not_reach(name, address)

    assert f"{name} is no address of a" in said
    assert "it is written as" in said
    assert is_one_clear_sentence(said)


@pytest.mark.django_db
def test_servers_that_answer_are_left_alone_and_a_database_that_is_missing_is_not():
    here = address_of(connection.settings_dict)
    missing = here.replace(connection.settings_dict["NAME"], "no_such_database")

    assert reach.why_not_reach("DATABASE_URL", here) == ""
    assert reach.why_not_reach("REDIS_URL", os.environ["REDIS_URL"]) == ""
    assert 'database "no_such_database" does not exist' in reach.why_not_reach("DATABASE_URL", missing)


@pytest.mark.parametrize(("name", "address", "mends"), [
    ("DATABASE_URL", "postgres://tl:s3cret-word@127.0.0.1:{port}/tl", "unset DATABASE_URL DATABASE_OWNER_URL; python3 run.py"),
    ("REDIS_URL", "redis://:s3cret-word@127.0.0.1:{port}/0", "unset REDIS_URL; python3 run.py"),
])  # fmt: skip
def test_the_launcher_says_one_sentence_and_the_line_that_mends_it(tmp_path, shut_port, name, address, mends):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "REDIS_"))}
    done = subprocess.run(
        [sys.executable, "run.py", "servers", "--var", str(tmp_path / "var")], cwd=ROOT, text=True, capture_output=True,
        env={**clean, name: address.format(port=shut_port)}, check=False, timeout=120,
    )  # fmt: skip

    assert done.returncode == 1
    sentence, mending, line = done.stderr.strip().splitlines()
    assert f"({name}) cannot be used" in sentence
    assert mending == "This mends it:"
    assert line.strip().startswith(mends)
    assert SECRET not in done.stderr + done.stdout
    assert not (tmp_path / "var" / "postgres").exists()


def test_with_no_address_nobody_is_asked():
    check_given({**os.environ, "DATABASE_URL": "", "REDIS_URL": ""}, ["DATABASE_URL", "REDIS_URL"])


def test_each_is_named_by_its_own_setting(shut_port):
    with pytest.raises(Stop, match="DATABASE_OWNER_URL"):
        check_given({**os.environ, "DATABASE_OWNER_URL": f"postgres://x@127.0.0.1:{shut_port}/x"}, ["DATABASE_OWNER_URL"])
