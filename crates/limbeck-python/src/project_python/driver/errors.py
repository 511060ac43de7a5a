"""The exceptions of our DBAPI module: the project's own driver's where it is loaded, so that `except` clauses find them."""

import sys

_NAMES = (
    "Warning", "Error", "InterfaceError", "DatabaseError", "DataError", "OperationalError", "IntegrityError",
    "InternalError", "ProgrammingError", "NotSupportedError",
)

# SQLSTATE classes, as psycopg2 sorts them.
_SQLSTATE = {
    "0A": "NotSupportedError", "20": "ProgrammingError", "21": "ProgrammingError", "22": "DataError",
    "23": "IntegrityError", "24": "InternalError", "25": "InternalError", "26": "ProgrammingError",
    "27": "OperationalError", "28": "OperationalError", "2B": "InternalError", "2D": "InternalError",
    "2F": "InternalError", "34": "OperationalError", "3D": "ProgrammingError", "3F": "ProgrammingError",
    "40": "OperationalError", "42": "ProgrammingError", "44": "ProgrammingError", "53": "OperationalError",
    "54": "OperationalError", "55": "OperationalError", "57": "OperationalError", "58": "OperationalError",
    "08": "OperationalError", "P0": "InternalError", "XX": "InternalError", "F0": "InternalError",
}

# Error numbers of MySQL and MariaDB, as PyMySQL sorts them; the rest are operational, above 1000, or internal.
_MYSQL = {
    "ProgrammingError": (1007, 1008, 1046, 1049, 1064, 1065, 1102, 1103, 1110, 1111, 1112, 1113, 1146, 1149),
    "DataError": (1171, 1230, 1263, 1265, 1264, 1366, 1406),
    "IntegrityError": (1022, 1048, 1062, 1169, 1215, 1216, 1217, 1451, 1452, 1557, 1586, 1761, 1762, 3819, 4025),
    "NotSupportedError": (1163, 1235, 1286, 1289, 1479),
}


def exceptions(dialect):
    """Class by DBAPI name."""
    module = None
    for name in {"sqlite": ("sqlite3",), "postgresql": ("psycopg2", "psycopg")}.get(dialect, ("pymysql", "MySQLdb")):
        module = module or sys.modules.get(name)
    if dialect == "sqlite":
        import sqlite3 as module
    if all(hasattr(module, name) for name in _NAMES):
        return {name: getattr(module, name) for name in _NAMES}
    return _own()


def _own():
    made = {"Warning": type("Warning", (Exception,), {}), "Error": type("Error", (Exception,), {})}
    for name in _NAMES[2:]:
        base = made["Error"] if name in ("InterfaceError", "DatabaseError") else made["DatabaseError"]
        made[name] = type(name, (base,), {})
    return made


def refused(dialect, classes, message, code, lost):
    """The exception for what the database said."""
    kind = "OperationalError" if lost else _kind(dialect, code)
    cls = classes[kind]
    if dialect == "postgresql":
        return _postgresql(cls, message, code)
    if dialect == "sqlite":
        error = cls(message)
        if code and code.isdigit():
            error.sqlite_errorcode = int(code)
        return error
    return cls(int(code), message) if code and code.isdigit() else cls(message)


def _kind(dialect, code):
    if not code:
        return "InternalError" if dialect == "postgresql" else "OperationalError"
    if dialect == "postgresql":
        return _SQLSTATE.get(code[:2], "DatabaseError")
    number = int(code) if code.isdigit() else 0
    if dialect == "sqlite":
        # Of an extended code the lowest byte says what it is about.
        number &= 0xFF
        return {18: "DataError", 19: "IntegrityError", 20: "IntegrityError", 21: "InterfaceError", 2: "InternalError"}.get(
            number, "DatabaseError" if number in (11, 26) else "OperationalError"
        )
    for kind, numbers in _MYSQL.items():
        if number in numbers:
            return kind
    return "OperationalError"


def _postgresql(cls, message, code):
    driver = sys.modules.get("psycopg2")
    if driver is not None and code:
        try:
            cls = sys.modules["psycopg2.errors"].lookup(code)
        except KeyError:
            pass
    # psycopg2 keeps these two read-only, so they are the subclass's.
    named = {"pgcode": code, "pgerror": message, "sqlstate": code, "__module__": cls.__module__}
    return type(cls.__name__, (cls,), named)(message)
