"""What the tests about paper share: hostile snippets, a server that nobody should ask, and words put into every fact."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count

from django.utils.safestring import mark_safe

SECRET = "a-secret-of-this-machine"
SNIPPETS = (
    '<img src="http://{at}/img">', '<link rel="stylesheet" href="http://{at}/css">', "<style>@import url(http://{at}/import)</style>",
    '<div style="background:url(http://{at}/background)">x</div>', '<object data="http://{at}/object"></object>',
    '<embed src="http://{at}/embed">', '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://{at}/svg" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="http://{at}/use#a"/></svg>', '<a rel="attachment" href="file://{secret}">x</a>',
    '<link rel="attachment" href="file://{secret}">', '<img src="file://{secret}">',
    "<style>@font-face{{font-family:z;src:url(http://{at}/font)}} p{{font-family:z}}</style>",
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage href=%22http://{at}/inner%22/%3E%3C/svg%3E">',
    '<img src="/static/../config/settings.py">', '<a rel="attachment" href="//{at}/static/css/base.css">x</a>',
)  # fmt: skip


class Canary:
    """A server on this machine that remembers who asked it for what."""

    def __init__(self):
        self.asked = []
        asked = self.asked

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def at(self) -> str:
        """Where it is."""
        return f"127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        """It answers no more."""
        self.server.shutdown()
        self.server.server_close()


class Poison:
    """Puts one snippet after another behind every text of frozen facts, escaped as ever or let through."""

    def __init__(self, snippets, *, escaped: bool):
        self.snippets, self.escaped, self.turn, self.texts = list(snippets), escaped, count(), 0

    def within(self, kept):
        """The same facts, poisoned."""
        if isinstance(kept, dict):
            return {key: self.within(value) for key, value in kept.items()}
        if isinstance(kept, list | tuple):
            return [self.within(value) for value in kept]
        if not isinstance(kept, str):
            return kept
        self.texts += 1
        words = kept + self.snippets[next(self.turn) % len(self.snippets)]
        return words if self.escaped else mark_safe(words)


def page_with(body: str) -> str:
    """A page of ours with this in it."""
    head = '<title>t</title><link rel="stylesheet" href="/static/css/print-paper.css">'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>'
