"""Statements in SQLite's SQL."""

from ... import exc
from ...engine.preparer import EnginePreparer
from ...sql.compiler import SQLCompiler, affinity
from ...sql.expression import literal
from ..upsert import ConflictClauses


class SQLiteCompiler(ConflictClauses, SQLCompiler):
    """SQLite's own words."""

    extract_map = {
        **SQLCompiler.extract_map,
        "month": "%m",
        "day": "%d",
        "year": "%Y",
        "second": "%S",
        "hour": "%H",
        "doy": "%j",
        "minute": "%M",
        "epoch": "%s",
        "dow": "%w",
        "week": "%W",
    }
    _conflict_where_options = {"literal_execute": True}

    def visit_truediv_binary(self, binary, operator, **kw):
        return "%s / (%s + 0.0)" % (
            self.process(binary.left, **kw),
            self.process(binary.right, **kw),
        )

    def visit_now_func(self, fn, **kw):
        return "CURRENT_TIMESTAMP"

    def visit_localtimestamp_func(self, func, **kw):
        return "DATETIME(CURRENT_TIMESTAMP, 'localtime')"

    def visit_true(self, expr, **kw):
        return "1"

    def visit_false(self, expr, **kw):
        return "0"

    def visit_char_length_func(self, fn, **kw):
        return "length%s" % self.function_argspec(fn)

    def visit_aggregate_strings_func(self, fn, **kw):
        return "group_concat%s" % self.function_argspec(fn)

    def visit_extract(self, extract, **kw):
        field = self.extract_map.get(extract.field)
        if field is None:
            raise exc.CompileError("%s is not a valid extract argument." % extract.field)
        return "CAST(STRFTIME('%s', %s) AS INTEGER)" % (field, self.process(extract.expr, **kw))

    def returning_clause(self, statement, columns, populate_result_map, **kw):
        kw["include_table"] = False
        return super().returning_clause(statement, columns, populate_result_map, **kw)

    def limit_clause(self, select, **kw):
        text = ""
        if select._limit_clause is not None:
            text += "\n LIMIT " + self.process(select._limit_clause, **kw)
        if select._offset_clause is None:
            return text + " OFFSET " + self.process(literal(0), **kw)
        if select._limit_clause is None:
            text += "\n LIMIT " + self.process(literal(-1))
        return text + " OFFSET " + self.process(select._offset_clause, **kw)

    def for_update_clause(self, select, **kw):
        return ""

    def update_from_clause(self, update, table, extra, **kw):
        return "FROM " + self._from_list(extra, **kw)

    def visit_is_distinct_from_binary(self, binary, operator, **kw):
        return "%s IS NOT %s" % (self.process(binary.left, **kw), self.process(binary.right, **kw))

    def visit_is_not_distinct_from_binary(self, binary, operator, **kw):
        return "%s IS %s" % (self.process(binary.left, **kw), self.process(binary.right, **kw))

    def visit_json_getitem_op_binary(self, binary, operator, **kw):
        text = "JSON_EXTRACT(%s, %s)" % (
            self.process(binary.left, **kw),
            self.process(binary.right, **kw),
        )
        return "JSON_QUOTE(%s)" % text if affinity(binary.type) == "JSON" else text

    visit_json_path_getitem_op_binary = visit_json_getitem_op_binary

    def visit_empty_set_op_expr(self, types, expand_op, **kw):
        return self.visit_empty_set_expr(types)

    def visit_empty_set_expr(self, element_types, **kw):
        ones = ", ".join("1" for _ in element_types)
        return "SELECT %s FROM (SELECT %s) WHERE 1!=1" % (ones, ones)

    def visit_regexp_match_op_binary(self, binary, operator, **kw):
        return self._generic_binary(binary, " REGEXP ", **kw)

    def visit_not_regexp_match_op_binary(self, binary, operator, **kw):
        return self._generic_binary(binary, " NOT REGEXP ", **kw)

    def visit_bitwise_xor_op_binary(self, binary, operator, **kw):
        kw["eager_grouping"] = True
        either = self._generic_binary(binary, " | ", **kw)
        both = self._generic_binary(binary, " & ", **kw)
        return "(%s - %s)" % (either, both)


class SQLiteIdentifierPreparer(EnginePreparer):
    """SQLite's quoting."""
