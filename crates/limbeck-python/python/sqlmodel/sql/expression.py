"""``select`` whose single column comes without a row around it, and ``col``."""


def select(*entities):
    """A SELECT; ``Session.exec`` gives plain values when it has one entity."""
    from sqlalchemy.sql.expression import select as plain

    return plain(*entities)


def col(column_expression):
    """The attribute, said to be a column."""
    return column_expression


def __getattr__(name):
    if name in ("Select", "SelectOfScalar"):
        from sqlalchemy.sql.expression import Select

        return Select
    from sqlalchemy.sql import expression

    return getattr(expression, name)
