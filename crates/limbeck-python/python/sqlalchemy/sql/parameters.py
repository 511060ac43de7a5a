"""The parameters of a compiled statement: their names, marks, values and literal forms.

While a statement is written, a parameter is a mark between two NUL characters; `_finish`
puts in the marks of the paramstyle, in the order in which they stand. Lists of IN are
expanded for each run, since their length is that of the values.
"""

from .. import exc
from .base import NO_ARG
from .elements import _truncated_label

POSITIONAL = ("qmark", "format", "numeric", "numeric_dollar")

_TEMPLATES = {
    "named": ":%s",
    "pyformat": "%%(%s)s",
}

# Characters that a mark of the named styles cannot contain.
_ESCAPES = str.maketrans("%():.[] ", "PAZC____")


class Parameters:
    """The part of the compiler that knows parameters."""

    def _start_parameters(self):
        self.binds = {}
        self.bind_names = {}
        self.escaped_bind_names = {}
        self.positiontup = None
        self._expanding = {}
        self._parts = None

    # -- while writing

    def visit_bindparam(
        self,
        bindparam,
        within_columns_clause=False,
        literal_binds=False,
        skip_bind_expression=False,
        literal_execute=False,
        render_postcompile=False,
        **kw,
    ):
        if not skip_bind_expression:
            wrapped = self._bind_expression(bindparam, literal_binds, **kw)
            if wrapped is not None:
                return wrapped
        if literal_binds or (literal_execute and not bindparam.expanding):
            text = self.render_literal_bindparam(bindparam, **kw)
            return "(%s)" % text if bindparam.expanding else text
        name = self._bind_name(bindparam)
        existing = self.binds.get(name)
        if existing is not None and existing is not bindparam:
            self._check_conflict(name, existing, bindparam)
        self.binds[name] = bindparam
        if bindparam.expanding:
            return "(%s)" % self.bindparam_string(name, expanding=True)
        if bindparam.literal_execute:
            return self.render_literal_bindparam(bindparam, **kw)
        text = self.bindparam_string(name)
        cast = self.dialect.bind_cast(bindparam.type)
        return text + cast if cast else text

    def _bind_expression(self, bindparam, literal_binds, **kw):
        impl = bindparam.type.dialect_impl(self.dialect)
        method = getattr(type(impl), "bind_expression", None)
        if method is None or method is _no_bind_expression():
            return None
        expression = impl.bind_expression(bindparam)
        if expression is None or expression is bindparam:
            return None
        return self.process(
            expression, skip_bind_expression=True, literal_binds=literal_binds, **kw
        )

    def _check_conflict(self, name, existing, bindparam):
        same = existing._orig_key == bindparam._orig_key and existing.key == bindparam.key
        if (existing.unique or bindparam.unique) and not same:
            raise exc.CompileError(
                "Bind parameter '%s' conflicts with unique bind parameter of the same name" % name
            )
        if existing.expanding != bindparam.expanding:
            raise exc.CompileError(
                "Can't reuse bound parameter name '%s' in both 'expanding' (e.g. within an IN "
                "expression) and non-expanding contexts.  If this parameter is to receive a "
                "list/array value, set 'expanding=True' on it for expressions that aren't IN, "
                "otherwise use a different parameter name." % name
            )
        if existing._is_crud or bindparam._is_crud:
            if existing._is_crud and bindparam._is_crud:
                raise exc.CompileError(
                    "Encountered unsupported case when compiling an INSERT or UPDATE statement.  "
                    "If this is a multi-table UPDATE statement, please provide string-named "
                    "arguments to the values() method with distinct names; support for "
                    "multi-table UPDATE statements that target multiple tables for UPDATE is "
                    "very limited"
                )
            raise exc.CompileError(
                "bindparam() name '%s' is reserved for automatic usage in the VALUES or SET clause "
                "of this insert/update statement.   Please use a name other than column name when "
                "using bindparam() with insert() or update() (for example, 'b_%s')."
                % (bindparam.key, bindparam.key)
            )

    def _bind_name(self, bindparam):
        known = self.bind_names.get(bindparam)
        if known is not None:
            return known
        name = bindparam.key
        if isinstance(name, _truncated_label):
            name = self._truncated_identifier("bindparam", name)
        self.bind_names[bindparam] = name
        if not name.isidentifier():
            escaped = name.translate(_ESCAPES)
            if escaped != name:
                self.escaped_bind_names[name] = escaped
        return name

    def bindparam_string(self, name, expanding=False, **kw):
        """The mark of a parameter, for `_finish` to write."""
        return "\0%s%s\0" % ("*" if expanding else "", name)

    # -- when the text is complete

    def _finish(self, text):
        self.positiontup = []
        if "\0" not in text:
            self._parts = [text]
            return text
        parts = text.split("\0")
        expand = self.compile_kwargs.get("render_postcompile", False)
        self._parts = parts
        if expand:
            text, _values = self.expanded(None)
            return text
        for position in range(1, len(parts), 2):
            mark = parts[position]
            if mark[0] == "*":
                self.positiontup.append(mark[1:])
            else:
                self.positiontup.append(mark)
        return self._with_marks(lambda name: "__[POSTCOMPILE_%s]" % name)

    def _with_marks(self, expanding):
        style = self.paramstyle
        pieces = list(self._parts)
        numbers = {}
        for position in range(1, len(pieces), 2):
            name = pieces[position]
            if name[0] == "*":
                pieces[position] = expanding(name[1:])
            else:
                pieces[position] = self._mark(name, style, numbers)
        return "".join(pieces)

    def _mark(self, name, style, numbers):
        if style == "qmark":
            return "?"
        if style == "format":
            return "%s"
        if style == "numeric_dollar" or style == "numeric":
            number = numbers.get(name)
            if number is None:
                number = numbers[name] = len(numbers) + 1
            return ("$%d" if style == "numeric_dollar" else ":%d") % number
        return _TEMPLATES[style] % self.escaped_bind_names.get(name, name)

    def expanded(self, params, types=None):
        """The statement for one run: (text, [(name, value, type)…] in the order of the marks).

        Lists of IN are written out for the values at hand.
        """
        values = self.construct_params(params)
        pieces = list(self._parts)
        order = []
        numbers = {}
        done = {}
        style = self.paramstyle
        for position in range(1, len(pieces), 2):
            name = pieces[position]
            if name[0] != "*":
                bind = self.binds.get(name)
                if name not in numbers or style not in ("numeric", "numeric_dollar"):
                    order.append((name, values.get(name), bind.type if bind is not None else None))
                pieces[position] = self._mark(name, style, numbers)
                continue
            name = name[1:]
            bind = self.binds[name]
            pieces[position] = self._expand(bind, name, values.get(name), order, numbers, done)
        return "".join(pieces), order

    def _expand(self, bind, name, values, order, numbers, done):
        style = self.paramstyle
        values = list(values) if values is not None else []
        type_ = bind.type
        types = getattr(type_, "types", None) if getattr(type_, "_is_tuple_type", False) else None
        if not values:
            return self.visit_empty_set_op_expr(types or [type_], bind.expand_op)
        first = values[0]
        is_tuple = types is not None or (type_._isnull and isinstance(first, (tuple, list)))

        def one(key, value, kind):
            if key not in numbers or style not in ("numeric", "numeric_dollar"):
                order.append((key, value, kind))
            return self._mark(key, style, numbers)

        if is_tuple:
            texts = []
            for i, row in enumerate(values, 1):
                marks = []
                for j, value in enumerate(row, 1):
                    kind = types[j - 1] if types else None
                    marks.append(one("%s_%s_%s" % (name, i, j), value, kind))
                texts.append("(%s)" % ", ".join(marks))
            prefix = "VALUES " if self.dialect.tuple_in_values else ""
            return prefix + ", ".join(texts)
        if bind.literal_execute:
            return ", ".join(self.render_literal_value(value, type_) for value in values)
        cast = self.dialect.bind_cast(type_)
        return ", ".join(
            one("%s_%s" % (name, i), value, type_) + cast for i, value in enumerate(values, 1)
        )

    # -- values

    @property
    def params(self):
        return self.construct_params(_check=False)

    @property
    def has_expanding(self):
        return any(bind.expanding for bind in self.binds.values())

    def construct_params(self, params=None, _check=True, extracted_parameters=None, **kw):
        """The values by name: what the run gives, else what the statement carries."""
        found = {}
        for name, bind in self.binds.items():
            key = name
            name = self.escaped_bind_names.get(name, name)
            if params:
                if bind.key in params:
                    found[name] = params[bind.key]
                    continue
                if key in params:
                    found[name] = params[key]
                    continue
            if bind.required and _check:
                raise exc.InvalidRequestError(
                    "A value is required for bind parameter %r" % bind.key, code="cd3x"
                )
            found[name] = bind.callable() if bind.callable else bind.value
        return found

    # -- literal values

    def render_literal_bindparam(self, bindparam, render_literal_value=NO_ARG, **kw):
        """The value of a parameter as SQL."""
        if render_literal_value is not NO_ARG:
            value = render_literal_value
        else:
            if bindparam.value is None and bindparam.callable is None:
                return "NULL"
            value = bindparam.effective_value
        if bindparam.expanding:
            return self._literal_list(bindparam, value)
        return self.render_literal_value(value, bindparam.type)

    def _literal_list(self, bindparam, values):
        type_ = bindparam.type
        types = getattr(type_, "types", None) if getattr(type_, "_is_tuple_type", False) else None
        prefix = "VALUES " if self.dialect.tuple_in_values and types else ""
        if not values:
            return prefix + self.visit_empty_set_op_expr(types or [type_], bindparam.expand_op)
        if types is not None:
            return prefix + ", ".join(
                "(%s)"
                % ", ".join(self.render_literal_value(v, t) for v, t in zip(row, types))
                for row in values
            )
        return ", ".join(self.render_literal_value(value, type_) for value in values)


_without = None


def _no_bind_expression():
    global _without
    if _without is None:
        from ..types import TypeEngine

        _without = TypeEngine.bind_expression
    return _without
