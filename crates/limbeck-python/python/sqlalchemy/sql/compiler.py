"""Writes expressions and statements as SQL.

`SQLCompiler` speaks plain SQL; dialects override single methods. SELECT is in
`compiler_select`, INSERT, UPDATE and DELETE in `compiler_dml`. A parameter is written as
a mark of the dialect's style, or, with `literal_binds`, as its value.
"""

from .. import exc
from . import operators as ops
from .compiler_dml import DMLCompiler
from .compiler_select import SelectCompiler
from .elements import _truncated_label, quoted_name
from .identifiers import IdentifierPreparer
from .parameters import POSITIONAL, Parameters
from .select_plan import _AnonymousNames

OPERATORS = {
    ops.and_: " AND ",
    ops.or_: " OR ",
    ops.add: " + ",
    ops.mul: " * ",
    ops.sub: " - ",
    ops.mod: " % ",
    ops.neg: "-",
    ops.lt: " < ",
    ops.le: " <= ",
    ops.ne: " != ",
    ops.gt: " > ",
    ops.ge: " >= ",
    ops.eq: " = ",
    ops.is_distinct_from: " IS DISTINCT FROM ",
    ops.is_not_distinct_from: " IS NOT DISTINCT FROM ",
    ops.concat_op: " || ",
    ops.match_op: " MATCH ",
    ops.not_match_op: " NOT MATCH ",
    ops.in_op: " IN ",
    ops.not_in_op: " NOT IN ",
    ops.comma_op: ", ",
    ops.from_: " FROM ",
    ops.as_: " AS ",
    ops.is_: " IS ",
    ops.is_not: " IS NOT ",
    ops.collate: " COLLATE ",
    ops.exists: "EXISTS ",
    ops.distinct_op: "DISTINCT ",
    ops.inv: "NOT ",
    ops.any_op: "ANY ",
    ops.all_op: "ALL ",
    ops.desc_op: " DESC",
    ops.asc_op: " ASC",
    ops.nulls_first_op: " NULLS FIRST",
    ops.nulls_last_op: " NULLS LAST",
    ops.bitwise_xor_op: " ^ ",
    ops.bitwise_or_op: " | ",
    ops.bitwise_and_op: " & ",
    ops.bitwise_not_op: "~",
    ops.bitwise_lshift_op: " << ",
    ops.bitwise_rshift_op: " >> ",
}

# Functions that keep their own spelling whatever the script writes.
_FUNCTIONS = {
    "coalesce": "coalesce",
    "current_date": "CURRENT_DATE",
    "current_time": "CURRENT_TIME",
    "current_timestamp": "CURRENT_TIMESTAMP",
    "current_user": "CURRENT_USER",
    "localtime": "LOCALTIME",
    "localtimestamp": "LOCALTIMESTAMP",
    "random": "random",
    "sysdate": "sysdate",
    "session_user": "SESSION_USER",
    "user": "USER",
    "cube": "CUBE",
    "rollup": "ROLLUP",
    "grouping_sets": "GROUPING SETS",
}

_EXTRACT = (
    "month day year second hour doy minute quarter dow week epoch milliseconds microseconds "
    "timezone_hour timezone_minute"
).split()


def affinity(type_):
    from .type_affinity import affinity as of

    return of(type_)


class Compiled:
    """What scripts see of compiled constructs."""

    statement = None
    string = ""

    def __str__(self):
        return self.string or ""


class SQLCompiler(SelectCompiler, DMLCompiler, Parameters, Compiled):
    """One statement as SQL."""

    extract_map = {name: name for name in _EXTRACT}
    isinsert = isupdate = isdelete = False
    isplaintext = False
    returning_precedes_values = False
    render_table_with_column_in_update_from = False
    default_from_text = ""

    def __init__(
        self,
        dialect,
        statement,
        column_keys=None,
        for_executemany=False,
        compile_kwargs=None,
        schema_translate_map=None,
        render_schema_translate=False,
        paramstyle=None,
        **kw,
    ):
        self.dialect = dialect
        self.statement = statement
        self.column_keys = column_keys
        self.for_executemany = for_executemany
        self.preparer = dialect.preparer_for(paramstyle, schema_translate_map)
        self.paramstyle = paramstyle or dialect.paramstyle
        self.positional = self.paramstyle in POSITIONAL
        self.stack = []
        self.ctes = None
        self.anon_map = _AnonymousNames()
        self.truncated_names = {}
        self._truncated_counters = {}
        self.label_length = dialect.label_length or dialect.max_identifier_length
        self._result_columns = []
        self._textual_columns = False
        self._start_parameters()
        self.compile_kwargs = compile_kwargs or {}
        if statement is not None:
            self.string = self._finish(self.process(statement, **self.compile_kwargs))

    def process(self, obj, **kw):
        """An element as SQL."""
        return obj._compiler_dispatch(self, **kw)

    def visit_unsupported_compilation(self, element, **kw):
        raise exc.UnsupportedCompilationError(self, type(element))

    @property
    def sql_compiler(self):
        return self

    @property
    def current_executable(self):
        return self.stack[-1]["selectable"] if self.stack else self.statement

    # -- names

    def _truncated_identifier(self, ident_class, name):
        """A name whose anonymous parts are numbered and whose length the database allows."""
        known = self.truncated_names.get((ident_class, name))
        if known is not None:
            return known
        text = name.apply_map(self.anon_map)
        if len(text) > self.label_length - 6:
            counter = self._truncated_counters.get(ident_class, 1)
            self._truncated_counters[ident_class] = counter + 1
            text = text[: max(self.label_length - 6, 0)] + "_" + hex(counter)[2:]
        self.truncated_names[(ident_class, name)] = text
        return text

    def _name(self, ident_class, name):
        if isinstance(name, _truncated_label):
            return self._truncated_identifier(ident_class, name)
        return name

    # -- atoms

    def visit_column(
        self,
        column,
        add_to_result_map=None,
        include_table=True,
        result_map_targets=(),
        ambiguous_table_name_map=None,
        **kw,
    ):
        name = column.name
        if name is None:
            name = self._fallback_column_name(column)
        original = name
        is_literal = column.is_literal
        if not is_literal and name.__class__ is not str:
            name = self._name("colident", name)
        if add_to_result_map is not None:
            targets = (column, name, column.key) + result_map_targets
            if column._tq_label:
                targets += (column._tq_label,)
            add_to_result_map(name, original, targets, column.type)
        if is_literal:
            text = self.escape_literal_column(name)
        else:
            text = self.preparer.quote(name)
        table = column.table
        if table is None or not include_table or not table.named_with_column:
            return text
        tablename = table.name
        schema = self.preparer.schema_for_object(table)
        if schema:
            return "%s.%s.%s" % (
                self.preparer.quote_schema(schema),
                self.preparer.quote(tablename),
                text,
            )
        if ambiguous_table_name_map and tablename in ambiguous_table_name_map:
            tablename = ambiguous_table_name_map[tablename]
        if tablename.__class__ is not str:
            tablename = self._name("alias", tablename)
        return self.preparer.quote(tablename) + "." + text

    def _fallback_column_name(self, column):
        raise exc.CompileError("Cannot compile Column object until its 'name' is assigned.")

    def visit_table_valued_column(self, element, **kw):
        return self.visit_column(element, **kw)

    def escape_literal_column(self, text):
        return text.replace("%", "%%") if self.preparer._double_percents else text

    post_process_text = escape_literal_column

    def visit_null(self, expr, **kw):
        return "NULL"

    def visit_true(self, expr, **kw):
        return "true" if self.dialect.supports_native_boolean else "1"

    def visit_false(self, expr, **kw):
        return "false" if self.dialect.supports_native_boolean else "0"

    def visit_grouping(self, grouping, asfrom=False, **kw):
        return "(" + grouping.element._compiler_dispatch(self, **kw) + ")"

    def visit_collation(self, element, **kw):
        return self.preparer.format_collation(element.collation)

    def visit_typeclause(self, typeclause, **kw):
        return self.dialect.type_text(typeclause.type)

    def visit_textclause(self, textclause, add_to_result_map=None, **kw):
        if not self.stack:
            self.isplaintext = True
        if add_to_result_map is not None:
            from .elements import _null_type

            add_to_result_map(None, None, (textclause,), _null_type())
        text = self.post_process_text(textclause.text)
        if ":" not in text:
            return text
        from .textual import split_binds

        binds = textclause._bindparams
        parts = split_binds(text)
        for position in range(1, len(parts), 2):
            bind = binds.get(parts[position])
            if bind is not None:
                parts[position] = self.process(bind, **kw)
            else:
                parts[position] = self.bindparam_string(parts[position])
        if "\\:" in text:
            parts[::2] = [_unescape(part) for part in parts[::2]]
        return "".join(parts)

    # -- labels

    def visit_label(
        self,
        label,
        add_to_result_map=None,
        within_label_clause=False,
        within_columns_clause=False,
        render_label_as_label=None,
        result_map_targets=(),
        **kw,
    ):
        with_as = within_columns_clause and not within_label_clause
        if with_as:
            name = self._name("colident", label.name)
            if add_to_result_map is not None:
                add_to_result_map(
                    name, label.name, (label, name) + result_map_targets, label.type
                )
            return "%s AS %s" % (
                label.element._compiler_dispatch(
                    self, within_columns_clause=True, within_label_clause=True, **kw
                ),
                self.preparer.quote(name),
            )
        if render_label_as_label is label:
            return self.preparer.quote(self._name("colident", label.name))
        return label.element._compiler_dispatch(self, within_columns_clause=False, **kw)

    def visit_label_reference(self, element, within_columns_clause=False, **kw):
        if self.stack and self.dialect.supports_simple_order_by_label:
            plan = self.stack[-1].get("plan")
            if plan is None:
                raise exc.CompileError(
                    "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc."
                )
            known = plan.labels[1 if within_columns_clause else 2]
            label = element.element._order_by_label_element
            if label is not None and label.name in known:
                if label.shares_lineage(known[label.name]):
                    kw["render_label_as_label"] = label
        return self.process(element.element, within_columns_clause=within_columns_clause, **kw)

    def visit_textual_label_reference(self, element, within_columns_clause=False, **kw):
        name = element.element
        if not self.stack:
            return name
        plan = self.stack[-1].get("plan")
        known = plan.labels[1 if within_columns_clause else 0] if plan is not None else {}
        column = known.get(name)
        if column is None:
            raise exc.CompileError(
                "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual "
                "SQL expression %r should be explicitly declared as text(%r)" % (name, name)
            )
        kw["render_label_as_label"] = column
        return self.process(column, within_columns_clause=within_columns_clause, **kw)

    # -- lists and operators

    def _delimited(self, elements, separator, **kw):
        texts = [one._compiler_dispatch(self, **kw) for one in elements]
        return separator.join([text for text in texts if text])

    def _delimited_and(self, clauses, **kw):
        from .compound import process_for_boolean
        from .elements import False_, True_

        count, clauses = process_for_boolean(ops.and_, True_(), False_(), clauses)
        if count == 1:
            return clauses[0]._compiler_dispatch(self, **kw)
        return self._delimited(clauses, " AND ", **kw)

    def visit_clauselist(self, clauselist, **kw):
        separator = OPERATORS[clauselist.operator] if clauselist.operator else " "
        return self._delimited(clauselist.clauses, separator, **kw)

    def visit_tuple(self, clauselist, **kw):
        return "(%s)" % self.visit_clauselist(clauselist, **kw)

    def visit_expression_clauselist(self, clauselist, **kw):
        operator = clauselist.operator
        own = getattr(self, "visit_%s_expression_clauselist" % operator.__name__, None)
        if own is not None:
            return own(clauselist, operator, **kw)
        kw["_in_operator_expression"] = True
        return self._delimited(clauselist.clauses, self._operator_text(operator), **kw)

    def _operator_text(self, operator):
        text = OPERATORS.get(operator)
        if text is None:
            if isinstance(operator, ops.custom_op):
                return " " + self.escape_literal_column(operator.opstring) + " "
            raise exc.UnsupportedCompilationError(self, operator)
        return text

    def visit_unary(self, unary, add_to_result_map=None, result_map_targets=(), **kw):
        if add_to_result_map is not None:
            kw["add_to_result_map"] = add_to_result_map
            kw["result_map_targets"] = result_map_targets + (unary,)
        operator = unary.operator
        if operator is not None:
            if unary.modifier is not None:
                raise exc.CompileError(
                    "Unary expression does not support operator and modifier simultaneously"
                )
            own = getattr(self, "visit_%s_unary_operator" % operator.__name__, None)
            if own is not None:
                return own(unary, operator, **kw)
            if isinstance(operator, ops.custom_op):
                text = self.escape_literal_column(operator.opstring) + " "
            else:
                text = OPERATORS[operator]
            return text + unary.element._compiler_dispatch(self, **kw)
        if unary.modifier is None:
            raise exc.CompileError("Unary expression has no operator or modifier")
        if isinstance(unary.modifier, ops.custom_op):
            text = " " + self.escape_literal_column(unary.modifier.opstring)
        else:
            text = OPERATORS[unary.modifier]
        return unary.element._compiler_dispatch(self, **kw) + text

    def visit_is_true_unary_operator(self, element, operator, **kw):
        text = self.process(element.element, **kw)
        if element._is_implicitly_boolean or self.dialect.supports_native_boolean:
            return text
        return text + " = 1"

    def visit_is_false_unary_operator(self, element, operator, **kw):
        text = self.process(element.element, **kw)
        if element._is_implicitly_boolean or self.dialect.supports_native_boolean:
            return "NOT " + text
        return text + " = 0"

    def visit_binary(self, binary, override_operator=None, eager_grouping=False, **kw):
        operator = override_operator or binary.operator
        own = getattr(self, "visit_%s_binary" % operator.__name__, None)
        if own is not None:
            return own(binary, operator, **kw)
        text = OPERATORS.get(operator)
        if text is None:
            raise exc.UnsupportedCompilationError(self, operator)
        return self._generic_binary(binary, text, eager_grouping=eager_grouping, **kw)

    def _generic_binary(self, binary, opstring, eager_grouping=False, **kw):
        nested = kw.get("_in_operator_expression", False)
        kw["_in_operator_expression"] = True
        kw["_binary_op"] = binary.operator
        text = (
            binary.left._compiler_dispatch(self, eager_grouping=eager_grouping, **kw)
            + opstring
            + binary.right._compiler_dispatch(self, eager_grouping=eager_grouping, **kw)
        )
        if nested and eager_grouping:
            return "(%s)" % text
        return text

    _generate_generic_binary = _generic_binary

    def visit_custom_op_binary(self, element, operator, **kw):
        kw["eager_grouping"] = operator.eager_grouping
        return self._generic_binary(element, self._operator_text(operator), **kw)

    def visit_function_as_comparison_op_binary(self, element, operator, **kw):
        return self.process(element.sql_function, **kw)

    def visit_mod_binary(self, binary, operator, **kw):
        mark = " %% " if self.preparer._double_percents else " % "
        return self.process(binary.left, **kw) + mark + self.process(binary.right, **kw)

    def visit_truediv_binary(self, binary, operator, **kw):
        right = binary.right
        if self.dialect.div_is_floordiv:
            from ..types import Numeric
            from .constructs import Cast

            numeric = affinity(right.type) == "Numeric"
            right = Cast(right, right.type if numeric else Numeric())
        return self.process(binary.left, **kw) + " / " + self.process(right, **kw)

    def visit_floordiv_binary(self, binary, operator, **kw):
        text = self.process(binary.left, **kw) + " / " + self.process(binary.right, **kw)
        if (
            self.dialect.div_is_floordiv
            and affinity(binary.right.type) == "Integer"
            and affinity(binary.left.type) == "Integer"
        ):
            return text
        return "FLOOR(%s)" % text

    def visit_not_match_op_binary(self, binary, operator, **kw):
        return "NOT %s" % self.visit_binary(binary, override_operator=ops.match_op)

    def visit_not_in_op_binary(self, binary, operator, **kw):
        return "(%s)" % self._generic_binary(binary, " NOT IN ", **kw)

    def visit_between_op_binary(self, binary, operator, **kw):
        symmetric = binary.modifiers.get("symmetric", False)
        return self._generic_binary(
            binary, " BETWEEN SYMMETRIC " if symmetric else " BETWEEN ", **kw
        )

    def visit_not_between_op_binary(self, binary, operator, **kw):
        symmetric = binary.modifiers.get("symmetric", False)
        return self._generic_binary(
            binary, " NOT BETWEEN SYMMETRIC " if symmetric else " NOT BETWEEN ", **kw
        )

    def visit_regexp_match_op_binary(self, binary, operator, **kw):
        raise exc.CompileError(
            "%s dialect does not support regular expressions" % self.dialect.name
        )

    visit_not_regexp_match_op_binary = visit_regexp_match_op_binary

    def visit_regexp_replace_op_binary(self, binary, operator, **kw):
        raise exc.CompileError(
            "%s dialect does not support regular expression replacements" % self.dialect.name
        )

    # -- LIKE

    def _escape(self, binary):
        escape = binary.modifiers.get("escape")
        if escape is None:
            return ""
        from ..types import STRINGTYPE

        return " ESCAPE " + self.render_literal_value(escape, STRINGTYPE)

    def visit_like_op_binary(self, binary, operator, **kw):
        return self._like(binary.left, binary.right, " LIKE ", binary, **kw)

    def visit_not_like_op_binary(self, binary, operator, **kw):
        return self._like(binary.left, binary.right, " NOT LIKE ", binary, **kw)

    def _like(self, left, right, word, binary, **kw):
        return (
            left._compiler_dispatch(self, **kw)
            + word
            + right._compiler_dispatch(self, **kw)
            + self._escape(binary)
        )

    def _lower(self, element):
        return _Lowered(element)

    def visit_ilike_case_insensitive_operand(self, element, **kw):
        return "lower(%s)" % element.element._compiler_dispatch(self, **kw)

    def visit_ilike_op_binary(self, binary, operator, **kw):
        return self._like(self._lower(binary.left), self._lower(binary.right), " LIKE ", binary, **kw)

    def visit_not_ilike_op_binary(self, binary, operator, **kw):
        return self._like(
            self._lower(binary.left), self._lower(binary.right), " NOT LIKE ", binary, **kw
        )

    def _search(self, binary, before, after, negated, folded, **kw):
        """contains, startswith and endswith: LIKE with a percent sign before or after."""
        from ..types import STRINGTYPE
        from .build import construct
        from .elements import ColumnClause

        left, right = binary.left, binary.right
        if folded:
            left, right = self._lower(left), self._lower(right)
        percent = ColumnClause("'%'", STRINGTYPE, is_literal=True)
        if before:
            right = construct(percent, right, ops.concat_op, STRINGTYPE)
        if after:
            right = construct(right, percent, ops.concat_op, STRINGTYPE)
        return self._like(left, right, " NOT LIKE " if negated else " LIKE ", binary, **kw)

    # -- IN and the empty set

    def visit_empty_set_op_expr(self, types, expand_op, **kw):
        if expand_op is ops.not_in_op or expand_op is ops.in_op:
            nulls = "NULL"
            if len(types) > 1:
                nulls = "(%s)" % ", ".join(["NULL"] * len(types))
            return nulls + (
                ") OR (1 = 1" if expand_op is ops.not_in_op else ") AND (1 != 1"
            )
        return self.visit_empty_set_expr(types)

    def visit_empty_set_expr(self, element_types, **kw):
        raise NotImplementedError(
            "Dialect '%s' does not support empty set expression." % self.dialect.name
        )

    # -- special forms

    def visit_case(self, clause, **kw):
        text = "CASE "
        if clause.value is not None:
            text += clause.value._compiler_dispatch(self, **kw) + " "
        for condition, result in clause.whens:
            text += "WHEN %s THEN %s " % (
                condition._compiler_dispatch(self, **kw),
                result._compiler_dispatch(self, **kw),
            )
        if clause.else_ is not None:
            text += "ELSE " + clause.else_._compiler_dispatch(self, **kw) + " "
        return text + "END"

    def visit_cast(self, cast, **kw):
        type_text = cast.typeclause._compiler_dispatch(self, **kw)
        head, mark, collation = type_text.partition(" COLLATE ")
        return "CAST(%s AS %s)%s" % (
            cast.clause._compiler_dispatch(self, **kw),
            head,
            mark + collation,
        )

    def visit_try_cast(self, cast, **kw):
        raise exc.UnsupportedCompilationError(self, type(cast))

    def visit_type_coerce(self, type_coerce, **kw):
        return type_coerce.typed_expression._compiler_dispatch(self, **kw)

    def _frame_bound(self, bound, unbounded, **kw):
        if bound is None:
            return "UNBOUNDED " + unbounded
        if bound == 0:
            return "CURRENT ROW"
        from .expression import literal

        return "%s %s" % (
            self.process(literal(abs(bound)), **kw),
            "PRECEDING" if bound < 0 else "FOLLOWING",
        )

    def visit_over(self, over, **kw):
        parts = []
        for word, clause in (("PARTITION", over.partition_by), ("ORDER", over.order_by)):
            if clause is not None and len(clause):
                parts.append("%s BY %s" % (word, clause._compiler_dispatch(self, **kw)))
        text = over.element._compiler_dispatch(self, **kw)
        for word, frame in (("RANGE", over.range_), ("ROWS", over.rows), ("GROUPS", over.groups)):
            if frame is not None:
                parts.append(
                    "%s BETWEEN %s AND %s"
                    % (
                        word,
                        self._frame_bound(frame[0], "PRECEDING", **kw),
                        self._frame_bound(frame[1], "FOLLOWING", **kw),
                    )
                )
        return "%s OVER (%s)" % (text, " ".join(parts))

    def visit_withingroup(self, withingroup, **kw):
        return "%s WITHIN GROUP (ORDER BY %s)" % (
            withingroup.element._compiler_dispatch(self, **kw),
            withingroup.order_by._compiler_dispatch(self, **kw),
        )

    def visit_funcfilter(self, funcfilter, **kw):
        return "%s FILTER (WHERE %s)" % (
            funcfilter.func._compiler_dispatch(self, **kw),
            funcfilter.criterion._compiler_dispatch(self, **kw),
        )

    def visit_extract(self, extract, **kw):
        field = self.extract_map.get(extract.field, extract.field)
        return "EXTRACT(%s FROM %s)" % (field, extract.expr._compiler_dispatch(self, **kw))

    # -- functions

    def visit_function(self, func, add_to_result_map=None, **kw):
        if add_to_result_map is not None:
            add_to_result_map(func.name, func.name, (func.name,), func.type)
        own = getattr(self, "visit_%s_func" % func.name.lower(), None)
        if own is not None:
            text = own(func, **kw)
        else:
            kind = type(func)
            known = kind.__module__ == "sqlalchemy.sql.functions" and _FUNCTIONS.get(kind.__name__)
            if known:
                text = known
                if func._has_args:
                    text += self.function_argspec(func, **kw)
            else:
                text = self._function_name(func.name, func.name) + self.function_argspec(func, **kw)
            if func.packagenames:
                text = ".".join(
                    [self._function_name(one, func.name) for one in func.packagenames] + [text]
                )
        if func._with_ordinality:
            text += " WITH ORDINALITY"
        return text

    def _function_name(self, name, whole):
        if self.preparer._requires_quotes_illegal_chars(name) or isinstance(whole, quoted_name):
            return self.preparer.quote(name)
        return name

    def function_argspec(self, func, **kw):
        return func.clause_expr._compiler_dispatch(self, **kw)

    def visit_scalar_function_column(self, element, **kw):
        return "(%s).%s" % (
            self.visit_function(element.fn, **kw),
            self.visit_column(element, **kw),
        )

    def visit_aggregate_strings_func(self, fn, **kw):
        return "aggregate_strings%s" % self.function_argspec(fn, **kw)

    def visit_next_value_func(self, next_value, **kw):
        return self.visit_sequence(next_value.sequence)

    def visit_sequence(self, sequence, **kw):
        raise NotImplementedError(
            "Dialect '%s' does not support sequence increments." % self.dialect.name
        )

    # -- savepoints

    def visit_savepoint(self, statement, **kw):
        return "SAVEPOINT %s" % self.preparer.format_savepoint(statement)

    def visit_rollback_to_savepoint(self, statement, **kw):
        return "ROLLBACK TO SAVEPOINT %s" % self.preparer.format_savepoint(statement)

    def visit_release_savepoint(self, statement, **kw):
        return "RELEASE SAVEPOINT %s" % self.preparer.format_savepoint(statement)

    # -- values as text

    def render_literal_value(self, value, type_):
        """A value as SQL of its type."""
        if value is None and not type_.should_evaluate_none:
            return "NULL"
        processor = type_._cached_literal_processor(self.dialect)
        if processor is None:
            raise exc.CompileError(
                'No literal value renderer is available for literal value "%s" with datatype %s'
                % (_shown(value), _type_name(type_))
            )
        try:
            text = processor(value)
        except Exception as problem:
            raise exc.CompileError(
                'Could not render literal value "%s" with datatype %s; see parent stack trace '
                "for more detail." % (_shown(value), _type_name(type_))
            ) from problem
        return text.replace("%", "%%") if self.preparer._double_percents else text


def _shown(value):
    from ..exc import _trunc

    return _trunc(value)


def _type_name(type_):
    if type_.__visit_name__[:5] == "json_":
        return repr(type_)
    return "NULL" if type_._isnull else str(type_)


def _unescape(part):
    """`\\:` is how a text says a plain colon."""
    return part.replace("\\:", ":")


class _Lowered:
    """An operand of ILIKE where the database has only LIKE."""

    def __init__(self, element):
        self.element = element
        self.type = element.type

    _is_collection_aggregate = False
    operator = None

    def self_group(self, against=None):
        return _Lowered(self.element.self_group(against=against))

    @property
    def _from_objects(self):
        return self.element._from_objects

    def _compiler_dispatch(self, visitor, **kw):
        return visitor.visit_ilike_case_insensitive_operand(self, **kw)


for _name, _before, _after in (
    ("contains", True, True),
    ("startswith", False, True),
    ("endswith", True, False),
):

    def _method(before, after, negated, folded):
        def visit(self, binary, operator, **kw):
            return self._search(binary, before, after, negated, folded, **kw)

        return visit

    for _negated in (False, True):
        for _folded in (False, True):
            _visit = "visit_%s%s%s_op_binary" % (
                "not_" if _negated else "",
                "i" if _folded else "",
                _name,
            )
            setattr(SQLCompiler, _visit, _method(_before, _after, _negated, _folded))


class StrSQLCompiler(SQLCompiler):
    """What `str(statement)` shows: plain SQL that never fails for want of a dialect."""

    def _fallback_column_name(self, column):
        return "<name unknown>"

    def visit_unsupported_compilation(self, element, **kw):
        """What only one database has is written in that one's words."""
        if element.stringify_dialect == "default":
            return super().visit_unsupported_compilation(element, **kw)
        from ..engine.registry import dialect_class

        dialect = dialect_class(element.stringify_dialect).shared()
        helper = dialect.statement_compiler(dialect, None)
        for name in ("binds", "bind_names", "truncated_names", "anon_map", "stack"):
            setattr(helper, name, getattr(self, name))
        helper.escaped_bind_names = self.escaped_bind_names
        return helper.process(element, **kw)

    def visit_getitem_binary(self, binary, operator, **kw):
        return "%s[%s]" % (self.process(binary.left, **kw), self.process(binary.right, **kw))

    visit_json_getitem_op_binary = visit_getitem_binary
    visit_json_path_getitem_op_binary = visit_getitem_binary

    def visit_slice(self, element, **kw):
        return "%s:%s" % (self.process(element.start, **kw), self.process(element.stop, **kw))

    def visit_sequence(self, sequence, **kw):
        return "<next sequence value: %s>" % self.preparer.format_sequence(sequence)

    def visit_empty_set_expr(self, element_types, **kw):
        return "SELECT 1 WHERE 1!=1"

    def visit_regexp_match_op_binary(self, binary, operator, **kw):
        return self._generic_binary(binary, " <regexp> ", **kw)

    def visit_not_regexp_match_op_binary(self, binary, operator, **kw):
        return self._generic_binary(binary, " <not regexp> ", **kw)

    def visit_regexp_replace_op_binary(self, binary, operator, **kw):
        return "<regexp replace>(%s, %s)" % (
            binary.left._compiler_dispatch(self, **kw),
            binary.right._compiler_dispatch(self, **kw),
        )

    def visit_try_cast(self, cast, **kw):
        return "TRY_CAST(%s AS %s)" % (
            cast.clause._compiler_dispatch(self, **kw),
            cast.typeclause._compiler_dispatch(self, **kw),
        )

    def get_select_precolumns(self, select, **kw):
        return "DISTINCT " if select._distinct else ""

    def get_from_hint_text(self, table, text):
        return "[%s]" % text

    def update_from_clause(self, update, table, extra, **kw):
        return "FROM " + self._from_list(extra, **kw)

    def delete_extra_from_clause(self, delete, table, extra, **kw):
        return ", " + self._from_list(extra, **kw)

    def returning_clause(self, statement, columns, populate_result_map, **kw):
        return "RETURNING " + ", ".join(
            self._label_select_column(one, populate_result_map, False, {})
            for raw in columns
            for one in raw._select_iterable
        )


__all__ = ("Compiled", "SQLCompiler", "StrSQLCompiler", "IdentifierPreparer")
