"""INSERT with PostgreSQL's ON CONFLICT."""

from ..upsert import UpsertInsert, conflict_methods


class Insert(UpsertInsert):
    """INSERT … ON CONFLICT."""

    stringify_dialect = "postgresql"


conflict_methods(Insert, with_constraint=True)


def insert(table):
    """PostgreSQL's INSERT."""
    return Insert(table)
