"""INSERT … ON CONFLICT, which PostgreSQL and SQLite share: the construct and its SQL."""

from ..sql.base import ColumnCollection, _generative
from ..sql.dml import Insert, column_key
from ..sql.elements import BindParameter, ClauseElement


class _Conflict(ClauseElement):
    """What an INSERT does with rows that are there already."""

    constraint_target = None
    inferred_target_elements = None
    inferred_target_whereclause = None

    def __init__(self, constraint=None, index_elements=None, index_where=None):
        if constraint is not None and not isinstance(constraint, str):
            if getattr(constraint, "name", None) and hasattr(constraint, "columns"):
                if not hasattr(constraint, "expressions"):
                    self.constraint_target = constraint.name
                    return
            options = getattr(constraint, "dialect_options", None)
            index_elements = getattr(constraint, "expressions", None) or constraint.columns
            if options is not None:
                index_where = options["postgresql"].get("where") or options["sqlite"].get("where")
        if constraint is not None and isinstance(constraint, str):
            self.constraint_target = constraint
            return
        if index_elements is not None:
            from ..sql.coercion import resolve, where

            self.inferred_target_elements = [
                one if isinstance(one, str) else resolve(one) for one in index_elements
            ]
            if index_where is not None:
                if isinstance(index_where, str):
                    from ..sql.textual import TextClause

                    index_where = TextClause(index_where)
                self.inferred_target_whereclause = where(index_where)


class OnConflictDoNothing(_Conflict):
    """Leaves the row that is there."""

    __visit_name__ = "on_conflict_do_nothing"


class OnConflictDoUpdate(_Conflict):
    """Changes the row that is there."""

    __visit_name__ = "on_conflict_do_update"

    def __init__(self, constraint=None, index_elements=None, index_where=None, set_=None, where=None):
        super().__init__(constraint, index_elements, index_where)
        if self.inferred_target_elements is None and self.constraint_target is None:
            raise ValueError(self._needs_target)
        if isinstance(set_, ColumnCollection):
            set_ = dict(set_.items())
        elif not isinstance(set_, dict) and hasattr(set_, "keys"):
            set_ = dict(set_.items())
        if not isinstance(set_, dict) or not set_:
            raise ValueError(
                "set parameter dictionary must not be empty"
                if isinstance(set_, dict)
                else "set parameter must be a non-empty dictionary or a ColumnCollection such as "
                "the `.c.` collection of a Table object"
            )
        self.update_values_to_set = [(column_key(key), value) for key, value in set_.items()]
        self.update_whereclause = None
        if where is not None:
            from ..sql.coercion import where as condition

            self.update_whereclause = condition(where)

    _needs_target = (
        "Either constraint or index_elements, but not both, must be specified unless DO NOTHING"
    )


class UpsertInsert(Insert):
    """INSERT with `on_conflict_do_update`, `on_conflict_do_nothing` and `excluded`."""

    @property
    def excluded(self):
        """The row that was to be inserted."""
        found = self.__dict__.get("_excluded")
        if found is None:
            from ..sql.selectable import Alias

            found = self._excluded = Alias(self.table, "excluded")
        return found.c


class ConflictClauses:
    """The part of a compiler that writes ON CONFLICT."""

    def _on_conflict_target(self, clause, **kw):
        if clause.constraint_target is not None:
            name = self.preparer.truncate_and_render_constraint_name(clause.constraint_target)
            return "ON CONSTRAINT " + name
        if clause.inferred_target_elements is None:
            return ""
        text = "(%s)" % ", ".join(
            self.preparer.quote(one)
            if isinstance(one, str)
            else self.process(one, include_table=False, use_schema=False)
            for one in clause.inferred_target_elements
        )
        if clause.inferred_target_whereclause is not None:
            options = dict(kw, include_table=False, use_schema=False)
            options.update(self._conflict_where_options)
            text += " WHERE " + self.process(clause.inferred_target_whereclause, **options)
        return text

    _conflict_where_options = {}

    def visit_on_conflict_do_nothing(self, clause, **kw):
        target = self._on_conflict_target(clause, **kw)
        return "ON CONFLICT %s DO NOTHING" % target if target else "ON CONFLICT DO NOTHING"

    def visit_on_conflict_do_update(self, clause, **kw):
        from ..sql.coercion import expression

        target = self._on_conflict_target(clause, **kw)
        values = dict(clause.update_values_to_set)
        options = dict(kw, use_schema=False)
        texts = []
        for column in self.stack[-1]["selectable"].table.c:
            if column.key not in values:
                continue
            value = values.pop(column.key)
            if not isinstance(value, ClauseElement) and not hasattr(value, "__clause_element__"):
                value = BindParameter(None, value, type_=column.type)
            else:
                value = expression(value)
                if value._is_bind_parameter and value.type._isnull:
                    value = value._with_binary_element_type(column.type)
            texts.append(
                "%s = %s"
                % (self.preparer.quote(column.name), self.process(value.self_group(), **options))
            )
        for key, value in values.items():
            texts.append(
                "%s = %s" % (self.preparer.quote(key), self.process(expression(value), **options))
            )
        text = ", ".join(texts)
        if clause.update_whereclause is not None:
            options = dict(kw, include_table=True, use_schema=False)
            text += " WHERE " + self.process(clause.update_whereclause, **options)
        return "ON CONFLICT %s DO UPDATE SET %s" % (target, text)


def conflict_methods(cls, with_constraint):
    """Gives an INSERT class its two methods; SQLite's have no constraint by name."""

    if with_constraint:

        @_generative
        def do_update(
            self, constraint=None, index_elements=None, index_where=None, set_=None, where=None
        ):
            self._post_values_clause = OnConflictDoUpdate(
                constraint, index_elements, index_where, set_, where
            )

        @_generative
        def do_nothing(self, constraint=None, index_elements=None, index_where=None):
            self._post_values_clause = OnConflictDoNothing(constraint, index_elements, index_where)

    else:

        @_generative
        def do_update(self, index_elements=None, index_where=None, set_=None, where=None):
            self._post_values_clause = OnConflictDoUpdate(
                None, index_elements, index_where, set_, where
            )

        @_generative
        def do_nothing(self, index_elements=None, index_where=None):
            self._post_values_clause = OnConflictDoNothing(None, index_elements, index_where)

    cls.on_conflict_do_update = do_update
    cls.on_conflict_do_nothing = do_nothing
    return cls
