"""Result objects for what the ORM loaded."""

from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData


def make_result(names, rows):
    """A Result whose rows are the given tuples."""
    return IteratorResult(SimpleResultMetaData(list(names)), iter(rows))


def row_maker(names):
    """A function from a tuple to a Row with these names."""
    names = list(names)

    def make(values):
        return make_result(names, [values]).first()

    return make
