"""The two roles, the database and its extensions, made once; run where packages are installed.

What a superuser has to do before the first migration, here and in production:
`DATABASE_SUPERUSER_URL=postgres://… python -m config.launch.prepare_database`.
"""

import os
from contextlib import closing

import psycopg2
from psycopg2 import sql

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent", "citext")
ROLES = {  # the role: its rights, and where its password is found
    "throughline_owner": ("LOGIN CREATEDB", "DATABASE_OWNER_PASSWORD"),
    "throughline": ("LOGIN", "DATABASE_PASSWORD"),
}
# The service reads and writes rows; it makes no tables and empties none.
RIGHTS = (
    ("TABLES", "SELECT, INSERT, UPDATE, DELETE"),
    ("SEQUENCES", "USAGE, SELECT"),
)


def _do(address: str, database: str, work) -> None:
    """Run `work` with a cursor of the superuser's, each statement on its own."""
    with closing(psycopg2.connect(address, dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            work(cursor)


def make_roles(cursor) -> None:
    """The owner of the tables and the service, with passwords where the environment has them."""
    for role, (rights, secret) in ROLES.items():
        name = sql.Identifier(role)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE ROLE {} " + rights).format(name))
        if os.environ.get(secret):
            cursor.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(os.environ[secret]))
            )


def make_rights(cursor) -> None:
    """The extensions, and what the service may do with tables that the owner will make."""
    for extension in EXTENSIONS:
        cursor.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
        )
    for what, rights in RIGHTS:
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner IN SCHEMA public"
            f" GRANT {rights} ON {what} TO throughline"
        )


def make_database(cursor) -> None:
    """The service's database, owned by the tables' owner."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'throughline'")
    if not cursor.fetchone():
        cursor.execute("CREATE DATABASE throughline OWNER throughline_owner")


def prepare(address: str) -> None:
    """Make what is missing and leave what is there; new databases come with the same rights."""
    _do(address, "postgres", make_roles)
    _do(address, "template1", make_rights)
    _do(address, "postgres", make_database)
    _do(address, "throughline", make_rights)


if __name__ == "__main__":
    prepare(os.environ["DATABASE_SUPERUSER_URL"])
