"""SELECT, UNION, CTEs and everything that stands in FROM, as SQL."""

from .. import exc
from . import operators as ops
from .elements import Label, _truncated_label
from .select_plan import CompoundPlan, SelectPlan, columns_plus_names

_EMPTY = {"correlate_froms": (), "asfrom_froms": ()}


class SelectCompiler:
    """The part of the compiler that knows queries."""

    # -- SELECT

    def visit_select(
        self, select, asfrom=False, insert_into=False, compound_index=None, lateral=False, **kw
    ):
        kw["within_columns_clause"] = False
        plan = SelectPlan(select)
        kw["ambiguous_table_name_map"] = plan.ambiguous_names
        toplevel = not self.stack
        embedded = compound_index is not None or insert_into
        entry = _EMPTY if toplevel else self.stack[-1]
        populate = (
            toplevel
            or entry.get("need_result_map_for_compound", False)
            or entry.get("need_result_map_for_nested", False)
        )
        if compound_index:
            populate = False
        if not populate:
            kw.pop("add_to_result_map", None)
        froms = self._enter_select(select, plan, entry, asfrom, lateral, compound_index)
        column_kw = {
            key: value
            for key, value in kw.items()
            if key not in ("within_columns_clause", "within_label_clause", "add_to_result_map")
        }
        text = "SELECT "
        hints = None
        if select._hints:
            hints = {
                source: hint % {"name": self.process(source, ashint=True)}
                for (source, dialect), hint in select._hints.items()
                if dialect in ("*", self.dialect.name)
            }
        self._visit_independent_ctes(select, kw)
        if select._prefixes:
            text += self._phrases(select._prefixes, **kw)
        text += self.get_select_precolumns(select, **kw)
        columns = [
            self._label_select_column(
                column,
                populate,
                asfrom,
                column_kw,
                name=required,
                proxy_name=key,
                fallback=fallback,
                repeated=repeated,
            )
            for required, key, fallback, column, repeated in plan.columns_plus_names
        ]
        text += ", ".join(columns)
        if not columns:
            text = text.rstrip()
        text = self._select_body(text, select, froms, hints, kw)
        statement_hints = [
            hint for name, hint in select._statement_hints if name in ("*", self.dialect.name)
        ]
        if statement_hints:
            text += " " + " ".join(statement_hints)
        if self.ctes and (not embedded or toplevel):
            text = self._cte_clause(None if toplevel else len(self.stack)) + text
        if select._suffixes:
            text += " " + self._phrases(select._suffixes, **kw)
        self.stack.pop()
        return text

    def _enter_select(self, select, plan, entry, asfrom, lateral, compound_index):
        outer = entry["correlate_froms"]
        beside = entry["asfrom_froms"]
        if compound_index == 0:
            entry["select_0"] = select
        elif compound_index:
            expected = len(entry["select_0"]._all_selected_columns)
            if len(plan.columns_plus_names) != expected:
                raise exc.CompileError(
                    "All selectables passed to CompoundSelect must have identical numbers of "
                    "columns; select #%d has %d columns, select #%d has %d"
                    % (1, expected, compound_index + 1, len(plan.columns_plus_names))
                )
        if asfrom and not lateral:
            near = {id(one) for one in beside}
            froms = plan.display_froms([one for one in outer if id(one) not in near], ())
        else:
            froms = plan.display_froms(outer, beside)
        own = [one for source in froms for one in source._from_objects]
        self.stack.append(
            {
                "asfrom_froms": own,
                "correlate_froms": [*own, *outer],
                "selectable": select,
                "plan": plan,
            }
        )
        return froms

    def _select_body(self, text, select, froms, hints, kw):
        if froms:
            text += " \nFROM " + ", ".join(
                [one._compiler_dispatch(self, asfrom=True, fromhints=hints, **kw) for one in froms]
            )
        else:
            text += self.default_from()
        if select._where_criteria:
            where = self._delimited_and(select._where_criteria, **kw)
            if where:
                text += " \nWHERE " + where
        if select._group_by_clauses:
            text += self.group_by_clause(select, **kw)
        if select._having_criteria:
            having = self._delimited_and(select._having_criteria, **kw)
            if having:
                text += " \nHAVING " + having
        if select._order_by_clauses:
            text += self.order_by_clause(select, **kw)
        if select._has_row_limiting_clause:
            text += self._row_limit_clause(select, **kw)
        if select._for_update_arg is not None:
            text += self.for_update_clause(select, **kw)
        return text

    def _label_select_column(
        self,
        column,
        populate,
        asfrom,
        column_kw,
        name=None,
        proxy_name=None,
        fallback=None,
        repeated=False,
    ):
        add = self._add_to_result_map if populate else None
        if add is not None and repeated:

            def add(keyname, name, objects, type_):
                self._add_to_result_map(keyname, name, (keyname,), type_)

        expression = self._column_expression(column) if populate or not asfrom else column
        changed = expression is not column
        if changed and add is not None:
            inner_add = add

            def add(keyname, name, objects, type_):
                inner_add(keyname, name, (column,) + objects, type_)

        label = None
        alternatives = ()
        if isinstance(column, Label):
            if changed:
                label = column.name
                alternatives = (column.element,)
        elif name:
            label = name
            alternatives = (proxy_name, column._tq_label)
        elif self._needs_label(column, changed, asfrom):
            label = fallback if fallback is not None else column._anon_name_label
            if not isinstance(label, _truncated_label):
                label = _truncated_label(label)
            alternatives = (proxy_name,)
        if label is None:
            return expression._compiler_dispatch(
                self, within_columns_clause=True, add_to_result_map=add, **column_kw
            )
        text = self._name("colident", label)
        if add is not None:
            add(text, label, (column, text) + alternatives, column.type)
        inner = expression.self_group(against=ops.as_) if changed else expression
        return "%s AS %s" % (
            inner._compiler_dispatch(
                self, within_columns_clause=True, within_label_clause=True, **column_kw
            ),
            self.preparer.quote(text),
        )

    def _needs_label(self, column, changed, asfrom):
        if changed:
            return True
        kind = column.__visit_name__
        if kind == "column" and hasattr(column, "is_literal"):
            return asfrom and not column.is_literal and column.table is not None
        if column._is_text_clause:
            return False
        if kind == "unary":
            if column.operator in (ops.is_false, ops.is_true):
                if not self.dialect.supports_native_boolean:
                    return True
            return column._wraps_unnamed_column() or asfrom
        from .elements import NamedColumn

        return not isinstance(column, NamedColumn) and column._non_anon_label is None

    def _column_expression(self, column):
        type_ = column.type
        impl = type_.dialect_impl(self.dialect)
        method = getattr(type(impl), "column_expression", None)
        if method is None or method is _plain_column_expression():
            return column
        found = impl.column_expression(column)
        return column if found is None else found

    def _add_to_result_map(self, keyname, name, objects, type_):
        if keyname is None or keyname == "*":
            self._textual_columns = True
        self._result_columns.append((keyname, name, objects, type_))

    # -- clauses

    def default_from(self):
        return ""

    def get_select_precolumns(self, select, **kw):
        return "DISTINCT " if select._distinct else ""

    def group_by_clause(self, select, **kw):
        text = self._delimited(select._group_by_clauses, ", ", **kw)
        return " GROUP BY " + text if text else ""

    def order_by_clause(self, select, **kw):
        text = self._delimited(select._order_by_clauses, ", ", **kw)
        return " ORDER BY " + text if text else ""

    def for_update_clause(self, select, **kw):
        return " FOR UPDATE"

    def _row_limit_clause(self, select, **kw):
        if select._fetch_clause is not None:
            return self.fetch_clause(select, **kw)
        return self.limit_clause(select, **kw)

    def limit_clause(self, select, **kw):
        text = ""
        if select._limit_clause is not None:
            text += "\n LIMIT " + self.process(select._limit_clause, **kw)
        if select._offset_clause is not None:
            if select._limit_clause is None:
                text += "\n LIMIT -1"
            text += " OFFSET " + self.process(select._offset_clause, **kw)
        return text

    def fetch_clause(self, select, **kw):
        text = ""
        if select._offset_clause is not None:
            text += "\n OFFSET %s ROWS" % self.process(select._offset_clause, **kw)
        options = select._fetch_clause_options
        text += "\n FETCH FIRST %s%s ROWS %s" % (
            self.process(select._fetch_clause, **kw),
            " PERCENT" if options["percent"] else "",
            "WITH TIES" if options["with_ties"] else "ONLY",
        )
        return text

    def _phrases(self, phrases, **kw):
        text = " ".join(
            phrase._compiler_dispatch(self, **kw)
            for phrase, dialect in phrases
            if dialect in (None, "*") or dialect == self.dialect.name
        )
        return text + " " if text else ""

    # -- UNION and its kin

    def visit_compound_select(self, select, asfrom=False, compound_index=None, **kw):
        toplevel = not self.stack
        entry = _EMPTY if toplevel else self.stack[-1]
        need_map = toplevel or (not compound_index and entry.get("need_result_map_for_compound"))
        if compound_index == 0:
            entry["select_0"] = select
        elif compound_index:
            expected = len(entry["select_0"]._all_selected_columns)
            if len(select._all_selected_columns) != expected:
                raise exc.CompileError(
                    "All selectables passed to CompoundSelect must have identical numbers of "
                    "columns; select #%d has %d columns, select #%d has %d"
                    % (1, expected, compound_index + 1, len(select._all_selected_columns))
                )
        self.stack.append(
            {
                "correlate_froms": entry["correlate_froms"],
                "asfrom_froms": entry["asfrom_froms"],
                "selectable": select,
                "plan": _Lazy(select),
                "need_result_map_for_compound": need_map,
            }
        )
        self._visit_independent_ctes(select, kw)
        text = (" " + select.keyword + " ").join(
            [
                one._compiler_dispatch(self, asfrom=asfrom, compound_index=index, **kw)
                for index, one in enumerate(select.selects)
            ]
        )
        kw["include_table"] = False
        text += self.group_by_clause(select, **dict(kw, asfrom=asfrom))
        text += self.order_by_clause(select, **kw)
        if select._has_row_limiting_clause:
            text += self._row_limit_clause(select, **kw)
        if self.ctes:
            text = self._cte_clause(None if toplevel else len(self.stack)) + text
        self.stack.pop()
        return text

    def visit_select_statement_grouping(self, grouping, **kw):
        return "(" + grouping.element._compiler_dispatch(self, **kw) + ")"

    def visit_textual_select(self, textual, compound_index=None, asfrom=False, **kw):
        toplevel = not self.stack
        entry = _EMPTY if toplevel else self.stack[-1]
        self.stack.append(
            {"correlate_froms": (), "asfrom_froms": (), "selectable": textual, "plan": None}
        )
        self._visit_independent_ctes(textual, kw)
        if toplevel or (compound_index == 0 and entry.get("need_result_map_for_compound")):
            self._textual_names = not textual.positional
            for one in textual.column_args:
                self.process(
                    one, within_columns_clause=True, add_to_result_map=self._add_to_result_map
                )
        text = self.process(textual.element, **kw)
        if self.ctes:
            text = self._cte_clause(None if toplevel else len(self.stack)) + text
        self.stack.pop()
        return text

    _textual_names = False

    # -- WITH

    def _visit_independent_ctes(self, statement, kw):
        for one, nest in zip(statement._independent_ctes, statement._independent_nesting):
            one._compiler_dispatch(self, nest_here=nest, **kw)

    def visit_cte(
        self, cte, asfrom=False, ashint=False, fromhints=None, visiting_cte=None, nest_here=False, **kw
    ):
        if self.ctes is None:
            self.ctes = {}
            self._cte_by_name = {}
            self._cte_level = {}
        kw["visiting_cte"] = cte
        name = self._name("alias", cte.name)
        reference = cte._reference()
        nesting = cte.nesting or nest_here
        if reference in self._cte_level:
            level = self._cte_level[reference][0]
        else:
            level = len(self.stack) if nesting else 1
        existing = self._cte_by_name.get((level, name))
        is_new = True
        embedded = False
        if existing is not None:
            embedded = visiting_cte is existing
            if cte is existing._restates or cte is existing:
                is_new = False
            elif existing is cte._restates:
                self.ctes.pop(existing, None)
            elif existing.element is cte.element:
                is_new = False
            else:
                raise exc.CompileError(
                    "Multiple, unrelated CTEs found with the same name: %r" % name
                )
        if not asfrom and not is_new:
            return None
        before = cte._cte_alias
        before_name = self._name("alias", before.name) if before is not None else None
        if is_new:
            self._cte_by_name[(level, name)] = cte
            self._cte_level[reference] = (level, name, nesting)
            if before is not None and before not in self.ctes:
                self.visit_cte(before, **kw)
            if before_name is None and cte not in self.ctes:
                self.ctes[cte] = self._cte_text(cte, name, kw)
        if not asfrom:
            return None
        if not is_new and embedded:
            return self.preparer.format_alias(cte, name)
        if before_name is not None:
            return (
                self.preparer.format_alias(cte, before_name)
                + self.get_render_as_alias_suffix(self.preparer.quote(name))
            )
        return self.preparer.format_alias(cte, name)

    def _cte_text(self, cte, name, kw):
        text = self.preparer.format_alias(cte, name)
        if cte.recursive or getattr(cte.element, "name_cte_columns", False):
            names = self._cte_column_names(cte.element)
            text += "(%s)" % ", ".join(
                self.preparer.format_label_name(one, anon_map=self.anon_map) for one in names
            )
        prefixes = self._phrases(cte._prefixes, **kw)
        inner = cte.element._compiler_dispatch(self, asfrom=True, **kw)
        text += " AS %s\n(%s)" % (prefixes, inner)
        if cte._suffixes:
            text += " " + self._phrases(cte._suffixes, **kw)
        return text

    def _cte_column_names(self, source):
        if getattr(source, "name_cte_columns", False):
            return [one.name for one in source.c]
        while source.__visit_name__ in ("compound_select", "select_statement_grouping"):
            if source.__visit_name__ == "compound_select":
                source = source.selects[0]
            else:
                source = source.element
        named = columns_plus_names(source, True, source._all_selected_columns)
        return [fallback or key for _, key, fallback, _column, repeated in named if not repeated]

    def _cte_clause(self, nesting_level=None, include_following=False):
        if not self.ctes:
            return ""
        chosen = self.ctes
        if nesting_level and nesting_level > 1:
            chosen = {}
            for cte, text in self.ctes.items():
                level, _name, nesting = self._cte_level[cte._reference()]
                if nesting and (
                    level == nesting_level or (include_following and level == nesting_level + 1)
                ):
                    chosen[cte] = text
        if not chosen:
            return ""
        recursive = any(cte.recursive for cte in chosen)
        text = self.get_cte_preamble(recursive) + " " + ", \n".join(chosen.values()) + "\n "
        if nesting_level and nesting_level > 1:
            for cte in list(chosen):
                level, name, _nesting = self._cte_level.pop(cte._reference())
                del self.ctes[cte]
                del self._cte_by_name[(level, name)]
        return text

    def get_cte_preamble(self, recursive):
        return "WITH RECURSIVE" if recursive else "WITH"

    # -- FROM

    def _from_list(self, froms, **kw):
        kw["asfrom"] = True
        return ", ".join([one._compiler_dispatch(self, **kw) for one in froms])

    def visit_fromclause(self, fromclause, **kw):
        return fromclause.name

    def visit_table(
        self,
        table,
        asfrom=False,
        iscrud=False,
        ashint=False,
        fromhints=None,
        use_schema=True,
        ambiguous_table_name_map=None,
        enclosing_alias=None,
        **kw,
    ):
        if not (asfrom or ashint):
            return ""
        schema = self.preparer.schema_for_object(table)
        text = self.preparer.quote(table.name)
        if use_schema and schema:
            text = self.preparer.quote_schema(schema) + "." + text
        elif (
            ambiguous_table_name_map
            and not schema
            and table.name in ambiguous_table_name_map
            and (enclosing_alias is None or enclosing_alias.element is not table)
        ):
            name = self._name("alias", ambiguous_table_name_map[table.name])
            text += self.get_render_as_alias_suffix(self.preparer.quote(name))
        return self._with_hint(text, table, fromhints, iscrud)

    def _with_hint(self, text, element, hints, iscrud):
        if hints and element in hints:
            return self.format_from_hint_text(text, element, hints[element], iscrud)
        return text

    def format_from_hint_text(self, sqltext, table, hint, iscrud):
        text = self.get_from_hint_text(table, hint)
        return sqltext + " " + text if text else sqltext

    def get_from_hint_text(self, table, text):
        return None

    _join_word = " JOIN "

    def visit_join(self, join, asfrom=False, **kw):
        if join.full:
            word = " FULL OUTER JOIN "
        elif join.isouter:
            word = " LEFT OUTER JOIN "
        else:
            word = self._join_word
        return "%s%s%s ON %s" % (
            join.left._compiler_dispatch(self, asfrom=True, **kw),
            word,
            join.right._compiler_dispatch(self, asfrom=True, **kw),
            join.onclause._compiler_dispatch(self, **{k: v for k, v in kw.items() if k != "fromhints"}),
        )

    def visit_alias(
        self,
        alias,
        asfrom=False,
        ashint=False,
        iscrud=False,
        fromhints=None,
        subquery=False,
        lateral=False,
        enclosing_alias=None,
        **kw,
    ):
        if enclosing_alias is not None and enclosing_alias.element is alias:
            inner = alias.element._compiler_dispatch(
                self,
                asfrom=asfrom,
                ashint=ashint,
                iscrud=iscrud,
                lateral=lateral,
                enclosing_alias=alias,
                **kw,
            )
            return "(%s)" % inner if subquery and (asfrom or lateral) else inner
        kw["enclosing_alias"] = alias
        if ashint:
            return self.preparer.quote(self._name("alias", alias.name))
        if not asfrom:
            return alias.element._compiler_dispatch(self, lateral=lateral, **kw)
        name = self._name("alias", alias.name)
        inner = alias.element._compiler_dispatch(self, asfrom=True, lateral=lateral, **kw)
        if subquery:
            inner = "(%s)" % inner
        text = inner + self.get_render_as_alias_suffix(self.preparer.quote(name))
        if alias._supports_derived_columns and alias._render_derived:
            text += "(%s)" % ", ".join(
                self.preparer.quote(one.name)
                + (" " + self.dialect.type_text(one.type) if alias._render_derived_w_types else "")
                for one in alias.c
            )
        return self._with_hint(text, alias, fromhints, iscrud)

    def visit_subquery(self, subquery, **kw):
        kw["subquery"] = True
        return self.visit_alias(subquery, **kw)

    def visit_lateral(self, element, **kw):
        kw["lateral"] = True
        if element.__visit_name__ == "lateral" and element.element._is_select_base:
            kw["subquery"] = True
        return "LATERAL " + self.visit_alias(element, **kw)

    def visit_table_valued_alias(self, element, **kw):
        if element._is_lateral:
            return self.visit_lateral(element, **kw)
        return self.visit_alias(element, **kw)

    def visit_tablesample(self, element, asfrom=False, **kw):
        text = "%s TABLESAMPLE %s" % (
            self.visit_alias(element, asfrom=True, **kw),
            element._get_method()._compiler_dispatch(self, **kw),
        )
        if element.seed is not None:
            from .coercion import expression

            text += " REPEATABLE (%s)" % expression(element.seed)._compiler_dispatch(self, **kw)
        return text

    def _render_values(self, element, **kw):
        from .constructs import Tuple

        kw.setdefault("literal_binds", element.literal_binds)
        types = element._column_types
        return "VALUES " + ", ".join(
            self.process(Tuple(*row, types=types), **kw)
            for chunk in element._data
            for row in chunk
        )

    def visit_values(self, element, asfrom=False, visiting_cte=None, fromhints=None, **kw):
        self._visit_independent_ctes(element, kw)
        text = self._render_values(element, **kw)
        if not asfrom:
            return text
        if visiting_cte is not None and visiting_cte.element is element:
            return text
        lateral = "LATERAL " if element._is_lateral else ""
        if element._unnamed:
            return "%s(%s)" % (lateral, text)
        name = self._name("values", element.name)
        kw["include_table"] = False
        return "%s(%s)%s (%s)" % (
            lateral,
            text,
            self.get_render_as_alias_suffix(self.preparer.quote(name)),
            ", ".join(one._compiler_dispatch(self, **kw) for one in element.columns),
        )

    def visit_scalar_values(self, element, **kw):
        return "(%s)" % self._render_values(element, **kw)

    def get_render_as_alias_suffix(self, alias_name_text):
        return " AS " + alias_name_text


class _Lazy:
    """The names of a UNION's columns, worked out only when ORDER BY asks."""

    def __init__(self, statement):
        self._statement = statement
        self._plan = None

    @property
    def labels(self):
        if self._plan is None:
            self._plan = CompoundPlan(self._statement)
        return self._plan.labels


def _plain_column_expression():
    from ..types import TypeEngine

    return TypeEngine.column_expression
