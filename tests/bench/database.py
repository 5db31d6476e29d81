"""Makes one of the benchmark's databases afresh, empty or as a copy: `python -m tests.bench.database NAME TEMPLATE`, as a superuser."""

import os
import sys
from contextlib import closing

import psycopg2
from psycopg2 import sql


def make(name: str, template: str) -> None:
    """Drop the database of that name, and make it from another."""
    with closing(psycopg2.connect(os.environ["DATABASE_SUPERUSER_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            words = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER throughline_owner")
            cursor.execute(words.format(sql.Identifier(name), sql.Identifier(template)))


if __name__ == "__main__":
    make(*sys.argv[1:])
