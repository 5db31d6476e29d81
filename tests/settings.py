"""The product's settings, with the few that tests need otherwise."""

import os
import tempfile

os.environ.setdefault("THROUGHLINE_MODE", "test")
os.environ["THROUGHLINE_MODE"] = "test"
os.environ.setdefault("THROUGHLINE_FILES", tempfile.mkdtemp(prefix="throughline-files-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
EMAIL_BACKEND = "core.mail.FileBackend"
