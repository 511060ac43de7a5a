"""Statements that change a schema, as objects: `DDL("…")`, `CreateTable(table)`, `DropSchema("s")` …"""

from sqlalchemy.sql.base import Executable, _generative
from sqlalchemy.sql.elements import ClauseElement


class BaseDDLElement(ClauseElement):
    """Marks what changes a schema."""


class DDLIf:
    """For which databases a statement is meant."""

    def __init__(self, dialect, callable_, state):
        self.dialect, self.callable_, self.state = dialect, callable_, state


class _CompiledDDL:
    """The SQL of a statement."""

    params = {}
    positiontup = None

    def __init__(self, statement, dialect, texts):
        self.statement = statement
        self.dialect = dialect
        self.texts = texts
        self.string = "; ".join(texts)

    def __str__(self):
        return self.string


class ExecutableDDLElement(Executable, BaseDDLElement):
    """A statement that changes a schema and can be executed, or listen for a table's creation."""

    __visit_name__ = "ddl_element"
    is_ddl = True
    target = None
    _ddl_if = None

    def operation(self, dialect):
        """The statement as an operation of the engine."""
        raise NotImplementedError()

    def compile(self, bind=None, dialect=None, **kw):
        """The statement's SQL for a dialect, standard SQL without one."""
        from limbeck_runtime.schema_run import compiled_texts

        if dialect is None and bind is not None:
            dialect = bind.dialect
        hook = _compile_hook(self, dialect)
        if hook is not None:
            return hook
        return _CompiledDDL(self, dialect, compiled_texts(self, dialect))

    def __str__(self):
        return str(self.compile())

    @_generative
    def against(self, target):
        """A copy for this table."""
        self.target = target

    @_generative
    def execute_if(self, dialect=None, callable_=None, state=None):
        """A copy for these databases only."""
        self._ddl_if = DDLIf(dialect, callable_, state)

    def _should_execute(self, target, bind, **kw):
        rule = self._ddl_if
        if rule is None:
            return True
        names = rule.dialect
        if isinstance(names, str) and names != bind.dialect.name:
            return False
        if isinstance(names, (tuple, list, set)) and bind.dialect.name not in names:
            return False
        if rule.callable_ is not None:
            return bool(rule.callable_(self, target, bind, state=rule.state, **kw))
        return True

    def __call__(self, target, bind, **kw):
        """Runs when the event it listens for happens."""
        if self._should_execute(target, bind, **kw):
            bind.execute(self.against(target))


DDLElement = ExecutableDDLElement


def _compile_hook(element, dialect):
    """What a script's own `@compiles` makes of a statement."""
    hooks = element.__class__.__dict__.get("_compiler_dispatcher")
    if hooks is None:
        for base in element.__class__.__mro__:
            hooks = base.__dict__.get("_compiler_dispatcher")
            if hooks is not None:
                break
        else:
            return None
    compiler = dialect.ddl_compiler(dialect, None)
    return _CompiledDDL(element, dialect, [hooks(element, compiler)])


class DDL(ExecutableDDLElement):
    """A statement by its text; `%(table)s`, `%(schema)s` and `%(fullname)s` stand for the target."""

    __visit_name__ = "ddl"

    def __init__(self, statement, context=None):
        if not isinstance(statement, str):
            from sqlalchemy.exc import ArgumentError

            raise ArgumentError(f"Expected a string or unicode SQL statement, got {statement!r}")
        self.statement = statement
        self.context = context or {}

    def text(self, dialect):
        """The statement with the target's names."""
        names = dict(self.context)
        target = self.target
        if target is not None and getattr(target, "_is_schema_table", False):
            from limbeck_runtime.schema_data import quote

            schema = target.schema
            names.setdefault("table", quote(dialect, target.name))
            names.setdefault("schema", quote(dialect, schema) if schema else "")
            full = quote(dialect, target.name)
            names.setdefault("fullname", f"{quote(dialect, schema)}.{full}" if schema else full)
        return self.statement % names

    def operation(self, dialect):
        return {"operation": "execute", "sql": self.text(dialect)}

    def __repr__(self):
        return f"<DDL@{id(self)}; {self.statement!r}>"


class GivenOperation(ExecutableDDLElement):
    """An operation that is made already."""

    __visit_name__ = "given_operation"

    def __init__(self, operation):
        self._operation = operation

    def operation(self, dialect):
        return self._operation


class _OfElement(ExecutableDDLElement):
    """Creates or drops one part of a schema."""

    def __init__(self, element):
        self.element = self.target = element

    def operation(self, dialect):
        from limbeck_runtime.ddl_data import operation_of

        return operation_of(self, dialect)


class _CreateBase(_OfElement):
    def __init__(self, element, if_not_exists=False):
        super().__init__(element)
        self.if_not_exists = if_not_exists


class _DropBase(_OfElement):
    def __init__(self, element, if_exists=False):
        super().__init__(element)
        self.if_exists = if_exists


_CreateDropBase = _OfElement


class CreateSchema(_CreateBase):
    __visit_name__ = "create_schema"

    def __init__(self, name, if_not_exists=False):
        super().__init__(name, if_not_exists)


class DropSchema(_DropBase):
    __visit_name__ = "drop_schema"

    def __init__(self, name, cascade=False, if_exists=False):
        super().__init__(name, if_exists)
        self.cascade = cascade


class CreateTable(_CreateBase):
    __visit_name__ = "create_table"

    def __init__(self, element, include_foreign_key_constraints=None, if_not_exists=False):
        super().__init__(element, if_not_exists)
        self.include_foreign_key_constraints = include_foreign_key_constraints


class DropTable(_DropBase):
    __visit_name__ = "drop_table"


class CreateSequence(_CreateBase):
    __visit_name__ = "create_sequence"


class DropSequence(_DropBase):
    __visit_name__ = "drop_sequence"


class CreateIndex(_CreateBase):
    __visit_name__ = "create_index"


class DropIndex(_DropBase):
    __visit_name__ = "drop_index"


class AddConstraint(_CreateBase):
    __visit_name__ = "add_constraint"

    def __init__(self, element, *, isolate_from_table=True):
        super().__init__(element)


class DropConstraint(_DropBase):
    __visit_name__ = "drop_constraint"

    def __init__(self, element, *, cascade=False, if_exists=False, isolate_from_table=True, **kw):
        super().__init__(element, if_exists)
        self.cascade = cascade


class SetTableComment(_OfElement):
    __visit_name__ = "set_table_comment"


class DropTableComment(_OfElement):
    __visit_name__ = "drop_table_comment"


class SetColumnComment(_OfElement):
    __visit_name__ = "set_column_comment"


class DropColumnComment(_OfElement):
    __visit_name__ = "drop_column_comment"


class CreateColumn(BaseDDLElement):
    """A column as it is written in `CREATE TABLE`."""

    __visit_name__ = "create_column"

    def __init__(self, element):
        self.element = element


def sort_tables_and_constraints(tables, filter_fn=None, extra_dependencies=None, _warn_for_cycles=False):
    """Tables with the foreign keys to write with them, in an order in which they can be made."""
    from sqlalchemy.schema.metadata import sort_tables as ordered

    return ordered(tables)


def sort_tables(tables, skip_fn=None, extra_dependencies=None):
    """Tables, each after those it refers to."""
    from sqlalchemy.schema.metadata import sort_tables as ordered

    return [table for table, _ in ordered(tables) if table is not None]
