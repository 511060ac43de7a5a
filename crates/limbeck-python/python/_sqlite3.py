"""What the standard library's `sqlite3` is made of, without a database in it: projects name its errors, and adapt types. Connections to
databases are SQLAlchemy's here."""

from sqlalchemy.engine.failure import driver_class

Warning = type("Warning", (Exception,), {"__module__": "sqlite3"})
Error = driver_class("sqlite3", "Error")
InterfaceError = driver_class("sqlite3", "InterfaceError")
DatabaseError = driver_class("sqlite3", "DatabaseError")
DataError = driver_class("sqlite3", "DataError")
OperationalError = driver_class("sqlite3", "OperationalError")
IntegrityError = driver_class("sqlite3", "IntegrityError")
InternalError = driver_class("sqlite3", "InternalError")
ProgrammingError = driver_class("sqlite3", "ProgrammingError")
NotSupportedError = driver_class("sqlite3", "NotSupportedError")

sqlite_version = "3.46.0"
threadsafety = 1
PARSE_DECLTYPES = 1
PARSE_COLNAMES = 2
LEGACY_TRANSACTION_CONTROL = -1

adapters = {}
converters = {}


class Row:
    """A row of the driver's."""


class Connection:
    """A connection of the driver's; nothing is one here."""


class Cursor:
    """A cursor of the driver's; nothing is one here."""


class Blob:
    """A blob of the driver's; nothing is one here."""


class PrepareProtocol:
    """How values are asked to adapt themselves."""


def register_adapter(type_, adapter, /):
    """Remembers how values of a type are written."""
    adapters[type_] = adapter


def register_converter(name, converter, /):
    """Remembers how values of a declared type are read."""
    converters[name.upper()] = converter


def enable_callback_tracebacks(enable, /):
    """There are no callbacks."""


def complete_statement(statement):
    """Whether a text ends in a semicolon."""
    return statement.rstrip().endswith(";")


def connect(database, *args, **kwargs):
    from limbeck_runtime.missing import NotProvided

    raise NotProvided("sqlite3.connect")
