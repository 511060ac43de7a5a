"""Statements in PostgreSQL's SQL."""

from ... import exc
from ...sql import operators as ops
from ...engine.preparer import EnginePreparer
from ...sql.compiler import SQLCompiler, affinity
from ..upsert import ConflictClauses


def _string():
    from ...types import STRINGTYPE

    return STRINGTYPE


class PGCompiler(ConflictClauses, SQLCompiler):
    """PostgreSQL's own words."""

    # -- values

    def render_literal_value(self, value, type_):
        text = super().render_literal_value(value, type_)
        if self.dialect._backslash_escapes:
            text = text.replace("\\", "\\\\")
        return text

    def visit_array(self, element, **kw):
        if not element.clauses and not element.type.item_type._isnull:
            return "ARRAY[]::%s" % self.dialect.type_text(element.type)
        return "ARRAY[%s]" % self.visit_clauselist(element, **kw)

    def visit_slice(self, element, **kw):
        return "%s:%s" % (self.process(element.start, **kw), self.process(element.stop, **kw))

    # -- operators

    def visit_bitwise_xor_op_binary(self, binary, operator, **kw):
        return self._generic_binary(binary, " # ", **kw)

    def visit_json_getitem_op_binary(self, binary, operator, _cast_applied=False, **kw):
        return self._document_part(binary, " -> ", " ->> ", _cast_applied, kw)

    def visit_json_path_getitem_op_binary(self, binary, operator, _cast_applied=False, **kw):
        return self._document_part(binary, " #> ", " #>> ", _cast_applied, kw)

    def _document_part(self, binary, plain, as_text, cast_applied, kw):
        from ...sql.constructs import Cast

        if not cast_applied and affinity(binary.type) != "JSON":
            return self.process(Cast(binary, binary.type), _cast_applied=True, **kw)
        kw["eager_grouping"] = True
        if plain == " -> " and not cast_applied and self._subscripts(binary.left.type):
            return self._subscript(binary, **kw)
        return self._generic_binary(binary, as_text if cast_applied else plain, **kw)

    def _subscripts(self, type_):
        return self.dialect._supports_jsonb_subscripting and any(
            base.__name__ == "JSONB" for base in type(type_).__mro__
        )

    def _subscript(self, binary, **kw):
        from ...sql.constructs import Cast
        from ...sql.elements import Grouping
        from ...sql.functions import FunctionElement

        left = binary.left
        if isinstance(left, (FunctionElement, Cast)):
            left = Grouping(left)
        return "%s[%s]" % (self.process(left, **kw), self.process(binary.right, **kw))

    def visit_getitem_binary(self, binary, operator, **kw):
        return "%s[%s]" % (self.process(binary.left, **kw), self.process(binary.right, **kw))

    def visit_aggregate_order_by(self, element, **kw):
        return "%s ORDER BY %s" % (
            self.process(element.target, **kw),
            self.process(element.order_by, **kw),
        )

    def visit_match_op_binary(self, binary, operator, **kw):
        left = self.process(binary.left, **kw)
        right = self.process(binary.right, **kw)
        config = binary.modifiers.get("postgresql_regconfig")
        if config:
            config = self.render_literal_value(config, _string())
            return "%s @@ plainto_tsquery(%s, %s)" % (left, config, right)
        return "%s @@ plainto_tsquery(%s)" % (left, right)

    def visit_ilike_case_insensitive_operand(self, element, **kw):
        return element.element._compiler_dispatch(self, **kw)

    def visit_ilike_op_binary(self, binary, operator, **kw):
        return self._like(binary.left, binary.right, " ILIKE ", binary, **kw)

    def visit_not_ilike_op_binary(self, binary, operator, **kw):
        return self._like(binary.left, binary.right, " NOT ILIKE ", binary, **kw)

    def _search(self, binary, before, after, negated, folded, **kw):
        if not folded:
            return super()._search(binary, before, after, negated, folded, **kw)
        from ...sql.build import construct
        from ...sql.elements import ColumnClause

        right = binary.right
        percent = ColumnClause("'%'", _string(), is_literal=True)
        if before:
            right = construct(percent, right, ops.concat_op, _string())
        if after:
            right = construct(right, percent, ops.concat_op, _string())
        word = " NOT ILIKE " if negated else " ILIKE "
        return self._like(binary.left, right, word, binary, **kw)

    def _regexp(self, sign, binary, kw):
        flags = binary.modifiers["flags"]
        if flags is None:
            return self._generic_binary(binary, " %s " % sign, **kw)
        if flags == "i":
            return self._generic_binary(binary, " %s* " % sign, **kw)
        return "%s %s CONCAT('(?', %s, ')', %s)" % (
            self.process(binary.left, **kw),
            sign,
            self.render_literal_value(flags, _string()),
            self.process(binary.right, **kw),
        )

    def visit_regexp_match_op_binary(self, binary, operator, **kw):
        return self._regexp("~", binary, kw)

    def visit_not_regexp_match_op_binary(self, binary, operator, **kw):
        return self._regexp("!~", binary, kw)

    def visit_regexp_replace_op_binary(self, binary, operator, **kw):
        parts = [self.process(binary.left, **kw), self.process(binary.right, **kw)]
        flags = binary.modifiers["flags"]
        if flags is not None:
            parts.append(self.render_literal_value(flags, _string()))
        return "REGEXP_REPLACE(%s)" % ", ".join(parts)

    def visit_empty_set_expr(self, element_types, **kw):
        return "SELECT %s WHERE 1!=1" % ", ".join(
            "CAST(NULL AS %s)" % ("INTEGER" if one._isnull else self.dialect.type_text(one))
            for one in element_types
        )

    # -- functions

    def visit_aggregate_strings_func(self, fn, **kw):
        return "string_agg%s" % self.function_argspec(fn)

    def visit_sequence(self, sequence, **kw):
        name = self.preparer.format_sequence(sequence)
        return "nextval('%s')" % name.replace("'", "''")

    def visit_substring_func(self, func, **kw):
        parts = [self.process(one, **kw) for one in func.clauses.clauses]
        if len(parts) > 2:
            return "SUBSTRING(%s FROM %s FOR %s)" % tuple(parts)
        return "SUBSTRING(%s FROM %s)" % tuple(parts)

    # -- clauses

    def limit_clause(self, select, **kw):
        text = ""
        if select._limit_clause is not None:
            text += " \n LIMIT " + self.process(select._limit_clause, **kw)
        if select._offset_clause is not None:
            if select._limit_clause is None:
                text += "\n LIMIT ALL"
            text += " OFFSET " + self.process(select._offset_clause, **kw)
        return text

    def fetch_clause(self, select, **kw):
        text = ""
        if select._offset_clause is not None:
            text += "\n OFFSET (%s) ROWS" % self.process(select._offset_clause, **kw)
        options = select._fetch_clause_options
        return text + "\n FETCH FIRST (%s)%s ROWS %s" % (
            self.process(select._fetch_clause, **kw),
            " PERCENT" if options["percent"] else "",
            "WITH TIES" if options["with_ties"] else "ONLY",
        )

    def format_from_hint_text(self, sqltext, table, hint, iscrud):
        if hint.upper() != "ONLY":
            raise exc.CompileError("Unrecognized hint: %r" % hint)
        return "ONLY " + sqltext

    def get_select_precolumns(self, select, **kw):
        if select._distinct_on:
            return "DISTINCT ON (%s) " % ", ".join(
                self.process(one, **kw) for one in select._distinct_on
            )
        return "DISTINCT " if select._distinct else ""

    def for_update_clause(self, select, **kw):
        argument = select._for_update_arg
        if argument.read:
            text = " FOR KEY SHARE" if argument.key_share else " FOR SHARE"
        else:
            text = " FOR NO KEY UPDATE" if argument.key_share else " FOR UPDATE"
        return text + self._lock_options(argument, kw)

    def _lock_options(self, argument, kw):
        text = ""
        if argument.of:
            tables = []
            for one in argument.of:
                for table in [one] if one._is_from_clause else one._from_objects:
                    if not any(table is other for other in tables):
                        tables.append(table)
            options = dict(kw, ashint=True, use_schema=False)
            text += " OF " + ", ".join(self.process(table, **options) for table in tables)
        if argument.nowait:
            text += " NOWAIT"
        if argument.skip_locked:
            text += " SKIP LOCKED"
        return text

    def update_from_clause(self, update, table, extra, **kw):
        return "FROM " + self._from_list(extra, **kw)

    def delete_extra_from_clause(self, delete, table, extra, **kw):
        return "USING " + self._from_list(extra, **kw)


class PGIdentifierPreparer(EnginePreparer):
    """PostgreSQL's quoting."""
