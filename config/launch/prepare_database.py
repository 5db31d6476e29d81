"""The roles, the database and its extensions; run by the environment's own Python."""

import sys

import psycopg2
from psycopg2 import sql

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent", "citext")


def connect(folder: str, database: str):
    """A connection as the superuser, each statement on its own."""
    connection = psycopg2.connect(host=folder, user="postgres", dbname=database)
    connection.autocommit = True
    return connection


def prepare(folder: str) -> None:
    """Make what is missing; what is there is left."""
    with connect(folder, "postgres").cursor() as cursor:
        for role, rights in (("throughline_owner", "LOGIN CREATEDB"), ("throughline", "LOGIN")):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                cursor.execute(
                    sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role))
                )
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'throughline'")
        if cursor.fetchone():
            return
        cursor.execute("CREATE DATABASE throughline OWNER throughline_owner")
    for database in ("template1", "throughline"):
        with connect(folder, database).cursor() as cursor:
            for extension in EXTENSIONS:
                cursor.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
                )
    with connect(folder, "throughline").cursor() as cursor:
        # The service reads and writes rows; it makes no tables and empties none.
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner IN SCHEMA public"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO throughline"
        )
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES FOR ROLE throughline_owner IN SCHEMA public"
            " GRANT USAGE, SELECT ON SEQUENCES TO throughline"
        )


if __name__ == "__main__":
    prepare(sys.argv[1])
