"""Statements in the SQL of MySQL and MariaDB."""

from ... import exc
from ...engine.preparer import EnginePreparer
from ...sql.compiler import SQLCompiler, affinity
from ...sql.elements import BindParameter, ClauseElement


def _string():
    from ...types import STRINGTYPE

    return STRINGTYPE


class MySQLCompiler(SQLCompiler):
    """The own words of MySQL and MariaDB."""

    render_table_with_column_in_update_from = True
    extract_map = {**SQLCompiler.extract_map, "milliseconds": "millisecond"}
    _join_word = " INNER JOIN "

    def render_literal_value(self, value, type_):
        text = super().render_literal_value(value, type_)
        if self.dialect._backslash_escapes:
            text = text.replace("\\", "\\\\")
        return text

    def default_from(self):
        if self.stack and self.stack[-1]["selectable"]._where_criteria:
            return " FROM DUAL"
        return ""

    def visit_true(self, expr, **kw):
        return "true"

    def visit_false(self, expr, **kw):
        return "false"

    # -- functions

    def visit_random_func(self, fn, **kw):
        return "rand%s" % self.function_argspec(fn)

    def visit_rollup_func(self, fn, **kw):
        return ", ".join(self.process(one, **kw) for one in fn.clauses) + " WITH ROLLUP"

    def visit_aggregate_strings_func(self, fn, **kw):
        expression, separator = [self.process(one, **kw) for one in fn.clauses]
        return "group_concat(%s SEPARATOR %s)" % (expression, separator)

    def visit_sequence(self, sequence, **kw):
        return "nextval(%s)" % self.preparer.format_sequence(sequence)

    def visit_sysdate_func(self, fn, **kw):
        return "SYSDATE()"

    # -- operators

    def visit_concat_op_expression_clauselist(self, clauselist, operator, **kw):
        return "concat(%s)" % ", ".join(self.process(one, **kw) for one in clauselist.clauses)

    def visit_concat_op_binary(self, binary, operator, **kw):
        return "concat(%s, %s)" % (
            self.process(binary.left, **kw),
            self.process(binary.right, **kw),
        )

    def visit_json_getitem_op_binary(self, binary, operator, **kw):
        left, right = self.process(binary.left, **kw), self.process(binary.right, **kw)
        kind = affinity(binary.type)
        if kind == "JSON":
            return "JSON_EXTRACT(%s, %s)" % (left, right)

        def extract():
            return "JSON_EXTRACT(%s, %s)" % (
                self.process(binary.left, **kw),
                self.process(binary.right, **kw),
            )

        text = "CASE JSON_EXTRACT(%s, %s) WHEN 'null' THEN NULL" % (left, right)
        type_ = binary.type
        if kind == "Integer":
            text += " ELSE CAST(%s AS SIGNED INTEGER)" % extract()
        elif kind == "Numeric":
            if type_.scale is not None and type_.precision is not None:
                text += " ELSE CAST(%s AS DECIMAL(%s, %s))" % (
                    extract(),
                    type_.precision,
                    type_.scale,
                )
            else:
                text += " ELSE %s+0.0000000000000000000000" % extract()
        elif kind == "Boolean":
            text += " WHEN true THEN true ELSE false"
        elif kind == "String":
            text += " ELSE JSON_UNQUOTE(%s)" % extract()
        else:
            text += " ELSE " + extract()
        return text + " END"

    visit_json_path_getitem_op_binary = visit_json_getitem_op_binary

    def visit_match_op_binary(self, binary, operator, **kw):
        modifiers = binary.modifiers
        flags = (
            modifiers.get("mysql_boolean_mode", True),
            modifiers.get("mysql_natural_language", False),
            modifiers.get("mysql_query_expansion", False),
        )
        if flags not in _MATCH_FLAGS:
            raise exc.CompileError(
                "Invalid MySQL match flags: in_boolean_mode=%s, in_natural_language_mode=%s, "
                "with_query_expansion=%s" % flags
            )
        words = ("IN BOOLEAN MODE", "IN NATURAL LANGUAGE MODE", "WITH QUERY EXPANSION")
        left = self.process(binary.left, **kw)
        against = [self.process(binary.right, **kw)]
        against += [word for word, flag in zip(words, flags) if flag]
        return "MATCH (%s) AGAINST (%s)" % (left, " ".join(against))

    def visit_mysql_match(self, element, **kw):
        return self.visit_match_op_binary(element, element.operator, **kw)

    def visit_is_distinct_from_binary(self, binary, operator, **kw):
        return "NOT (%s <=> %s)" % (
            self.process(binary.left, **kw),
            self.process(binary.right, **kw),
        )

    def visit_is_not_distinct_from_binary(self, binary, operator, **kw):
        return "%s <=> %s" % (self.process(binary.left, **kw), self.process(binary.right, **kw))

    def _flagged_pattern(self, flags, pattern, **kw):
        return "CONCAT('(?', %s, ')', %s)" % (
            self.render_literal_value(flags, _string()),
            self.process(pattern, **kw),
        )

    def _regexp(self, word, negation, binary, kw):
        flags = binary.modifiers["flags"]
        if flags is None:
            return self._generic_binary(binary, word, **kw)
        left = self.process(binary.left, **kw)
        if self.dialect.is_mariadb:
            return left + word + self._flagged_pattern(flags, binary.right, **kw)
        return "%sREGEXP_LIKE(%s, %s, %s)" % (
            negation,
            left,
            self.process(binary.right, **kw),
            self.render_literal_value(flags, _string()),
        )

    def visit_regexp_match_op_binary(self, binary, operator, **kw):
        return self._regexp(" REGEXP ", "", binary, kw)

    def visit_not_regexp_match_op_binary(self, binary, operator, **kw):
        return self._regexp(" NOT REGEXP ", "NOT ", binary, kw)

    def visit_regexp_replace_op_binary(self, binary, operator, **kw):
        flags = binary.modifiers["flags"]
        left = self.process(binary.left, **kw)
        if flags is None:
            return "REGEXP_REPLACE(%s, %s)" % (left, self.process(binary.right, **kw))
        if self.dialect.is_mariadb:
            return "REGEXP_REPLACE(%s, %s, %s)" % (
                left,
                self._flagged_pattern(flags, binary.right.clauses[0], **kw),
                self.process(binary.right.clauses[1], **kw),
            )
        return "REGEXP_REPLACE(%s, %s, %s)" % (
            left,
            self.process(binary.right, **kw),
            self.render_literal_value(flags, _string()),
        )

    def visit_empty_set_expr(self, element_types, **kw):
        names = ["_in_%d" % index for index, _ in enumerate(element_types)]
        return "SELECT %s FROM (SELECT %s) as _empty_set WHERE 1!=1" % (
            ", ".join(names),
            ", ".join("1 AS " + name for name in names),
        )

    # -- CAST

    def _cast_type(self, type_):
        """The type's name in a CAST, of which these databases know only a few."""
        type_ = type_.dialect_impl(self.dialect)
        if getattr(type_, "_is_type_decorator", False):
            return self._cast_type(type_.type_engine(self.dialect))
        kind = affinity(type_)
        name = type(type_).__name__
        if kind == "Integer":
            return "UNSIGNED INTEGER" if getattr(type_, "unsigned", False) else "SIGNED INTEGER"
        if name == "TIMESTAMP":
            return "DATETIME"
        if kind in ("DateTime", "Date", "Time") or name == "DECIMAL":
            return self.dialect.type_text(type_)
        if kind == "String" and name not in ("ENUM", "SET"):
            from .types import CHAR

            text = self.dialect.type_text(CHAR(length=getattr(type_, "length", None)))
            for word in ("charset", "collation"):
                value = getattr(type_, word, None)
                if value:
                    text += " %s %s" % ("CHARACTER SET" if word == "charset" else "COLLATE", value)
            return text
        if kind == "_Binary":
            return "BINARY"
        if kind == "JSON":
            return "JSON"
        if any(base.__name__ == "NUMERIC" for base in type(type_).__mro__):
            return self.dialect.type_text(type_).replace("NUMERIC", "DECIMAL")
        if kind == "Numeric" and not any(b.__name__ == "Float" for b in type(type_).__mro__):
            return self.dialect.type_text(type_).replace("NUMERIC", "DECIMAL")
        if kind == "Numeric" and self.dialect._support_float_cast:
            return self.dialect.type_text(type_)
        return None

    def visit_typeclause(self, typeclause, **kw):
        return self._cast_type(typeclause.type)

    def visit_cast(self, cast, **kw):
        type_ = self._cast_type(cast.type)
        if type_ is None:
            import warnings

            warnings.warn(
                "Datatype %s does not support CAST on MySQL/MariaDb; the CAST will be skipped."
                % self.dialect.type_text(cast.type),
                exc.SAWarning,
            )
            return self.process(cast.clause.self_group(), **kw)
        return "CAST(%s AS %s)" % (self.process(cast.clause, **kw), type_)

    # -- clauses

    def get_from_hint_text(self, table, text):
        return text

    def for_update_clause(self, select, **kw):
        argument = select._for_update_arg
        if not argument.read:
            text = " FOR UPDATE"
        elif self.dialect.use_mysql_for_share:
            text = " FOR SHARE"
        else:
            text = " LOCK IN SHARE MODE"
        if argument.of and self.dialect.supports_for_update_of:
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

    def limit_clause(self, select, **kw):
        limit, offset = select._limit_clause, select._offset_clause
        if offset is None:
            return "" if limit is None else " \n LIMIT %s" % self.process(limit, **kw)
        first = self.process(offset, **kw)
        if limit is None:
            return " \n LIMIT %s, 18446744073709551615" % first
        return " \n LIMIT %s, %s" % (first, self.process(limit, **kw))

    # -- statements that change rows

    def dml_limit_clause(self, statement):
        limit = statement.dialect_kwargs.get("%s_limit" % self.dialect.name)
        return None if limit is None else "LIMIT %d" % int(limit)

    def update_tables_clause(self, update, table, extra, **kw):
        return self._from_list([table, *extra], **kw)

    def update_from_clause(self, update, table, extra, **kw):
        return None

    def delete_table_clause(self, delete, table, extra, **kw):
        return table._compiler_dispatch(self, asfrom=True, iscrud=True, ashint=bool(extra), **kw)

    def delete_extra_from_clause(self, delete, table, extra, **kw):
        return "USING " + self._from_list([table, *extra], **kw)

    def visit_on_duplicate_key_update(self, clause, **kw):
        from ...sql.expression import literal_column
        from ...sql.visitors import replacement_traverse

        statement = self.stack[-1]["selectable"]
        table = statement.table
        columns = list(table.c)
        if clause.ordering:
            place = {key: index for index, key in enumerate(clause.ordering)}
            columns.sort(key=lambda column: place.get(column.key, len(place)))
        by_alias = statement.select is None and self.dialect._requires_alias_for_on_duplicate_key
        alias = "new_1" if table.name.lower() == "new" else "new"
        texts = []
        for column in columns:
            if column.key not in clause.update:
                continue
            value = clause.update[column.key]
            if not isinstance(value, ClauseElement) and not hasattr(value, "__clause_element__"):
                value = BindParameter(None, value, type_=column.type)
            else:
                from ...sql.coercion import expression

                def replace(element, column=column):
                    if element._is_bind_parameter and element.type._isnull:
                        return element._with_binary_element_type(column.type)
                    if element._is_column_element and getattr(element, "table", None) is not None:
                        if element.table is clause.inserted_alias:
                            name = self.preparer.quote(element.name)
                            form = "%s.%s" % (alias, name) if by_alias else "VALUES(%s)" % name
                            return literal_column(form)
                    return None

                value = replacement_traverse(expression(value), {}, replace)
            texts.append(
                "%s = %s"
                % (
                    self.preparer.quote(column.name),
                    self.process(value.self_group(), use_schema=False),
                )
            )
        text = "ON DUPLICATE KEY UPDATE " + ", ".join(texts)
        return "AS %s %s" % (alias, text) if by_alias else text


_MATCH_FLAGS = frozenset(
    (
        (False, False, False),
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, True, True),
    )
)


class MySQLIdentifierPreparer(EnginePreparer):
    """The quoting of MySQL and MariaDB."""

    initial_quote = final_quote = "`"
