"""The methods of the inspector that tell about many tables at once: one question for all of them."""

from limbeck_runtime.reflection.question import by_name, described


class MultiInspection:
    """`get_multi_…` of the inspector."""

    def _of_many(self, part, schema, filter_names, kind, scope):
        from sqlalchemy.engine.reflection import ObjectKind, _wanted

        if not self._reader.offers(part):
            raise NotImplementedError()
        kind = ObjectKind.TABLE if kind is None else kind
        names = self._names_of(schema, filter_names, kind, scope)
        told = {}
        if names is not None and not names:
            return told
        with self._operation_context() as connection:
            wanted = _wanted(self._reader, part)
            answer = described(connection, schema, names, wanted, views=kind is not ObjectKind.TABLE)
            for name, table in by_name(answer).items():
                told[(schema, name)] = self._told(connection, part, table, answer, schema)
        return told

    def _names_of(self, schema, filter_names, kind, scope):
        """The names to ask for; `None` for all."""
        from sqlalchemy.engine.reflection import ObjectKind, ObjectScope

        scope = ObjectScope.DEFAULT if scope is None else scope
        plain = scope is ObjectScope.DEFAULT and kind is ObjectKind.TABLE
        if plain and self.dialect.name != "sqlite" and filter_names is None:
            return None
        names = []
        if ObjectScope.DEFAULT in scope:
            if ObjectKind.TABLE in kind:
                names += self.get_table_names(schema)
            if ObjectKind.VIEW in kind:
                names += self.get_view_names(schema)
            if ObjectKind.MATERIALIZED_VIEW in kind and self.dialect.name == "postgresql":
                names += self.get_materialized_view_names(schema)
        if ObjectScope.TEMPORARY in scope and schema is None and self.dialect.name in ("sqlite", "postgresql"):
            if ObjectKind.TABLE in kind:
                names += self.get_temp_table_names()
            if ObjectKind.VIEW in kind:
                names += self.get_temp_view_names()
        if filter_names is not None:
            wanted = set(filter_names)
            names = [name for name in names if name in wanted]
        return names

    def get_multi_columns(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("columns", schema, filter_names, kind, scope)

    def get_multi_pk_constraint(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("primary_key", schema, filter_names, kind, scope)

    def get_multi_foreign_keys(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("foreign_keys", schema, filter_names, kind, scope)

    def get_multi_indexes(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("indexes", schema, filter_names, kind, scope)

    def get_multi_unique_constraints(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("unique_constraints", schema, filter_names, kind, scope)

    def get_multi_check_constraints(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("check_constraints", schema, filter_names, kind, scope)

    def get_multi_table_comment(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("comment", schema, filter_names, kind, scope)

    def get_multi_table_options(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        return self._of_many("options", schema, filter_names, kind, scope)
