"""What an `Inspector` tells, from what the engine reads of a live database.

One module per database turns the engine's description of a table into the dictionaries that scripts know, and asks the
database itself for plain lists of names.
"""


def reader(dialect):
    """The reader for a dialect's name."""
    name = dialect.name
    if name == "sqlite":
        from limbeck_runtime.reflection.sqlite import SqliteReader as made
    elif name == "postgresql":
        from limbeck_runtime.reflection.postgresql import PostgresqlReader as made
    elif name in ("mysql", "mariadb"):
        from limbeck_runtime.reflection.mysql import MysqlReader as made
    else:
        from limbeck_runtime.missing import NotProvided

        raise NotProvided("sqlalchemy.inspect of %s" % name)
    return made(dialect)
