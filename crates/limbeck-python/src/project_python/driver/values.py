"""Values as they cross the pipe. JSON's own where JSON is exact, an object with one tag where it is not.

    null, true, text, an integer of 64 bits     themselves
    {"i": "…"} integer   {"f": "…"} float   {"n": "…"} Decimal   {"b": "…"} bytes, in hexadecimal
    {"d": "…"} date      {"t": "…"} time    {"s": "…"} date and time   {"u": "…"} UUID
    {"j": "…"} JSON document, as text   {"a": […]} array      {"p": [days, seconds, microseconds]} timedelta
    from the engine only, with the database's text: {"v": "…"} interval of PostgreSQL   {"c": "…"} TIME of MySQL
    {"r": [type, "…"]} range of PostgreSQL
"""

import datetime
import decimal
import json
import uuid

from limbeck_driver import ranges, times


def _integer(value):
    value = int(value)
    return value if -(1 << 63) <= value < 1 << 63 else {"i": str(value)}


_ENCODERS = {
    type(None): lambda value: None,
    bool: bool,
    str: str,
    int: _integer,
    float: lambda value: {"f": repr(float(value))},
    decimal.Decimal: lambda value: {"n": str(value)},
    bytes: lambda value: {"b": bytes(value).hex()},
    bytearray: lambda value: {"b": bytes(value).hex()},
    memoryview: lambda value: {"b": bytes(value).hex()},
    datetime.datetime: lambda value: {"s": value.isoformat(" ")},
    datetime.date: lambda value: {"d": value.isoformat()},
    datetime.time: lambda value: {"t": value.isoformat()},
    datetime.timedelta: lambda value: {"p": [value.days, value.seconds, value.microseconds]},
    uuid.UUID: lambda value: {"u": str(value)},
    list: lambda value: {"a": [encode(item) for item in value]},
    tuple: lambda value: {"a": [encode(item) for item in value]},
    dict: lambda value: {"j": json.dumps(value)},
}


def encode(value):
    """The value for the pipe.

    Raises TypeError for what no driver could take either.
    """
    encoder = _ENCODERS.get(type(value))
    if encoder is not None:
        return encoder(value)
    for kind in type(value).__mro__:
        if kind in _ENCODERS:
            # An enum with a value of a plain type: what is stored is the value.
            return str.__str__(value) if kind is str else _ENCODERS[kind](value)
    raise TypeError("can't adapt type '%s'" % type(value).__name__)


_DECODERS = {
    "i": int,
    "f": float,
    "n": decimal.Decimal,
    "b": bytes.fromhex,
    "d": times.date,
    "t": times.time,
    "s": times.timestamp,
    "p": lambda parts: datetime.timedelta(*parts),
    "u": uuid.UUID,
    "j": json.loads,
    "v": times.interval,
    "c": times.clock_span,
    "r": lambda parts: ranges.parse(*parts),
    "a": lambda items: [decode(item) for item in items],
}


def decode(value):
    """The value that came through the pipe."""
    if type(value) is not dict:
        return value
    ((tag, content),) = value.items()
    return _DECODERS[tag](content)


def decode_row(row):
    """A row as drivers give it."""
    return tuple([decode(value) if type(value) is dict else value for value in row])
