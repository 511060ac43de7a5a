"""INSERT with SQLite's ON CONFLICT."""

from ..upsert import UpsertInsert, conflict_methods


class Insert(UpsertInsert):
    """INSERT … ON CONFLICT."""

    stringify_dialect = "sqlite"


conflict_methods(Insert, with_constraint=False)


def insert(table):
    """SQLite's INSERT."""
    return Insert(table)
