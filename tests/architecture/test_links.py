"""Nothing that is committed leads out of the repository."""

import subprocess

from tests.architecture.code import ROOT


def test_no_link_is_committed():
    """A committed .venv link would take the place of the environment of whoever merges it."""
    listed = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, text=True, check=False)
    links = [line.split("\t")[1] for line in listed.stdout.splitlines() if line.startswith("120000")]

    assert links == [], "Take it out before anything is merged: git rm --cached .venv; git commit --amend --no-edit"
