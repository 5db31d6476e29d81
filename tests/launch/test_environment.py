"""How the environment is filled: every pinned package once, by two pips at once, and who types sudo."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from config.launch import environment, service

ROOT = Path(__file__).resolve().parents[2]


def packages(text: str) -> list[str]:
    """The pinned packages, each with its hashes."""
    return sorted(b.strip() for b in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M) if b.strip())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_two_halves_have_every_package_once_with_its_hashes(name):
    pinned = (ROOT / name).read_text()
    first, second = environment.halves(pinned)

    assert sorted(packages(first) + packages(second)) == packages(pinned)
    assert abs(len(packages(first)) - len(packages(second))) <= 1
    assert all("--hash=sha256:" in block for block in packages(first))


@pytest.mark.parametrize(("failing", "well"), [("nobody", True), ("half-1", False)])
def test_a_pip_that_fails_is_told(monkeypatch, tmp_path, failing, well):
    pip = tmp_path / "pip"
    pip.write_text(f'#!/bin/sh\ncase "$*" in *{failing}*) exit 1;; esac\n')
    pip.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", pip)
    monkeypatch.setattr(environment, "HOME", tmp_path)

    assert environment.run_pip(ROOT / "requirements.txt") is well


@pytest.mark.parametrize(("who", "line"), [(0, "one && two"), (1000, "sudo one && sudo two")])
def test_whoever_is_root_already_needs_no_sudo(monkeypatch, who, line):
    monkeypatch.setattr(os, "geteuid", lambda: who)

    assert environment.by_root("one", "two") == line


def test_a_second_start_installs_nothing(monkeypatch, tmp_path):
    (tmp_path / "pinned.txt").write_text("a==1 --hash=sha256:00\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "HOME", tmp_path)
    asked = []
    monkeypatch.setattr(environment, "run_pip", lambda pinned: asked.append(pinned) or True)

    environment.install_requirements("pinned.txt")
    environment.install_requirements("pinned.txt")

    assert asked == [tmp_path / "pinned.txt"]


def test_a_new_environment_has_the_pip_that_came_with_python(monkeypatch, tmp_path):
    home = tmp_path / "made"
    monkeypatch.setattr(environment, "HOME", home)
    monkeypatch.setattr(environment, "PYTHON", home / "bin" / "python")
    monkeypatch.setattr(environment, "UNFINISHED", home / ".unfinished")

    environment.make_environment()
    said = subprocess.run(
        [home / "bin" / "python", "-m", "pip", "--version"], capture_output=True, text=True, check=True
    ).stdout

    assert str(home) in said
    assert not environment.UNFINISHED.exists()


def test_what_was_compiled_is_kept_even_where_the_shell_says_not_to(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "elsewhere")

    environment.keep_bytecode()

    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert os.environ["PYTHONPYCACHEPREFIX"] == str(environment.BYTECODE)


def test_tables_that_are_there_are_not_made_again(tmp_path):
    mark = tmp_path / "migrated"
    mark.write_text(service.digest_of_migrations())

    assert service.tables_ahead({}, mark) is None


def test_a_maker_of_tables_reads_its_code_and_makes_nothing_before_it_is_told(tmp_path):
    settings = {**os.environ, "DATABASE_OWNER_URL": "postgres://nobody@/nothing?host=/nowhere"}

    tables = service.tables_ahead(settings, tmp_path / "migrated")
    said = tables.maker.communicate()

    assert tables.maker.returncode == 1  # nobody told it: the launcher has gone
    assert said == (None, None)
