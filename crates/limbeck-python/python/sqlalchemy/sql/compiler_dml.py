"""INSERT, UPDATE and DELETE as SQL: which columns are written and with what."""

from .. import exc
from .elements import BindParameter, ClauseElement, _anonymous_label
from .select_plan import columns_plus_names

REQUIRED = object()


class DMLCompiler:
    """The part of the compiler that knows statements that change rows."""

    implicit_returning = None

    # -- values

    def _value_text(self, column, value, name, kw):
        """A value of a column as SQL; a plain one is a parameter named as the column."""
        if value is REQUIRED:
            bind = BindParameter(name, type_=column.type, required=True, _is_crud=True)
            return self.visit_bindparam(bind)
        if not isinstance(value, ClauseElement):
            value = BindParameter(None, value, column.type, unique=True, _is_crud=True)
        if value._is_bind_parameter:
            if value.unique and len(self.stack) == 1:
                if isinstance(value.key, _anonymous_label):
                    self.truncated_names[("bindparam", value.key)] = name
            if value.type._isnull:
                value = value._with_binary_element_type(column.type)
            return self.process(value, **kw)
        return self.process(value.self_group(), **kw)

    def _given(self, statement):
        """What the statement and the run say of columns: key → value."""
        values = statement._values
        if statement._multi_values:
            values = statement._multi_values[0]
        if self.column_keys is None or len(self.stack) > 1:
            if values is None:
                return {column.key: REQUIRED for column in statement.table.c}, None
            return dict(values), set(values)
        given = {
            (key if isinstance(key, str) else key.key): REQUIRED
            for key in self.column_keys
            if not values or key not in values
        }
        given.update(values or {})
        return given, set(values or ())

    def _check_consumed(self, left, named):
        unknown = [key for key in left if named is not None and key in named]
        if unknown:
            raise exc.CompileError(
                "Unconsumed column names: %s" % ", ".join(sorted(str(key) for key in unknown))
            )

    def _default_text(self, column, default, name, kw):
        """A column's own default where the statement gives no value; None for none."""
        if default is None:
            return None
        if getattr(default, "is_sequence", False):
            if not self.dialect.supports_sequences or default.optional:
                return None
            return self.visit_sequence(default, **kw)
        if not hasattr(default, "arg"):
            return None
        if getattr(default, "is_clause_element", False) and isinstance(default.arg, ClauseElement):
            return self.process(default.arg.self_group(), **kw)
        self.prefetch.append((column, default, name))
        bind = BindParameter(name, type_=column.type, required=False, _is_crud=True)
        return self.process(bind, **kw)

    # -- INSERT

    def visit_insert(self, insert, visiting_cte=None, **kw):
        toplevel = visiting_cte is None and not self.stack
        kw.pop("asfrom", None)
        kw.pop("compound_index", None)
        if visiting_cte is not None:
            kw["visiting_cte"] = visiting_cte
        if toplevel:
            self.isinsert = True
        self.prefetch = []
        self.stack.append(
            {"correlate_froms": (), "asfrom_froms": (), "selectable": insert, "plan": None}
        )
        if insert.select is not None:
            pairs = self._from_select_columns(insert, kw)
        else:
            pairs = self._insert_pairs(insert, toplevel, kw)
        self._visit_independent_ctes(insert, kw)
        text = "INSERT "
        if insert._prefixes:
            text += self._phrases(insert._prefixes, **kw)
        table = self.preparer.format_table(insert.table)
        text += "INTO " + self._hinted(insert, table)
        defaults = self.dialect.supports_default_values
        if not pairs and not defaults and not self.dialect.supports_empty_insert:
            raise exc.CompileError(
                "The '%s' dialect with current database version settings does not support empty "
                "inserts." % self.dialect.name
            )
        if pairs or not defaults:
            text += " (%s)" % ", ".join(
                [self.preparer.format_column(column) for column, _ in pairs]
            )
        returning = ""
        wanted = self._implicit_returning(insert, toplevel) or insert._returning
        if wanted:
            returning = " " + self.returning_clause(insert, wanted, populate_result_map=toplevel)
        if insert.select is not None:
            query = self.process(self._inner_select, insert_into=True, **kw)
            if self.ctes and self.dialect.cte_follows_insert:
                clause = self._cte_clause(None if toplevel else len(self.stack), True)
                text += " %s%s" % (clause, query)
            else:
                text += " " + query
        elif not pairs and defaults:
            text += " DEFAULT VALUES"
        elif insert._multi_values:
            rows = [pairs] + [
                self._multi_row(insert, pairs, row, index, kw)
                for index, row in enumerate(insert._multi_values[1:], 1)
            ]
            text += " VALUES " + ", ".join(
                "(%s)" % ", ".join([value for _, value in row]) for row in rows
            )
        else:
            text += " VALUES (%s)" % ", ".join([value for _, value in pairs])
        if insert._post_values_clause is not None:
            after = self.process(insert._post_values_clause, **kw)
            if after:
                text += " " + after
        text += returning
        if self.ctes and not (insert.select is not None and self.dialect.cte_follows_insert):
            text = self._cte_clause(None if toplevel else len(self.stack), True) + text
        self.stack.pop()
        return text

    prefetch = ()

    def _insert_pairs(self, insert, toplevel, kw):
        given, named = self._given(insert)
        suffix = "_m0" if insert._multi_values else ""
        pairs = []
        for column in insert.table.c:
            key = column.key
            if key in given:
                value = given.pop(key)
                if getattr(column, "computed", None) is not None and value is REQUIRED:
                    if self.column_keys is None:
                        continue
                pairs.append((column, self._value_text(column, value, key + suffix, kw)))
                continue
            if insert._inline and not insert._multi_values:
                default = getattr(column, "default", None)
                if default is None or not getattr(default, "is_clause_element", False):
                    if default is None or not getattr(default, "is_scalar", False):
                        if default is None or not getattr(default, "is_callable", False):
                            continue
            text = self._default_text(column, getattr(column, "default", None), key, kw)
            if text is not None:
                pairs.append((column, text))
        self._check_consumed(given, named)
        return pairs

    def _multi_row(self, insert, pairs, row, index, kw):
        values = []
        for column, _ in pairs:
            name = "%s_m%d" % (column.key, index)
            if column.key in row:
                text = self._value_text(column, row[column.key], name, kw)
            else:
                text = self._default_text(column, getattr(column, "default", None), name, kw)
                if text is None:
                    raise exc.CompileError(
                        "INSERT value for column %s is explicitly rendered as a boundparameter in "
                        "the VALUES clause; a Python-side value or SQL expression is required"
                        % column
                    )
            values.append((column, text))
        return values

    def _from_select_columns(self, insert, kw):
        self._inner_select = insert.select
        table = insert.table
        pairs = [(table.c[name], None) for name in insert._select_names]
        if not insert._include_defaults:
            return pairs
        extra = []
        for column in table.c:
            default = getattr(column, "default", None)
            if default is None or column.key in insert._select_names:
                continue
            if not hasattr(default, "arg"):
                continue
            if isinstance(default.arg, ClauseElement):
                extra.append((column, default.arg.self_group()))
            elif getattr(default, "is_scalar", False):
                self.prefetch.append((column, default, column.key))
                extra.append((column, BindParameter(column.key, None, column.type)))
        if extra and hasattr(insert.select, "add_columns"):
            self._inner_select = insert.select.add_columns(*[value for _, value in extra])
            pairs += [(column, None) for column, _ in extra]
        return pairs

    def _hinted(self, statement, table_text):
        for (element, dialect), hint in statement._hints.items():
            if element is statement.table and dialect in ("*", self.dialect.name):
                return self.format_from_hint_text(table_text, element, hint, True)
        return table_text

    def _implicit_returning(self, insert, toplevel):
        """The key of a single new row, where the database gives it by RETURNING."""
        if (
            not toplevel
            or insert._returning
            or insert._inline
            or insert._multi_values
            or insert.select is not None
            or self.for_executemany
            or not self.dialect.implicit_returning
            or not getattr(insert.table, "implicit_returning", False)
        ):
            return ()
        key = list(insert.table.primary_key)
        given, _ = self._given(insert)
        missing = [
            column
            for column in key
            if column.key not in given
            and (
                column is insert.table._autoincrement_column
                or getattr(column, "server_default", None) is not None
                or _by_sql(getattr(column, "default", None))
            )
        ]
        if not missing:
            return ()
        self.implicit_returning = key
        return key

    def returning_clause(self, statement, columns, populate_result_map, **kw):
        wanted = [one for raw in columns for one in raw._select_iterable]
        return "RETURNING " + ", ".join(
            self._label_select_column(
                column,
                populate_result_map,
                False,
                kw,
                name=required,
                proxy_name=key,
                fallback=fallback,
                repeated=repeated,
            )
            for required, key, fallback, column, repeated in columns_plus_names(
                statement, True, wanted
            )
        )

    # -- UPDATE

    def _extra_froms(self, statement):
        seen = {id(statement.table)}
        found = []
        sources = list(statement._where_criteria)
        for value in (statement._values or {}).values():
            if isinstance(value, ClauseElement):
                sources.append(value)
        for source in sources:
            for one in source._from_objects:
                if id(one) not in seen:
                    seen.add(id(one))
                    found.append(one)
        return found

    def visit_update(self, update, visiting_cte=None, **kw):
        toplevel = visiting_cte is None and not self.stack
        kw.pop("asfrom", None)
        if visiting_cte is not None:
            kw["visiting_cte"] = visiting_cte
        if toplevel:
            self.isupdate = True
        self.prefetch = []
        table = update.table
        extra = self._extra_froms(update)
        main = [table, *(one for one in table._from_objects if one is not table)]
        inside = {id(one) for one in main}
        rendered = [one for one in extra if id(one) not in inside]
        outer = [*main, *rendered]
        self.stack.append(
            {"correlate_froms": outer, "asfrom_froms": outer, "selectable": update, "plan": None}
        )
        text = "UPDATE "
        if update._prefixes:
            text += self._phrases(update._prefixes, **kw)
        table_text = self.update_tables_clause(update, table, rendered, **kw)
        assignments = self._assignments(update, rendered, kw)
        self._visit_independent_ctes(update, kw)
        text += self._hinted(update, table_text) + " SET " + ", ".join(assignments)
        if rendered:
            clause = self.update_from_clause(update, table, rendered, **kw)
            if clause:
                text += " " + clause
        text = self._where_and_after(text, update, toplevel, kw)
        self.stack.pop()
        return text

    def _where_and_after(self, text, statement, toplevel, kw):
        if statement._where_criteria:
            where = self._delimited_and(statement._where_criteria, **kw)
            if where:
                text += " WHERE " + where
        limit = self.dml_limit_clause(statement)
        if limit:
            text += " " + limit
        if statement._returning:
            text += " " + self.returning_clause(
                statement, statement._returning, populate_result_map=toplevel
            )
        if self.ctes:
            text = self._cte_clause(None if toplevel else len(self.stack)) + text
        return text

    def dml_limit_clause(self, statement):
        return None

    def _assignments(self, update, extra, kw):
        given, named = self._given(update)
        with_table = bool(extra) and self.render_table_with_column_in_update_from
        columns = list(update.table.c)
        if update._ordered_values is not None:
            place = {key: index for index, key in enumerate(update._ordered_values)}
            columns.sort(key=lambda column: place.get(column.key, len(place)))
        texts = []
        for column in columns:
            name = self.process(column, include_table=with_table)
            if column.key in given:
                value = given.pop(column.key)
                text = self._value_text(column, value, column.key, kw)
            else:
                text = self._default_text(
                    column, getattr(column, "onupdate", None), column.key, kw
                )
            if text is not None:
                texts.append("%s=%s" % (name, text))
        for other in extra:
            for column in other.c if other._is_from_clause else ():
                key = "%s_%s" % (getattr(other, "name", ""), column.key)
                if named is not None and key in given:
                    value = given.pop(key)
                    name = self.process(column, include_table=with_table)
                    texts.append("%s=%s" % (name, self._value_text(column, value, key, kw)))
        self._check_consumed(given, named)
        return texts

    def update_tables_clause(self, update, table, extra, **kw):
        kw["asfrom"] = True
        return table._compiler_dispatch(self, iscrud=True, **kw)

    def update_from_clause(self, update, table, extra, **kw):
        raise NotImplementedError(
            "This backend does not support multiple-table criteria within UPDATE"
        )

    # -- DELETE

    def visit_delete(self, delete, visiting_cte=None, **kw):
        toplevel = visiting_cte is None and not self.stack
        kw.pop("asfrom", None)
        if visiting_cte is not None:
            kw["visiting_cte"] = visiting_cte
        if toplevel:
            self.isdelete = True
        table = delete.table
        extra = self._extra_froms(delete)
        outer = [table, *extra]
        self.stack.append(
            {"correlate_froms": outer, "asfrom_froms": outer, "selectable": delete, "plan": None}
        )
        text = "DELETE "
        if delete._prefixes:
            text += self._phrases(delete._prefixes, **kw)
        table_text = self.delete_table_clause(delete, table, extra, **kw)
        self._visit_independent_ctes(delete, kw)
        text += "FROM " + self._hinted(delete, table_text)
        if extra:
            clause = self.delete_extra_from_clause(delete, table, extra, **kw)
            if clause:
                text += " " + clause
        text = self._where_and_after(text, delete, toplevel, kw)
        self.stack.pop()
        return text

    def delete_table_clause(self, delete, table, extra, **kw):
        return table._compiler_dispatch(self, asfrom=True, iscrud=True, **kw)

    def delete_extra_from_clause(self, delete, table, extra, **kw):
        raise NotImplementedError(
            "This backend does not support multiple-table criteria within DELETE"
        )


def _by_sql(default):
    return default is not None and (
        getattr(default, "is_sequence", False) or getattr(default, "is_clause_element", False)
    )
