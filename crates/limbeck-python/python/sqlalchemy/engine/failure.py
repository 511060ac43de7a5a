"""Errors of the database as the errors that scripts catch.

A script sees SQLAlchemy's classes, and in `orig` one that looks like the driver's: its
name, its codes. Which class it is follows from SQLSTATE, MySQL's number or SQLite's code.
"""

from .. import exc


class _Driver(Exception):
    """The driver's own error."""


def _class(module, name, base=_Driver):
    made = type(name, (base,), {})
    made.__module__ = module
    return made


_made = {}

_NAMES = (
    "InterfaceError DatabaseError DataError OperationalError IntegrityError InternalError "
    "ProgrammingError NotSupportedError"
).split()


def driver_class(module, name, kind=None):
    """A class of the driver's errors by its name; `kind` is the DBAPI class it is one of."""
    key = (module, name)
    found = _made.get(key)
    if found is None:
        if kind is not None and kind != name:
            base = driver_class(_root(module), kind)
        elif name == "Error":
            base = _Driver
        else:
            base = driver_class(module, "Error" if name in ("InterfaceError", "DatabaseError") else "DatabaseError")
        found = _made[key] = _class(module, name, base)
    return found


def _root(module):
    return "psycopg2" if module == "psycopg2.errors" else module


# PostgreSQL: the first two characters of SQLSTATE, and the names of common states.
_STATE_KINDS = {
    "08": "OperationalError",
    "0A": "NotSupportedError",
    "20": "ProgrammingError",
    "21": "ProgrammingError",
    "22": "DataError",
    "23": "IntegrityError",
    "24": "InternalError",
    "25": "InternalError",
    "26": "OperationalError",
    "27": "OperationalError",
    "28": "OperationalError",
    "2B": "InternalError",
    "2D": "InternalError",
    "2F": "InternalError",
    "34": "OperationalError",
    "38": "InternalError",
    "39": "InternalError",
    "3B": "InternalError",
    "3D": "ProgrammingError",
    "3F": "ProgrammingError",
    "40": "OperationalError",
    "42": "ProgrammingError",
    "44": "ProgrammingError",
    "53": "OperationalError",
    "54": "OperationalError",
    "55": "OperationalError",
    "57": "OperationalError",
    "58": "OperationalError",
    "F0": "OperationalError",
    "P0": "InternalError",
    "XX": "InternalError",
}
_STATE_NAMES = {
    "0A000": "FeatureNotSupported",
    "22001": "StringDataRightTruncation",
    "22003": "NumericValueOutOfRange",
    "22007": "InvalidDatetimeFormat",
    "22012": "DivisionByZero",
    "22P02": "InvalidTextRepresentation",
    "23502": "NotNullViolation",
    "23503": "ForeignKeyViolation",
    "23505": "UniqueViolation",
    "23514": "CheckViolation",
    "25P02": "InFailedSqlTransaction",
    "2BP01": "DependentObjectsStillExist",
    "3F000": "InvalidSchemaName",
    "40001": "SerializationFailure",
    "40P01": "DeadlockDetected",
    "42501": "InsufficientPrivilege",
    "42601": "SyntaxError",
    "42701": "DuplicateColumn",
    "42703": "UndefinedColumn",
    "42704": "UndefinedObject",
    "42710": "DuplicateObject",
    "42804": "DatatypeMismatch",
    "42846": "CannotCoerce",
    "42883": "UndefinedFunction",
    "42P01": "UndefinedTable",
    "42P06": "DuplicateSchema",
    "42P07": "DuplicateTable",
    "55P03": "LockNotAvailable",
    "57014": "QueryCanceled",
    "P0001": "RaiseException",
}

# MySQL and MariaDB: the numbers that pymysql does not count as operational.
_NUMBER_KINDS = {
    "ProgrammingError": (1007, 1064, 1102, 1103, 1110, 1111, 1112, 1113, 1146, 1149, 1179),
    "DataError": (1171, 1230, 1263, 1264, 1265, 1366, 1367, 1406, 1441),
    "IntegrityError": (1048, 1062, 1215, 1216, 1217, 1451, 1452),
    "NotSupportedError": (1196, 1235, 1286, 1289),
}
_NUMBERS = {number: kind for kind, numbers in _NUMBER_KINDS.items() for number in numbers}

# SQLite: primary result codes as Python's module reads them.
_SQLITE_KINDS = {
    2: "InternalError",
    12: "InternalError",
    11: "DatabaseError",
    18: "DataError",
    19: "IntegrityError",
    20: "IntegrityError",
    21: "InterfaceError",
    25: "InterfaceError",
}


def _number(code):
    try:
        return int(code)
    except (TypeError, ValueError):
        return None


def driver_error(message, code, dialect_name):
    """The driver's error for a message and a code, and the name of its DBAPI class."""
    if dialect_name == "sqlite":
        number = _number(code)
        kind = "OperationalError"
        if number is not None:
            kind = _SQLITE_KINDS.get(number & 0xFF, kind)
        orig = driver_class("sqlite3", kind)(message)
        orig.sqlite_errorcode = number
        return orig, kind
    if dialect_name in ("mysql", "mariadb"):
        number = _number(code)
        kind = _NUMBERS.get(number)
        if kind is None:
            small = number is not None and number < 1000
            kind = "InternalError" if small else "OperationalError"
        made = driver_class("pymysql.err", kind)
        return made(number, message) if number is not None else made(message), kind
    state = str(code) if code else ""
    kind = _STATE_KINDS.get(state[:2], "DatabaseError" if state else "OperationalError")
    name = _STATE_NAMES.get(state)
    if name is not None:
        orig = driver_class("psycopg2.errors", name, kind)(message)
    else:
        orig = driver_class("psycopg2", kind)(message)
    orig.pgcode = orig.sqlstate = state or None
    orig.pgerror = message
    orig.diag = None
    return orig, kind


def wrapped(error, statement, params, dialect_name=None, many=False, hide=False):
    """The error to raise for what the bridge raised."""
    message = error.args[0] if error.args else str(error)
    code = getattr(error, "code", None)
    if dialect_name is None:
        dialect_name = _dialect_of(code)
    orig, kind = driver_error(message, code, dialect_name)
    orig.__cause__ = error
    made = getattr(exc, kind)(
        statement or getattr(error, "sql", None),
        params,
        orig,
        hide_parameters=hide,
        connection_invalidated=bool(getattr(error, "connection_lost", False)),
        ismulti=many,
    )
    failure = getattr(error, "failure", None)
    if failure is not None:
        made.failure = failure
    return made


def _dialect_of(code):
    import _limbeck

    return _limbeck.server(0)["dialect"]
