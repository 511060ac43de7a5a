"""`text()`: SQL as the script wrote it, with `:name` parameters."""

from .. import exc
from . import operators
from .base import Executable, _generative
from .elements import BindParameter, ClauseElement, Grouping, _null_type


def split_binds(text):
    """The parts of a text around its `:name` marks: [text, name, text, name, …, text].

    A mark is a colon that no colon, backslash or letter precedes, before a word that no
    colon and no letter follows; so `a::int`, `\\:x` and `:=` are none.
    """
    parts = []
    start = 0
    position = text.find(":")
    length = len(text)
    while position != -1:
        end = position + 1
        while end < length and (text[end].isalnum() or text[end] == "_"):
            end += 1
        before = text[position - 1] if position else " "
        if (
            end > position + 1
            and not (before.isalnum() or before in "_:\\")
            and (end == length or text[end] != ":")
        ):
            parts.append(text[start:position])
            parts.append(text[position + 1 : end])
            start = end
        position = text.find(":", max(end, position + 1))
    parts.append(text[start:])
    return parts


class TextClause(Executable, ClauseElement):
    """A statement, or a part of one, as text."""

    __visit_name__ = "textclause"
    _is_text_clause = True
    _is_textual = True
    is_text = True
    key = None
    name = None
    _label = None
    _tq_label = None
    _hide_froms = ()
    _allow_label_resolve = False
    _render_label_in_columns_clause = False
    _order_by_label_element = None
    foreign_keys = frozenset()
    primary_key = False

    def __init__(self, text):
        self.text = text
        self._bindparams = {}
        if ":" in text:
            for name in split_binds(text)[1::2]:
                self._bindparams[name] = BindParameter(name)

    @property
    def type(self):
        return _null_type()

    @property
    def comparator(self):
        from .comparators import comparator_of

        return comparator_of(self)

    @property
    def _select_iterable(self):
        return (self,)

    @property
    def _is_star(self):
        return self.text == "*"

    @_generative
    def bindparams(self, *binds, **names_to_values):
        """A copy with values or types for its parameters."""
        self._bindparams = known = dict(self._bindparams)
        for bind in binds:
            if bind._orig_key not in known:
                raise exc.ArgumentError(
                    "This text() construct doesn't define a bound parameter named %r"
                    % bind._orig_key
                )
            known[bind._orig_key] = bind
        for key, value in names_to_values.items():
            if key not in known:
                raise exc.ArgumentError(
                    "This text() construct doesn't define a bound parameter named %r" % key
                )
            known[key] = known[key]._with_value(value, required=False)

    def columns(self, *cols, **types):
        """The text as a query with these result columns."""
        from .elements import ColumnClause
        from .selectable import TextualSelect

        positional = [
            ColumnClause(col.key, types.pop(col.key)) if col.key in types else col for col in cols
        ]
        named = [ColumnClause(key, type_) for key, type_ in types.items()]
        return TextualSelect(self, positional + named, positional=bool(positional) and not named)

    def __and__(self, other):
        from .compound import BooleanClauseList

        return BooleanClauseList.and_(self, other)

    def self_group(self, against=None):
        return Grouping(self) if against is operators.in_op else self

    @property
    def _proxies(self):
        return ()

