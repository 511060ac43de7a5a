"""Python's types for values that cross the bridge as text, both ways."""


def encode(value, dialect):
    """A value that the bridge has no counterpart for, as (kind, text)."""
    for kind in type(value).__mro__:
        encoder = _ENCODERS.get((kind.__module__, kind.__name__))
        if encoder is not None:
            return encoder(value, dialect)
    if isinstance(value, (bytearray, memoryview)):
        return "bytes", bytes(value)
    raise TypeError("type '%s' is not supported as a parameter" % type(value).__name__)


def _datetime(value, dialect):
    return "timestamp", value.isoformat(" ")


def _date(value, dialect):
    return "date", value.isoformat()


def _time(value, dialect):
    return "time", value.isoformat()


def _timedelta(value, dialect):
    if dialect in ("mysql", "mariadb"):
        microseconds = value.days * 86400000000 + value.seconds * 1000000 + value.microseconds
        sign = "-" if microseconds < 0 else ""
        seconds, microseconds = divmod(abs(microseconds), 1000000)
        text = "%s%02d:%02d:%02d" % (sign, seconds // 3600, seconds // 60 % 60, seconds % 60)
        return "time", text + (".%06d" % microseconds if microseconds else "")
    return "text", "%d days %d.%06d seconds" % (value.days, value.seconds, value.microseconds)


def _decimal(value, dialect):
    return "decimal", format(value, "f") if value.is_finite() else str(value)


def _uuid(value, dialect):
    return "uuid", str(value)


def _list(value, dialect):
    return "text", _array(value)


def _dict(value, dialect):
    import json

    return "json", json.dumps(value)


_ENCODERS = {
    ("datetime", "datetime"): _datetime,
    ("datetime", "date"): _date,
    ("datetime", "time"): _time,
    ("datetime", "timedelta"): _timedelta,
    ("decimal", "Decimal"): _decimal,
    ("uuid", "UUID"): _uuid,
    ("builtins", "list"): _list,
    ("builtins", "tuple"): _list,
    ("builtins", "dict"): _dict,
}


def _array(values):
    """A list in the notation of PostgreSQL's arrays."""
    return "{%s}" % ",".join(_element(value) for value in values)


def _element(value):
    if value is None:
        return "NULL"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, (list, tuple)):
        return _array(value)
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, bytes):
        text = "\\x" + value.hex()
    elif isinstance(value, str):
        text = str.__str__(value)
    else:
        text = encode(value, "postgresql")[1]
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def decode(kind, type_name, text):
    """A value of a row, of which the bridge only knows the text."""
    if kind == "text":
        if type_name.endswith("[]"):
            return _parse_array(type_name[:-2], text)
        return _interval(text)
    return _DECODERS[kind](text)


def _to_decimal(text):
    from decimal import Decimal

    return Decimal(text)


def _to_date(text):
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        # Years beyond 9999, BC, infinity, and MySQL's zero dates have no date in Python.
        return None if text.startswith("0000-00") else text


def _to_time(text):
    from datetime import time

    return time.fromisoformat(_zone(text))


def _to_timestamp(text):
    from datetime import datetime

    try:
        return datetime.fromisoformat(_zone(text))
    except ValueError:
        return None if text.startswith("0000-00") else text


def _zone(text):
    """PostgreSQL leaves the minutes of a zone out when they are zero, and zeros at the end of a fraction."""
    if text[-3:-2] in ("+", "-") and ":" in text[:-3]:
        text += ":00"
    head, dot, rest = text.partition(".")
    if not dot:
        return text
    digits = 0
    while digits < len(rest) and rest[digits].isdigit():
        digits += 1
    return head + "." + rest[:digits].ljust(6, "0") + rest[digits:]


def _to_uuid(text):
    from uuid import UUID

    return UUID(text)


def _to_json(text):
    import json

    return json.loads(text)


def _to_duration(text):
    """MySQL's TIME, which is a length of time."""
    from datetime import timedelta

    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = text.lstrip("-").split(":")
    whole, _, fraction = seconds.partition(".")
    return sign * timedelta(
        hours=int(hours), minutes=int(minutes), seconds=int(whole), microseconds=int(fraction.ljust(6, "0") or 0)
    )


_DECODERS = {
    "decimal": _to_decimal,
    "date": _to_date,
    "time": _to_time,
    "timestamp": _to_timestamp,
    "uuid": _to_uuid,
    "json": _to_json,
    "duration": _to_duration,
}


def _interval(text):
    """An interval in PostgreSQL's own style, `1 year 2 mons 3 days -04:05:06.7`; a year counts 365 days, a month 30."""
    from datetime import timedelta

    days = 0
    clock = timedelta()
    words = text.split()
    while words:
        word = words.pop(0)
        if ":" in word:
            negative = word.startswith("-")
            hours, minutes, seconds = word.lstrip("+-").split(":")
            whole, _, fraction = seconds.partition(".")
            clock = timedelta(
                hours=int(hours),
                minutes=int(minutes),
                seconds=int(whole),
                microseconds=int(fraction.ljust(6, "0") or 0),
            )
            clock = -clock if negative else clock
        else:
            unit = words.pop(0)
            days += int(word) * (365 if unit.startswith("year") else 30 if unit.startswith("mon") else 1)
    return timedelta(days=days) + clock


def _parse_array(element_type, text):
    """A list from PostgreSQL's notation. Arrays that do not begin at 1 name their bounds first."""
    if text.startswith("["):
        text = text.partition("=")[2]
    values, end = _parse_level(element_type, text, 0)
    return values


def _parse_level(element_type, text, at):
    values = []
    at += 1
    while text[at] != "}":
        if text[at] == ",":
            at += 1
        if text[at] == "{":
            value, at = _parse_level(element_type, text, at)
            values.append(value)
            continue
        quoted = text[at] == '"'
        piece = []
        if quoted:
            at += 1
            while text[at] != '"':
                if text[at] == "\\":
                    at += 1
                piece.append(text[at])
                at += 1
            at += 1
        else:
            while text[at] not in ",}":
                piece.append(text[at])
                at += 1
        word = "".join(piece)
        values.append(None if word == "NULL" and not quoted else _of_type(element_type, word))
    return values, at + 1


def _of_type(type_name, text):
    if type_name in ("INT2", "INT4", "INT8", "OID"):
        return int(text)
    if type_name in ("FLOAT4", "FLOAT8"):
        return float(text)
    if type_name == "BOOL":
        return text == "t"
    if type_name == "BYTEA":
        return bytes.fromhex(text[2:])
    if type_name == "INTERVAL":
        return _interval(text)
    kind = _ELEMENTS.get(type_name)
    return text if kind is None else _DECODERS[kind](text)


_ELEMENTS = {
    "NUMERIC": "decimal",
    "DATE": "date",
    "TIME": "time",
    "TIMETZ": "time",
    "TIMESTAMP": "timestamp",
    "TIMESTAMPTZ": "timestamp",
    "UUID": "uuid",
    "JSON": "json",
    "JSONB": "json",
}
