"""The product's settings, with the few that tests need otherwise."""

import os
import tempfile

os.environ.setdefault("THROUGHLINE_MODE", "test")
os.environ["THROUGHLINE_MODE"] = "test"
os.environ.setdefault("THROUGHLINE_FILES", tempfile.mkdtemp(prefix="throughline-files-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _of_its_own(worker: str) -> None:
    """Of two processes that test side by side, each has a queue and files of its own; what they start has the same."""
    queue = os.environ.get("REDIS_URL", "")
    if queue.startswith("unix:"):
        os.environ["REDIS_URL"] = f"{queue.split('?')[0]}?db={1 + int(worker.removeprefix('gw'))}"
    if not os.environ["THROUGHLINE_FILES"].endswith(worker):
        os.environ["THROUGHLINE_FILES"] += f"-{worker}"


if os.environ.get("PYTEST_XDIST_WORKER"):
    _of_its_own(os.environ["PYTEST_XDIST_WORKER"])

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
EMAIL_BACKEND = "core.mail.FileBackend"
QUESTIONS_ARE_COMPARED = True
