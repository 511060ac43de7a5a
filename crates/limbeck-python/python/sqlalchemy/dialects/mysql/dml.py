"""INSERT with ON DUPLICATE KEY UPDATE, and LIMIT for UPDATE and DELETE."""

from ...sql.base import _generative
from ...sql.dml import Insert as StandardInsert
from ...sql.dml import column_key
from ...sql.elements import ClauseElement


class OnDuplicateClause(ClauseElement):
    """What an INSERT does with rows that are there already."""

    __visit_name__ = "on_duplicate_key_update"

    def __init__(self, inserted_alias, update):
        self.inserted_alias = inserted_alias
        self.ordering = None
        if isinstance(update, list):
            self.ordering = [column_key(key) for key, _ in update]
            update = dict(update)
        elif hasattr(update, "items"):
            update = dict(update.items())
        else:
            raise ValueError(
                "update parameter must be a non-empty dictionary or a ColumnCollection such as the "
                "`.c.` collection of a Table object"
            )
        if not update:
            raise ValueError("update parameter dictionary must not be empty")
        self.update = {column_key(key): value for key, value in update.items()}


class Insert(StandardInsert):
    """INSERT … ON DUPLICATE KEY UPDATE."""

    stringify_dialect = "mysql"

    @property
    def inserted_alias(self):
        found = self.__dict__.get("_inserted")
        if found is None:
            from ...sql.selectable import Alias

            found = self._inserted = Alias(self.table, "inserted")
        return found

    @property
    def inserted(self):
        """The row that was to be inserted."""
        return self.inserted_alias.c

    @_generative
    def on_duplicate_key_update(self, *args, **kw):
        """The values for the row that is there: a dict, a list of pairs, or keywords."""
        from ...exc import ArgumentError

        if args and kw:
            raise ArgumentError("Can't pass kwargs and positional arguments simultaneously")
        if args:
            if len(args) > 1:
                raise ArgumentError(
                    "Only a single dictionary or list of tuples is accepted positionally."
                )
            values = args[0]
        else:
            values = kw
        self._post_values_clause = OnDuplicateClause(self.inserted_alias, values)


def insert(table):
    """MySQL's INSERT."""
    return Insert(table)


def limit(limit):
    """`LIMIT` for UPDATE and DELETE."""
    raise NotImplementedError("limbeck: sqlalchemy.dialects.mysql.limit is not provided natively")
