"""The demonstration's mail server: one file an email, under var/."""

import os
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """Writes each email to a file named by its Message-ID, so that a repeat changes nothing."""

    def send_messages(self, email_messages):
        """Write them all; returns how many."""
        folder = Path(settings.MAIL_FILES)
        folder.mkdir(parents=True, exist_ok=True)
        for email in email_messages:
            mime = email.message()
            name = mime["Message-ID"].strip("<>").split("@")[0]
            part = folder / f".{name}.{os.getpid()}"
            part.write_bytes(mime.as_bytes())
            part.replace(folder / f"{name}.eml")
        return len(email_messages)
