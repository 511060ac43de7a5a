"""What Alembic needs of SQLAlchemy beyond its public names: texts in indexes, copies of expressions."""

from sqlalchemy.sql.elements import ColumnElement

sqla_2_1 = False
sqla_2 = True


def _copy(schema_item, **kw):
    """A copy of a schema item that belongs nowhere."""
    return schema_item._copy(**kw)


def _copy_expression(expression, target_table):
    """An expression with columns of `target_table` in place of others; those it lacks are added to it."""
    from sqlalchemy.schema import Column
    from sqlalchemy.sql.visitors import replacement_traverse

    def replace(element, **kw):
        if not isinstance(element, Column) or element.table is None or element.table is target_table:
            return None
        if element.name not in target_table.c:
            target_table.append_column(element._copy())
        return target_table.c[element.name]

    found = replace(expression)
    return found if found is not None else replacement_traverse(expression, {}, replace)


class _textual_index_element(ColumnElement):
    """A text among the expressions of an index. Index and naming conventions want a column: one of that name."""

    __visit_name__ = "textual_index_element"

    def __init__(self, table, text):
        from sqlalchemy.schema import Column
        from sqlalchemy.types.engine import NULLTYPE

        self.table = table
        self.text = text
        self.key = text.text
        self.fake_column = Column(text.text, NULLTYPE)
        table.append_column(self.fake_column)

    def get_children(self, **kw):
        return [self.fake_column]

    def self_group(self, against=None):
        return self

    def _compiler_dispatch(self, visitor, **kw):
        return self.text._compiler_dispatch(visitor, **kw)


def _textual_index_column(table, given):
    """A column or expression of an index on `table`, out of what scripts pass."""
    from sqlalchemy.schema import Column
    from sqlalchemy.types.engine import NULLTYPE

    if hasattr(given, "__clause_element__"):
        given = given.__clause_element__()
    if isinstance(given, str):
        column = Column(given, NULLTYPE)
        table.append_column(column)
        return column
    if isinstance(given, _textual_index_element):
        given = given.text
    if getattr(given, "_is_text_clause", False):
        return _textual_index_element(table, given)
    if isinstance(given, ColumnElement):
        return _copy_expression(given, table)
    raise ValueError("String or text() construct expected")


def constraint_name_or_none(name):
    """A constraint's name, where it has one."""
    return name if isinstance(name, str) else None


def _table_for_constraint(constraint):
    """The table of a constraint, also of a column's."""
    parent = constraint.parent
    return parent.table if getattr(parent, "_is_schema_column", False) else parent


def __getattr__(name):
    if name == "_literal_bindparam":
        from alembic.operations.literal import _literal_bindparam

        return _literal_bindparam
    if name in ("_get_table_key",):
        from sqlalchemy.schema.item import get_table_key

        return get_table_key
    raise AttributeError(f"module 'alembic.util.sqla_compat' has no attribute {name!r}")
