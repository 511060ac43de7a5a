"""Looking into SQL expressions and replacing columns in them."""

from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.expression import and_

_marks = {}


def plain(clause):
    """The expression behind attributes and wrappers, without ``foreign()``/``remote()`` marks."""
    while hasattr(clause, "__clause_element__") and not getattr(clause, "is_clause_element", False):
        clause = clause.__clause_element__()
    if not any(True for _ in marks_of(clause)):
        return clause
    return replace(clause, lambda element: _marks[element][0] if _hashable(element) and element in _marks else None)


def mark(element, kind):
    """``foreign()`` and ``remote()``: a column that a relationship treats as such."""
    while hasattr(element, "__clause_element__") and not getattr(element, "is_clause_element", False):
        element = element.__clause_element__()
    if hasattr(element, "foreign_keys") and hasattr(element, "table"):
        known = _marks.get(element)
        column, kinds = known if known else (element, ())
        twin = _twin(column)
        _marks[twin] = (column, kinds + (kind,))
        return twin
    return replace(element, lambda inner: mark(inner, kind) if _is_column(inner) else None)


def _twin(column):
    """A stand-in that renders as the column and can be told from it."""
    from sqlalchemy.sql.expression import column as make

    twin = make(column.name, column.type)
    twin.table = column.table
    twin.foreign_keys = column.foreign_keys
    return twin


def marks_of(clause):
    """(column, "foreign" or "remote") for each mark in the expression."""
    for element in walk(clause):
        if _hashable(element) and element in _marks:
            column, kinds = _marks[element]
            for kind in kinds:
                yield column, kind


def _hashable(element):
    return getattr(element, "__hash__", None) is not None


def _is_column(element):
    return hasattr(element, "foreign_keys") and getattr(element, "table", None) is not None


def walk(clause):
    """Every element of an expression."""
    return visitors.iterate(clause)


def columns_of(clause):
    """The table columns in an expression."""
    for element in walk(clause):
        if _is_column(element):
            yield element


def column_pairs(clause):
    """Pairs of columns that the expression makes equal."""
    for element in walk(clause):
        if getattr(element, "operator", None) is operators.eq:
            left, right = getattr(element, "left", None), getattr(element, "right", None)
            left, right = _inner(left), _inner(right)
            if _is_column(left) and _is_column(right):
                yield left, right


def _inner(element):
    """The column inside a cast or a grouping."""
    while element is not None and not _is_column(element):
        inner = getattr(element, "clause", None)
        if inner is None:
            inner = getattr(element, "element", None)
        if inner is None or inner is element:
            return element
        element = inner
    return element


def replace(clause, change):
    """A copy of the expression in which `change(element)` replaced what it did not return None for."""
    return visitors.replacement_traverse(clause, {}, lambda element, **_: change(element))


def and_all(clauses):
    """One condition out of several."""
    clauses = list(clauses)
    return clauses[0] if len(clauses) == 1 else and_(*clauses)
