"""A mail server that writes down every single time it is given an email; a repeat is a second line."""

import os

from django.core.mail.backends.base import BaseEmailBackend


class CountingBackend(BaseEmailBackend):
    """Appends a line for each email it accepts, as one write that no kill can halve."""

    def send_messages(self, email_messages):
        """Take them all; returns how many."""
        log = os.open(os.environ["ONCE_MAIL"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        for email in email_messages:
            os.write(log, f"{email.message()['Message-ID']}\n".encode())
        os.close(log)
        return len(email_messages)
