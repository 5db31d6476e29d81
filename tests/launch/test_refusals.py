"""Each reason not to start is one clear sentence with the line that mends it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run
from config.launch import environment, folder, servers
from config.launch.stop import Stop

ROOT = Path(__file__).resolve().parents[2]


def refuse(ask) -> Stop:
    """Why `ask` stops: one sentence, and what to type."""
    with pytest.raises(Stop) as stopped:
        ask()
    assert stopped.value.line
    assert "\n" not in stopped.value.sentence
    return stopped.value


def test_a_taken_port_is_refused_with_another():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        reason = refuse(lambda: run.check_port(port))

    assert f"Port {port} is taken" in reason.sentence
    assert reason.line.startswith("python3 run.py --port ")


@pytest.mark.parametrize("typed", ["0", "65536", "eight", "-1", "²"])
def test_a_port_that_is_none_is_refused_when_typed(typed, capsys):
    with pytest.raises(SystemExit):
        run.words().parse_args([f"--port={typed}"])
    assert "give a number from 1 to 65535" in capsys.readouterr().err


def test_a_date_that_is_none_is_refused_when_typed(capsys):
    with pytest.raises(SystemExit):
        run.words().parse_args(["--today", "2026-02-30"])
    assert "write it as 2026-12-03" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").touch()

    reason = refuse(lambda: folder.check_writable(tmp_path / "file" / "var"))

    assert "You may not write in" in reason.sentence
    assert "--var" in reason.line


def test_a_tree_that_cannot_be_written_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "HOME", tmp_path / "nothing")
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert "cp -r" in refuse(environment.check_tree).line


def test_a_second_launcher_in_the_same_folder_is_refused(tmp_path):
    with folder.take(tmp_path):
        reason = refuse(lambda: folder.take(tmp_path))
    folder.take(tmp_path).close()

    assert "already using" in reason.sentence


def test_missing_shared_memory_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "SHARED_MEMORY", tmp_path / "nothing")

    reason = refuse(environment.check_machine)

    assert "/dev/shm" in reason.sentence
    assert "mount -t tmpfs" in reason.line


def test_a_machine_without_proc_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "PROCESSES", tmp_path / "nothing")

    assert "mount -t proc" in refuse(environment.check_machine).line


@pytest.fixture
def an_ordinary_user(monkeypatch):
    """Somebody who may not install packages."""
    monkeypatch.setattr(environment, "may_install", lambda: False)


def test_missing_pango_names_the_packages(monkeypatch, an_ordinary_user):
    monkeypatch.setattr(environment, "PANGO", {"libnothing-of-the-kind.so.9": "libnothing9"})

    assert refuse(environment.check_pango).line.endswith("libnothing9")


def test_a_missing_browser_names_the_package(monkeypatch, an_ordinary_user):
    monkeypatch.setattr(environment, "CHROMIUM", ("no-such-browser",))

    assert refuse(environment.check_browser).line.endswith("chromium")


def test_a_missing_venv_module_names_the_package(monkeypatch, tmp_path, an_ordinary_user):
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)

    reason = refuse(environment.make_environment)

    assert "venv module is not installed" in reason.sentence
    assert reason.line.endswith(f"python3.{sys.version_info.minor}-venv")


def test_pgbin_without_postgresql_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("PGBIN", str(tmp_path))

    assert str(tmp_path) in refuse(servers.postgres_programs).sentence


def test_what_is_not_understood_is_said_without_starting_anything():
    done = subprocess.run(
        [sys.executable, "run.py", "--colour=blue"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "not understood: --colour=blue" in done.stderr


@pytest.mark.parametrize("name", ["plain", "a folder with spaces", "n" * 120])
def test_sockets_lie_where_an_address_can_name_them(tmp_path, name):
    where = folder.socket_folder(tmp_path / name)

    assert len(os.fsencode(where)) <= folder.LONGEST_SOCKET
    assert folder.PLAIN.fullmatch(str(where))
    assert where.stat().st_mode & 0o777 == 0o700
    assert where == folder.socket_folder(tmp_path / name)
    where.rmdir()


def test_a_log_that_has_grown_is_put_aside_once(tmp_path):
    log = tmp_path / "log" / "web.log"
    folder.begin_log(log)
    log.write_bytes(b"x" * (folder.BIGGEST_LOG + 1))
    folder.begin_log(log)

    assert not log.exists()
    assert (tmp_path / "log" / "web.old.log").exists()


def test_the_last_line_of_a_log_is_what_a_person_is_told(tmp_path):
    log = tmp_path / "web.log"
    assert folder.end_of_log(log) == "nothing"
    log.write_text("first\nNo module named core\n\n")
    assert folder.end_of_log(log) == "No module named core"
