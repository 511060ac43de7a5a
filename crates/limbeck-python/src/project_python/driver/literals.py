"""Values written into the text of a statement, as the usual drivers of PostgreSQL and MySQL do it themselves.

The engine sends what it gets; so a statement means here what it means with the project's own driver, types of literals
included. Must not know where a statement goes.
"""

import datetime
import decimal
import functools
import re
import uuid

_MARK = re.compile(r"%(?:%|\(([^)]*)\)s|s)")


class LiteralError(Exception):
    """A value that cannot be written, or marks and values that do not fit."""


def merge(sql, parameters, literal):
    """`sql` with `%s` and `%(name)s` replaced by what `literal` makes of the values, and `%%` by `%`."""
    named = hasattr(parameters, "keys")
    used = 0

    def replace(found):
        nonlocal used
        if found.group() == "%%":
            return "%"
        name = found.group(1)
        if name is not None:
            try:
                return literal(parameters[name])
            except (KeyError, TypeError, IndexError):
                raise LiteralError("the statement has the parameter %r, which has no value" % name) from None
        if named and not parameters:
            return "%s"
        used += 1
        try:
            return literal(parameters[used - 1])
        except (IndexError, KeyError):
            raise LiteralError("the statement has more parameters than values") from None

    merged = _MARK.sub(replace, sql)
    if not named and used != len(parameters):
        raise LiteralError("%d values were given for %d parameters" % (len(parameters), used))
    return merged


def postgresql(value):
    """The value as PostgreSQL reads it."""
    writer = _writer(value, _POSTGRESQL)
    if writer is None:
        raise LiteralError("can't adapt type '%s'" % type(value).__name__)
    return writer(value)


def _postgresql_text(value):
    value = str.__str__(value)
    if "\0" in value:
        raise LiteralError("A string literal cannot contain NUL (0x00) characters.")
    quoted = value.replace("'", "''")
    return "E'%s'" % quoted.replace("\\", "\\\\") if "\\" in quoted else "'%s'" % quoted


def _signed(text):
    # Two minus signs in a row would begin a comment.
    return " " + text if text.startswith("-") else text


def _postgresql_number(kind):
    def write(value):
        if value != value:
            return "'NaN'::" + kind
        if value in (float("inf"), float("-inf")):
            return "'%s'::%s" % ("Infinity" if value > 0 else "-Infinity", kind)
        return _signed(repr(float(value)) if kind == "float" else str(value))

    return write


def _postgresql_array(value):
    if not value:
        return "'{}'"
    return "ARRAY[%s]" % ", ".join(postgresql(item) for item in value)


def _postgresql_timestamp(value):
    return "'%s'::%s" % (value.isoformat(), "timestamptz" if value.tzinfo else "timestamp")


def _postgresql_interval(value):
    return "'%d days %d.%06d seconds'::interval" % (value.days, value.seconds, value.microseconds)


_POSTGRESQL = {
    type(None): lambda value: "NULL",
    bool: lambda value: "true" if value else "false",
    str: _postgresql_text,
    int: lambda value: _signed(int.__repr__(value)),
    float: _postgresql_number("float"),
    decimal.Decimal: _postgresql_number("numeric"),
    bytes: lambda value: "'\\x%s'::bytea" % bytes(value).hex(),
    bytearray: lambda value: "'\\x%s'::bytea" % bytes(value).hex(),
    memoryview: lambda value: "'\\x%s'::bytea" % bytes(value).hex(),
    datetime.datetime: _postgresql_timestamp,
    datetime.date: lambda value: "'%s'::date" % value.isoformat(),
    datetime.time: lambda value: "'%s'::%s" % (value.isoformat(), "timetz" if value.tzinfo else "time"),
    datetime.timedelta: _postgresql_interval,
    uuid.UUID: lambda value: "'%s'::uuid" % value,
    list: _postgresql_array,
    tuple: lambda value: "(%s)" % ", ".join(postgresql(item) for item in value),
}


@functools.lru_cache(maxsize=None)
def mysql(backslash_escapes):
    """Writes values as MySQL and MariaDB read them; the argument says whether a backslash in a string escapes."""

    def literal(value):
        writer = _writer(value, writers)
        if writer is None:
            raise LiteralError("can't adapt type '%s'" % type(value).__name__)
        return writer(value)

    def text(value):
        value = str.__str__(value).replace("'", "''")
        if backslash_escapes:
            value = value.replace("\\", "\\\\").replace("\0", "\\0")
        return "'%s'" % value

    def sequence(value):
        return "(%s)" % ",".join(literal(item) for item in value)

    writers = dict(_MYSQL)
    writers.update({str: text, list: sequence, tuple: sequence, uuid.UUID: lambda value: text(str(value))})
    return literal


def _mysql_float(value):
    if value != value or value in (float("inf"), float("-inf")):
        raise LiteralError("%r can not be used with MySQL" % value)
    written = repr(float(value))
    return written if "e" in written else written + "e0"


def _mysql_span(value):
    seconds = value.days * 86400 + value.seconds
    micros = value.microseconds
    sign = ""
    if seconds < 0:
        sign, seconds = "-", -seconds
        if micros:
            seconds, micros = seconds - 1, 1000000 - micros
    clock = "%s%02d:%02d:%02d" % (sign, seconds // 3600, seconds // 60 % 60, seconds % 60)
    return "'%s.%06d'" % (clock, micros) if micros else "'%s'" % clock


_MYSQL = {
    type(None): lambda value: "NULL",
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    float: _mysql_float,
    decimal.Decimal: lambda value: format(value, "f"),
    bytes: lambda value: "X'%s'" % bytes(value).hex(),
    bytearray: lambda value: "X'%s'" % bytes(value).hex(),
    memoryview: lambda value: "X'%s'" % bytes(value).hex(),
    datetime.datetime: lambda value: "'%s'" % value.replace(tzinfo=None).isoformat(" "),
    datetime.date: lambda value: "'%s'" % value.isoformat(),
    datetime.time: lambda value: "'%s'" % value.isoformat(),
    datetime.timedelta: _mysql_span,
}


def _writer(value, writers):
    for kind in type(value).__mro__:
        if kind in writers:
            return writers[kind]
    quote = getattr(value, "limbeck_literal", None)
    return quote and (lambda _: quote())
