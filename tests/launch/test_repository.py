"""What is committed: no registry's host, no path of one machine, every package with its hash."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not name them either.
HOSTS = [".".join(parts) for parts in (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"),
    ("registry", "yarnpkg", "com"), ("proxy", "golang", "org"),
)]  # fmt: skip
PATHS = ["/" + "/".join(parts) for parts in (
    ("work", ""), ("opt", "wheels"), ("opt", "pypi"), ("tmp", "brief"), ("tmp", "tl-dev"),
)]  # fmt: skip
PINNED = ("requirements.txt", "requirements-dev.txt")


def committed() -> list[Path]:
    """Every file of the repository; where there is no git, every file that git would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        ours = (p for p in ROOT.rglob("*") if not {".venv", "var", "__pycache__"} & set(p.parts))
        return [path for path in ours if path.is_file()]
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("word", [*HOSTS, *PATHS])
def test_no_committed_file_names_a_registry_or_one_machine(word):
    # static/vendor is other people's work, kept as they published it.
    ours = [path for path in committed() if "vendor" not in path.parts]
    naming = [str(p.relative_to(ROOT)) for p in ours if word.encode() in p.read_bytes()]

    assert naming == []


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml", ".env"])
def test_files_that_record_addresses_or_secrets_are_not_committed(name):
    assert ROOT / name not in committed()
    assert name in (ROOT / ".gitignore").read_text().split()


def pins(name: str) -> dict[str, str]:
    """Each package in a pinned file with the lines that follow it."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(), flags=re.M)
    return {re.match(r"[A-Za-z0-9._-]+", block)[0].lower(): block for block in blocks[1:]}


def wanted(*, dev: bool) -> set[str]:
    """The packages that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["dependencies"] + (project["optional-dependencies"]["dev"] if dev else [])
    return {re.match(r"[A-Za-z0-9._-]+", line)[0].lower() for line in lines}


@pytest.mark.parametrize("name", PINNED)
def test_every_package_is_pinned_to_one_version_with_its_hashes(name):
    loose = [
        package for package, block in pins(name).items()
        if "==" not in block.split("\n")[0] or "--hash=sha256:" not in block
    ]  # fmt: skip

    assert pins(name)
    assert loose == []


@pytest.mark.parametrize("name", PINNED)
def test_every_package_that_the_project_names_is_pinned(name):
    assert wanted(dev="dev" in name) - set(pins(name)) == set()


def test_both_pinned_files_agree():
    service, dev = pins(PINNED[0]), pins(PINNED[1])
    differing = [p for p in service if p in dev and dev[p].split()[0] != service[p].split()[0]]

    assert differing == []


def test_the_check_of_a_clean_clone_is_the_command_in_the_readme():
    check = ROOT / ".ci" / "run"

    assert check.read_text().rstrip().endswith("exec python3 run.py test")
    assert check.stat().st_mode & 0o111
    assert "python3 run.py test" in (ROOT / "README.md").read_text()
