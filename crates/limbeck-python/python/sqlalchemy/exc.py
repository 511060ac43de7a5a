"""The errors of `sqlalchemy.exc`, with the texts that scripts and people know.

Knows nothing of statements or connections; the engine fills the errors in.
"""


class SQLAlchemyError(Exception):
    """The root of every error of this package."""

    code = None

    def __init__(self, *arg, code=None, **kw):
        if code is not None:
            self.code = code
        super().__init__(*arg, **kw)

    def _code_str(self):
        if not self.code:
            return ""
        return "(Background on this error at: https://sqlalche.me/e/20/%s)" % self.code

    def _message(self):
        if len(self.args) == 1:
            text = self.args[0]
            if isinstance(text, bytes):
                return text.decode("utf-8", "backslashreplace")
            return str(text)
        return str(self.args)

    def _sql_message(self):
        message = self._message()
        if self.code:
            message = "%s %s" % (message, self._code_str())
        return message

    def __str__(self):
        return self._sql_message()


class ArgumentError(SQLAlchemyError):
    """An argument that makes no sense."""


class DuplicateColumnError(ArgumentError):
    """A column is added to a table a second time."""


class ObjectNotExecutableError(ArgumentError):
    """What was given to execute() is no statement."""

    def __init__(self, target):
        super().__init__("Not an executable object: %r" % (target,))
        self.target = target


class NoSuchModuleError(ArgumentError):
    """A dialect or plug-in that does not exist."""


class NoForeignKeysError(ArgumentError):
    """A join has no foreign key to follow."""


class AmbiguousForeignKeysError(ArgumentError):
    """A join has more than one foreign key to follow."""


class ConstraintColumnNotFoundError(ArgumentError):
    """A constraint names a column its table lacks."""


class CircularDependencyError(SQLAlchemyError):
    """A sort by dependency met a cycle."""

    def __init__(self, message, cycles, edges, msg=None, code=None):
        if msg is None:
            message += " (%s)" % ", ".join(repr(s) for s in cycles)
        else:
            message = msg
        super().__init__(message, code=code)
        self.cycles = cycles
        self.edges = edges


class CompileError(SQLAlchemyError):
    """A construct cannot be written as SQL."""


class UnsupportedCompilationError(CompileError):
    """The compiler does not know this construct."""

    code = "l7de"

    def __init__(self, compiler, element_type, message=None):
        super().__init__(
            "Compiler %r can't render element of type %s%s"
            % (compiler, element_type, ": %s" % message if message else "")
        )
        self.compiler = compiler
        self.element_type = element_type
        self.message = message


class IdentifierError(SQLAlchemyError):
    """An identifier is too long for the database."""


class DisconnectionError(SQLAlchemyError):
    """The connection was lost."""

    invalidate_pool = False


class InvalidatePoolError(DisconnectionError):
    """All pooled connections were lost."""

    invalidate_pool = True


class TimeoutError(SQLAlchemyError):
    """A pool had no connection to give in time."""


class InvalidRequestError(SQLAlchemyError):
    """Something that cannot be done in this state."""


class IllegalStateChangeError(InvalidRequestError):
    """A state machine was entered twice."""


class NoInspectionAvailable(InvalidRequestError):
    """`inspect()` has no answer for such an object."""


class PendingRollbackError(InvalidRequestError):
    """The transaction failed and waits for its rollback."""


class ResourceClosedError(InvalidRequestError):
    """The connection, transaction or result is closed."""


class NoSuchColumnError(InvalidRequestError, KeyError):
    """A row has no such column."""


class NoResultFound(InvalidRequestError):
    """One row was required, none came."""


class MultipleResultsFound(InvalidRequestError):
    """One row was required, several came."""


class NoReferenceError(InvalidRequestError):
    """A foreign key points nowhere."""

    table_name = None


class AwaitRequired(InvalidRequestError):
    """Something asynchronous was not awaited."""

    code = "xd1r"


class MissingGreenlet(InvalidRequestError):
    """Asynchronous work outside of its context."""

    code = "xd2s"


class NoReferencedTableError(NoReferenceError):
    """The table a foreign key points to is unknown."""

    def __init__(self, message, tname):
        super().__init__(message)
        self.table_name = tname


class NoReferencedColumnError(NoReferenceError):
    """The column a foreign key points to is unknown."""

    def __init__(self, message, tname, cname):
        super().__init__(message)
        self.table_name = tname
        self.column_name = cname


class NoSuchTableError(InvalidRequestError):
    """The table does not exist."""


class UnreflectableTableError(InvalidRequestError):
    """The table exists but cannot be read."""


class UnboundExecutionError(InvalidRequestError):
    """A statement without a connection to run it."""


class DontWrapMixin:
    """Marks an application's exception that execute() must not wrap."""


def _repr_parameters(params, ismulti=None, batches=10):
    """Writes parameters for an error: long values and long lists are cut."""
    if ismulti is None and isinstance(params, list):
        ismulti = bool(params) and isinstance(params[0], (list, dict, tuple))
    if ismulti and isinstance(params, (list, tuple)):
        if len(params) > batches:
            text = [_repr_one(one) for one in params[: batches - 2]]
            tail = [_repr_one(one) for one in params[-2:]]
            return "[%s  ... displaying %i of %i total bound parameter sets ...  %s]" % (
                ", ".join(text),
                batches,
                len(params),
                ", ".join(tail),
            )
        return "[%s]" % ", ".join(_repr_one(one) for one in params)
    return _repr_one(params)


def _trunc(value, maximum=300):
    text = repr(value)
    if len(text) > maximum:
        half = maximum // 2
        dropped = len(text) - maximum
        text = "%s ... (%d characters truncated) ... %s" % (text[:half], dropped, text[-half:])
    return text


def _repr_one(params, maximum=300):
    if isinstance(params, dict):
        return "{%s}" % ", ".join("%r: %s" % (k, _trunc(v)) for k, v in params.items())
    if isinstance(params, tuple):
        return "(%s%s)" % (", ".join(_trunc(v) for v in params), "," if len(params) == 1 else "")
    if isinstance(params, list):
        return "[%s]" % ", ".join(_trunc(v) for v in params)
    return _trunc(params)


class StatementError(SQLAlchemyError):
    """An error while a statement ran, with the statement and its parameters."""

    statement = None
    params = None
    orig = None
    ismulti = None
    connection_invalidated = False

    def __init__(
        self, message, statement, params, orig, hide_parameters=False, code=None, ismulti=None
    ):
        super().__init__(message, code=code)
        self.statement = statement
        self.params = params
        self.orig = orig
        self.ismulti = ismulti
        self.hide_parameters = hide_parameters
        self.detail = []

    def add_detail(self, msg):
        self.detail.append(msg)

    def _sql_message(self):
        details = [self._message()]
        if self.statement:
            details.append("[SQL: %s]" % self.statement)
            if self.params:
                if self.hide_parameters:
                    details.append("[SQL parameters hidden due to hide_parameters=True]")
                else:
                    details.append("[parameters: %s]" % _repr_parameters(self.params, self.ismulti))
        code = self._code_str()
        if code:
            details.append(code)
        return "\n".join(["(%s)" % det for det in self.detail] + details)


class DBAPIError(StatementError):
    """The database refused a statement; `orig` is the driver's error."""

    code = "dbapi"

    def __init__(
        self,
        statement,
        params,
        orig,
        hide_parameters=False,
        connection_invalidated=False,
        code=None,
        ismulti=None,
    ):
        try:
            text = str(orig)
        except Exception as problem:
            text = "Error in str() of DB-API-generated exception: " + str(problem)
        kind = orig.__class__
        super().__init__(
            "(%s.%s) %s" % (kind.__module__, kind.__name__, text),
            statement,
            params,
            orig,
            hide_parameters,
            code=code or type(self).code,
            ismulti=ismulti,
        )
        self.connection_invalidated = connection_invalidated


class InterfaceError(DBAPIError):
    """The driver itself failed."""

    code = "rvf5"


class DatabaseError(DBAPIError):
    """The database failed."""

    code = "4xp6"


class DataError(DatabaseError):
    """A value does not fit."""

    code = "9h9h"


class OperationalError(DatabaseError):
    """The database could not do it: missing objects, locks, lost connections."""

    code = "e3q8"


class IntegrityError(DatabaseError):
    """A constraint was violated."""

    code = "gkpj"


class InternalError(DatabaseError):
    """The database reports an error of its own."""

    code = "2j85"


class ProgrammingError(DatabaseError):
    """The statement is wrong."""

    code = "f405"


class NotSupportedError(DatabaseError):
    """The database cannot do such a thing."""

    code = "tw8g"


class SADeprecationWarning(DeprecationWarning):
    """Something old was used."""

    deprecated_since = None


class Base20DeprecationWarning(SADeprecationWarning):
    """Something was used that 2.0 took away."""


class LegacyAPIWarning(Base20DeprecationWarning):
    """A legacy interface was used."""


class MovedIn20Warning(Base20DeprecationWarning):
    """Something lives elsewhere since 2.0."""


class RemovedIn20Warning(Base20DeprecationWarning):
    """Kept for scripts of 1.4 that filter it."""


class SAPendingDeprecationWarning(PendingDeprecationWarning):
    """Something will become old."""


class SAWarning(RuntimeWarning):
    """Something suspicious."""
