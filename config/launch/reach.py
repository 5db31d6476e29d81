"""Whether servers of somebody else answer, asked in a few seconds; run where packages are installed."""

import os
import sys
from urllib.parse import urlparse

import psycopg2
import redis

PATIENCE = 5  # seconds for a server that accepts and says nothing
DATABASES, QUEUES = {"postgres", "postgresql"}, {"redis", "rediss", "unix"}


def why_not_reach(name: str, address: str) -> str:
    """Take a setting's name and the address in it; give one sentence, without its password, or nothing where it answers."""
    url = _parsed(address)
    is_queue = name == "REDIS_URL"
    if url is None or url.scheme not in (QUEUES if is_queue else DATABASES):
        shape = "redis://host:6379/0" if is_queue else "postgres://name:password@host:5432/database"
        return f"{name} is no address of {'a queue' if is_queue else 'a PostgreSQL database'}; it is written as {shape}."
    try:
        (_ask_queue if is_queue else _ask_database)(address)
    except (psycopg2.Error, redis.RedisError, OSError, ValueError) as error:
        what = "queue" if is_queue else "database"
        return f"The {what} at {_shown(url)} ({name}) cannot be used: {_short(error, url.password)}."
    return ""


def _parsed(address: str):
    """The address in its parts, or nothing where it has none."""
    try:
        url = urlparse(address)
        url.port  # noqa: B018 - a port that is no number is told here
    except ValueError:
        return None
    return url


def _ask_database(address: str) -> None:
    psycopg2.connect(address, connect_timeout=PATIENCE, options=f"-c statement_timeout={PATIENCE * 1000}").close()


def _ask_queue(address: str) -> None:
    with redis.Redis.from_url(address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as queue:
        queue.ping()


def _shown(url) -> str:
    """Where it is, with nothing secret."""
    port = f":{url.port}" if url.port else ""
    return f"{url.hostname}{port}" if url.hostname else url.path or "no host"


def _short(error: Exception, secret: str | None) -> str:
    """The first line of what the client said, less what is said before, without the password."""
    first = (str(error).strip().splitlines() or [""])[0]
    said = first.rpartition(" failed: ")[2].removeprefix("FATAL:").strip().rstrip(".") or type(error).__name__
    return said.replace(secret, "…") if secret else said


if __name__ == "__main__":
    for told in sys.argv[1:]:
        if reason := why_not_reach(told, os.environ[told]):
            sys.exit(f"{told}\t{reason}")
