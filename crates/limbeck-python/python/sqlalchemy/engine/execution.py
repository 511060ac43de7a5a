"""Runs compiled statements: parameters in the order and form of the database, results back."""

from .. import exc

# Rows of one statement that go to the engine in one call.
_TOGETHER = 1000

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
        sets = self.parameters or [None]
        if len(sets) > 1:
            return self._run_many(sets)
        params = self._params = self._given(sets[0])
        sql, order = self._expanded(params)
        values = [self._bound(value, type_) for _, value, type_ in order]
        self._order = order
        answer = self.connection._send(sql, values, False, self)
        return self._result(answer, params, False)

    def _run_many(self, sets):
        """The same statement for many rows: everything that can be known once is."""
        send = self.connection._send
        columns, rows, changed = None, [], 0
        plan = None if self.compiled.has_expanding else self._plan()
        if plan is not None and not self.connection._events:
            return self._run_together(sets, *plan)
        for one in sets:
            params = self._given(one)
            if plan is None:
                sql, order = self._expanded(params)
                values = [self._bound(value, type_) for _, value, type_ in order]
            else:
                sql, values = plan[0], self._row(plan[1], params)
            self._order = None
            self._params = params
            answer = send(sql, values, True, self)
            changed += max(answer[2] or 0, 0)
            columns = answer[0]
            if answer[1]:
                rows.extend(answer[1])
        return self._result((columns, rows, changed, None), params, True)

    def _run_together(self, sets, sql, steps):
        columns, rows, changed, params = None, [], 0, None
        for start in range(0, len(sets), _TOGETHER):
            self._given_sets = [self._given(one) for one in sets[start : start + _TOGETHER]]
            values = [self._row(steps, params) for params in self._given_sets]
            answer = self.connection._send_many(sql, values, self)
            changed += max(answer[2] or 0, 0)
            columns, params = answer[0], self._given_sets[-1]
            rows.extend(answer[1] or ())
        return self._result((columns, rows, changed, None), params, True)

    def _failed_row(self, number):
        """Which row of the last call an error is about."""
        self._order, self._params = None, self._given_sets[number]

    def _given(self, params):
        return self._with_defaults(params) if self.compiled.prefetch else params

    def _expanded(self, params):
        compiled = self.compiled
        try:
            return compiled.expanded(params)
        except exc.InvalidRequestError as problem:
            raise exc.StatementError(
                "(%s.%s) %s"
                % (type(problem).__module__, type(problem).__name__, problem.args[0]),
                compiled.string,
                self.parameters or None,
                problem,
                code=problem.code,
            ) from problem

    def _plan(self):
        """The text, and for each mark its key, its parameter and how its values are written."""
        compiled = self.compiled
        sql, order = compiled.expanded(self._given(self.parameters[0]))
        steps = []
        for name, _value, type_ in order:
            bind = compiled.binds[name]
            steps.append((bind.key, name, bind, self._processor(type_)))
        return sql, steps

    def _row(self, steps, params):
        values = []
        for key, name, bind, process in steps:
            if key in params:
                value = params[key]
            elif name in params:
                value = params[name]
            elif bind.required:
                self._expanded(params)
                value = None
            else:
                value = bind.effective_value
            if process is not None:
                try:
                    value = process(value)
                except Exception as problem:
                    raise self._statement_error(problem) from problem
            values.append(value)
        return values

    def _processor(self, type_):
        if type_ is None or type_._isnull:
            return None
        return type_._cached_bind_processor(self.dialect)

    def _bound(self, value, type_):
        process = self._processor(type_)
        if process is None:
            return value
        try:
            return process(value)
        except Exception as problem:
            raise self._statement_error(problem) from problem

    def shown(self):
        """The statement and its parameters in the driver's style, for an error."""
        order = self._order
        if order is None:
            _, order = self.compiled.expanded(self._params)
        if self.dialect.paramstyle == self.compiled.paramstyle:
            text, _ = self.compiled.expanded(self._params)
            return text, tuple(self._bound(value, type_) for _, value, type_ in order)
        compiled = self.statement.compile(
            dialect=self.dialect,
            column_keys=self.compiled.column_keys,
            for_executemany=self.compiled.for_executemany,
        )
        text, order = compiled.expanded(self._params)
        values = [self._bound(value, type_) for _, value, type_ in order]
        if self.dialect.paramstyle in ("pyformat", "named"):
            return text, {one[0]: value for one, value in zip(order, values)}
        return text, tuple(values)

    _order = None
    _params = None

    def _statement_error(self, problem):
        if isinstance(problem, exc.DontWrapMixin):
            return problem
        return exc.StatementError(
            "(%s.%s) %s" % (type(problem).__module__, type(problem).__name__, problem),
            self.compiled.string,
            self.parameters or None,
            problem,
        )

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


class _Context:
    """What a default's function is given."""

    def __init__(self, execution, params):
        self.connection = self.root_connection = execution.connection
        self.dialect = execution.dialect
        self.current_parameters = params
        self.compiled = execution.compiled

    def get_current_parameters(self, isolate_multiinsert_groups=True):
        return self.current_parameters
