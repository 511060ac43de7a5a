"""Turns what a script passes into elements: plain values, tables, classes, texts.

One function per place in a statement, since each place takes other things and says so.
"""

from .. import exc
from .elements import BindParameter, ClauseElement, ColumnElement, False_, Null, True_


def resolve(element):
    """The element behind an object: `__clause_element__()`, or a mapped class's table."""
    seen = 0
    while not isinstance(element, ClauseElement) and seen < 8:
        if isinstance(element, type):
            mapper = getattr(element, "__mapper__", None)
            if mapper is None:
                return element
            element = mapper.__clause_element__()
        else:
            method = getattr(element, "__clause_element__", None)
            if method is None:
                return element
            element = method()
        seen += 1
    return element


def _refuse(what, element, advice=None):
    text = "%s expected, got %r." % (what, element)
    if advice:
        text += " " + advice
    raise exc.ArgumentError(text)


def _scalar(element):
    """A query where a value is wanted is a scalar subquery."""
    if element._is_select_base:
        return element.scalar_subquery()
    return element


def expression(element, type_=None, name=None):
    """An expression; a plain value becomes a bound one."""
    if element.__class__.__module__ != "builtins":
        element = resolve(element)
        if isinstance(element, ClauseElement):
            if element._is_select_base:
                return _scalar(element)
            if element._is_from_clause:
                _refuse("SQL expression element", element)
            return element
    if element is None:
        return Null()
    if isinstance(element, type):
        _refuse("SQL expression element or literal value", element)
    return BindParameter(name, element, type_, unique=True)


def operand(element, expr, operator, type_=None):
    """The other side of an operator; a plain value takes the type of its neighbour."""
    if element.__class__.__module__ != "builtins":
        element = resolve(element)
        if isinstance(element, ClauseElement):
            if element._is_select_base:
                element = _scalar(element)
            elif element._is_from_clause and not hasattr(element, "_scalar_type"):
                _refuse("SQL expression element or literal value", element)
            found = element
        else:
            found = expr._bind_param(operator, element, type_=type_)
    elif element is None:
        found = Null()
    else:
        found = expr._bind_param(operator, element, type_=type_)
    if found._is_bind_parameter and found.type._isnull and not expr.type._isnull:
        found = found._with_binary_element_type(expr.type)
    return found


def constant(element):
    """NULL, true or false."""
    if element is None:
        return Null()
    if element is False:
        return False_()
    if element is True:
        return True_()
    if isinstance(element, ClauseElement) and element._is_singleton_constant:
        return element
    raise exc.ArgumentError("Expected None, False, or True")


def where(element):
    """A condition."""
    if element.__class__.__module__ != "builtins":
        element = resolve(element)
        if isinstance(element, ClauseElement):
            if element._is_select_base:
                return _scalar(element)
            if element._is_column_element or element._is_text_clause or element._is_clause_list:
                return element
    if element is None or element is True or element is False:
        return constant(element)
    if isinstance(element, str):
        raise exc.ArgumentError(
            "Textual SQL expression %r should be explicitly declared as text(%r)"
            % (element, element)
        )
    _refuse("SQL expression for WHERE/HAVING role", element)


def column_or_from(element):
    """Something to select: a column, a table, a text; never a string."""
    given = element
    element = resolve(element)
    if isinstance(element, ClauseElement):
        if element._is_select_base:
            return _scalar(element)
        return element
    if element is None:
        return Null()
    if element is True or element is False:
        return constant(element)
    if isinstance(element, str):
        shown = element if len(element) <= 28 else element[:25] + "..."
        straight = element and (element[0].isalnum() or element[0] == "_")
        straight = straight and not any(letter.isspace() for letter in element)
        raise exc.ArgumentError(
            "Textual column expression %r should be explicitly declared with text(%r), or use "
            "%s(%r) for more specificity"
            % (shown, shown, "column" if straight else "literal_column", shown)
        )
    if element.__class__ in (int, float) or element.__class__.__name__ == "Decimal":
        from .expression import literal_column

        return literal_column(str(element))
    advice = None
    if isinstance(element, list):
        advice = "Did you mean to say select(%s)?" % ", ".join(repr(one) for one in element)
    _refuse(
        "Column expression, FROM clause, or other columns clause element", given, advice
    )


def from_clause(element, what="FROM expression, such as a Table or alias() object"):
    """A table, alias, join, subquery or text to select from."""
    found = resolve(element)
    if isinstance(found, ClauseElement):
        if found._is_from_clause or found._is_text_clause:
            return found
        if found._is_select_base:
            return found._implicit_subquery()
        if getattr(found, "_is_table_valued_function", False):
            return found
        scalar_alias = getattr(found, "_as_from_clause", None)
        if scalar_alias is not None:
            return scalar_alias()
    _refuse(what, element)


def by_of(element):
    """An expression of GROUP BY and the like; a string names a result column."""
    element = resolve(element)
    if isinstance(element, ClauseElement):
        if element._is_select_base:
            return _scalar(element)
        return element
    if isinstance(element, str):
        from .constructs import _textual_label_reference

        return _textual_label_reference(element)
    _refuse("GROUP BY / OF / etc. expression", element)


def order_by(element):
    """An expression of ORDER BY; a label is written by its name where that is possible."""
    element = resolve(element)
    if isinstance(element, str):
        from .constructs import _textual_label_reference

        return _textual_label_reference(element)
    if isinstance(element, ClauseElement):
        if element._is_select_base:
            return _scalar(element)
        if getattr(element, "_order_by_label_element", None) is not None:
            from .constructs import _label_reference

            return _label_reference(element)
        return element
    _refuse("ORDER BY expression", element)


def in_elements(element, expr, operator):
    """What follows IN: a query, or a list that is bound as one expanding parameter."""
    given = element
    if element.__class__.__module__ != "builtins":
        element = resolve(element)
    if isinstance(element, ClauseElement):
        if element._is_select_base:
            return element.scalar_subquery()
        if element._is_bind_parameter:
            copy = element._clone(maintain_key=True)
            copy.expanding = True
            copy.expand_op = operator
            if copy.type._isnull and not expr.type._isnull:
                copy.type = expr.type
            return copy
        if element._is_from_clause:
            if hasattr(element, "_in_element"):
                return element._in_element()
            inner = getattr(element, "element", None)
            query = inner if getattr(inner, "_is_select_base", False) else element.select()
            return query.scalar_subquery()
        if element._is_clause_list or element._is_text_clause or element._is_column_element:
            return element.self_group(against=operator)
        _refuse(_IN, given)
    if isinstance(element, (str, bytes)) or not hasattr(element, "__iter__"):
        _refuse(_IN, given)
    if isinstance(element, dict):
        _refuse(_IN, given)
    values = list(element)
    for one in values:
        if one.__class__.__module__ != "builtins" and isinstance(resolve(one), ClauseElement):
            from .compound import ClauseList

            parts = [
                Null() if one is None else operand(one, expr, operator) for one in values
            ]
            return ClauseList._raw(operator_comma(), parts).self_group(against=operator)
    bind = expr._bind_param(operator, values, expanding=True)
    bind.expand_op = operator
    return bind


def operator_comma():
    from .operators import comma_op

    return comma_op


_IN = "IN expression list, SELECT construct, or bound parameter object"


def limit(element):
    """The number of LIMIT or OFFSET; None for none."""
    if element is None:
        return None
    element = resolve(element)
    if isinstance(element, ClauseElement):
        return element
    from ..types import INTEGERTYPE
    from .constructs import _OffsetLimitParam

    return _OffsetLimitParam(None, int(element), INTEGERTYPE, unique=True)


def labeled(element):
    """A column for outer queries to name."""
    element = resolve(element)
    if isinstance(element, ColumnElement):
        return element
    _refuse("Labeled column expression", element)


