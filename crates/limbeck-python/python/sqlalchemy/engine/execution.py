"""Runs compiled statements: parameters in the order and form of the database, results back."""

from .. import exc

_NATIVE = {"sqlite": "qmark", "mysql": "qmark", "mariadb": "qmark", "postgresql": "numeric_dollar"}


def native_style(dialect):
    """How the engine wants parameters marked."""
    return _NATIVE.get(dialect.engine_name, "qmark")


def distill(parameters):
    """What was given to execute() as a list of dictionaries."""
    if parameters is None:
        return []
    if hasattr(parameters, "keys"):
        return [parameters]
    if isinstance(parameters, (list, tuple)):
        if parameters and not hasattr(parameters[0], "keys") or (
            isinstance(parameters, tuple) and parameters
        ):
            raise exc.ArgumentError("List argument must consist only of dictionaries")
        return list(parameters)
    raise exc.ArgumentError("mapping or list expected for parameters")


class Execution:
    """One statement with its parameters, for one connection."""

    def __init__(self, connection, statement, parameters):
        self.connection = connection
        self.dialect = connection.dialect
        self.statement = statement
        self.parameters = parameters
        keys = None
        if getattr(statement, "is_dml", False):
            keys = list(parameters[0]) if parameters else []
        self.compiled = statement.compile(
            dialect=self.dialect,
            column_keys=keys,
            for_executemany=len(parameters) > 1,
            paramstyle=native_style(self.dialect),
            schema_translate_map=connection._options.get("schema_translate_map"),
        )

    def run(self):
        compiled = self.compiled
        if getattr(compiled, "is_ddl", False):
            return compiled.run(self.connection)
        sets = self.parameters or [None]
        many = len(sets) > 1
        processors = {}
        answer = None
        rows, changed = [], 0
        for one in sets:
            sql, values, given = self._prepared(one, processors)
            answer = self.connection._send(sql, values, many, self._shown)
            if many:
                changed += max(answer[2] or 0, 0)
                rows.extend(answer[1] or ())
        if many:
            columns = answer[0]
            answer = (columns, rows, changed, None)
        return self._result(answer, given, many)

    def _prepared(self, params, processors):
        """Text, values in order, and the parameters by name, for one run."""
        compiled = self.compiled
        if compiled.prefetch:
            params = self._with_defaults(params)
        try:
            sql, order = compiled.expanded(params)
        except exc.InvalidRequestError as problem:
            raise exc.StatementError(
                "(%s.%s) %s"
                % (type(problem).__module__, type(problem).__name__, problem.args[0]),
                compiled.string,
                self.parameters or None,
                problem,
                code=problem.code,
            ) from problem
        values = []
        for name, value, type_ in order:
            if type_ is not None and not type_._isnull:
                key = id(type_)
                process = processors.get(key, _UNKNOWN)
                if process is _UNKNOWN:
                    process = processors[key] = type_._cached_bind_processor(self.dialect)
                if process is not None:
                    try:
                        value = process(value)
                    except Exception as problem:
                        raise self._statement_error(problem) from problem
            values.append(value)
        self._shown = (sql, self._display(order))
        return sql, values, params

    def _statement_error(self, problem):
        if isinstance(problem, exc.DontWrapMixin):
            return problem
        return exc.StatementError(
            "(%s.%s) %s" % (type(problem).__module__, type(problem).__name__, problem),
            self.compiled.string,
            self.parameters or None,
            problem,
        )

    def _display(self, order):
        if self.dialect.paramstyle in ("pyformat", "named"):
            return {name: value for name, value, _ in order}
        return tuple(value for _, value, _ in order)

    def _with_defaults(self, params):
        """Adds what columns say of themselves where no value is given."""
        found = dict(params) if params else {}
        for column, default, name in self.compiled.prefetch:
            if column.key in found or name in found:
                continue
            if getattr(default, "is_callable", False):
                found[name] = default.arg(_Context(self, found))
            else:
                found[name] = default.arg
        return found

    def _result(self, answer, params, many):
        from .cursor import CursorResult

        compiled = self.compiled
        key = None
        if compiled.isinsert and not many:
            key = self._primary_key(answer, params)
        return CursorResult(answer, compiled, self.dialect, params, many, key)

    def _primary_key(self, answer, params):
        table = self.statement.table
        columns = list(getattr(table, "primary_key", None) or ())
        if not columns:
            return None
        if self.compiled.implicit_returning:
            return _key(columns, answer[1][0]) if answer[1] else None
        values = []
        stated = self.compiled.construct_params(params, _check=False)
        automatic = getattr(table, "_autoincrement_column", None)
        for column in columns:
            value = stated.get(column.key)
            if value is None and column is automatic and self.dialect.postfetch_lastrowid:
                value = answer[3]
            values.append(value)
        return _key(columns, values)


def _key(columns, values):
    from .row import row_class

    return row_class(tuple(column.key for column in columns))(values)


class _Unknown:
    """Marks a type that was not asked for its processor."""


_UNKNOWN = _Unknown()


class _Context:
    """What a default's function is given."""

    def __init__(self, execution, params):
        self.connection = self.root_connection = execution.connection
        self.dialect = execution.dialect
        self.current_parameters = params
        self.compiled = execution.compiled

    def get_current_parameters(self, isolate_multiinsert_groups=True):
        return self.current_parameters
