"""Values of rows and parameters as the data that the engine reads."""


class NotData(Exception):
    """A value that the engine's data has no place for."""


def value_data(value):
    """One value, after its type has processed it."""
    if value is None:
        return "null"
    kind = type(value)
    if kind is bool:
        return {"boolean": value}
    if isinstance(value, int):
        value = int(value)
        if -(2**63) <= value < 2**63:
            return {"integer": value}
        return {"unsigned": value} if 0 < value < 2**64 else {"decimal": str(value)}
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise NotData(value)
        return {"float": float(value)}
    if isinstance(value, str):
        return {"text": str(value)}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"bytes": list(bytes(value))}
    if isinstance(value, (dict, list)):
        import json

        return {"json": json.dumps(value)}
    return _of_library(value)


def _of_library(value):
    """Values whose classes the standard library makes; a script that has one has imported its module."""
    import sys

    loaded = sys.modules
    decimal = loaded.get("decimal")
    if decimal is not None and isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    times = loaded.get("datetime")
    if times is not None:
        for kind, name in ((times.datetime, "timestamp"), (times.date, "date"), (times.time, "time")):
            if isinstance(value, kind):
                return {name: str(value)}
    uuid = loaded.get("uuid")
    if uuid is not None and isinstance(value, uuid.UUID):
        return {"uuid": str(value)}
    raise NotData(value)
