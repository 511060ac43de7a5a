"""Values that `op.inline_literal()` puts into a statement's text."""

from sqlalchemy.sql.elements import BindParameter


class _literal_bindparam(BindParameter):
    """A value that is written into the statement wherever it stands."""

    __visit_name__ = "inline_literal"
    literal_execute = True

    def _compiler_dispatch(self, visitor, **kw):
        return visitor.render_literal_bindparam(self, **kw)


def inline_literal(value, type_=None):
    """The value as an expression."""
    return _literal_bindparam(None, value, type_=type_)
