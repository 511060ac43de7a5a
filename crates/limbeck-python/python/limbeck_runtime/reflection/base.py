"""What is the same for every database: constraints of a table by kind, and their plain form."""


def constraints(table, kind):
    """The table's constraints of one kind, in order."""
    return [one[kind] for one in table.get("constraints", ()) if kind in one]


def primary_key(table):
    """The table's primary key, or `None`."""
    found = constraints(table, "primary_key")
    return found[0] if found else None


def no_key():
    """What is told about a table without a primary key."""
    return {"name": None, "constrained_columns": []}


def by_column_name(entries):
    """Entries by name, those without one last."""
    return sorted(entries, key=lambda entry: entry["name"] or "~")


def expression(check):
    """A CHECK's condition as SQL."""
    return check["condition"]["expression"]


class Reader:
    """Turns the engine's description into what scripts know."""

    MISSING = ()
    COLUMNS = ["columns"]
    PRIMARY_KEY = ["columns", "constraints"]
    FOREIGN_KEYS = ["constraints"]
    INDEXES = ["constraints", "indexes"]
    UNIQUE = ["constraints", "indexes"]
    CHECKS = ["constraints"]
    COMMENT = ["options"]
    OPTIONS = ["options"]
    ALL = ["columns", "constraints", "indexes", "types", "options"]

    def __init__(self, dialect):
        self.dialect = dialect

    def no_such_table(self, name, schema):
        """The error for a table that is not there."""
        from sqlalchemy.exc import NoSuchTableError

        return NoSuchTableError("%s.%s" % (schema, name) if schema else name)

    def offers(self, part):
        """Whether the database has such a part at all."""
        return part not in self.MISSING

    def sequence_names(self, connection, schema):
        raise NotImplementedError()

    def materialized_view_names(self, connection, schema):
        raise NotImplementedError()

    def temp_table_names(self, connection):
        raise NotImplementedError()

    def temp_view_names(self, connection):
        raise NotImplementedError()
