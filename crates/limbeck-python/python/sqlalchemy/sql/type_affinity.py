"""Which type an expression has: of plain values, of comparisons, of arithmetic.

Types are told apart by their affinity: the name of the base type that stands for them.
"""

from .base import NO_ARG

_by_class = {}
_by_value = {}
_types = None


def _sqltypes():
    global _types
    if _types is None:
        from .. import types as _types
    return _types


def affinity(type_):
    """The name of the type's affinity: `Integer` for `BIGINT()`, `String` for `Text()`."""
    cls = type_.__class__
    found = _by_class.get(cls)
    if found is None:
        base = type_._type_affinity
        found = base.__name__ if base is not None else cls.__name__
        if not getattr(type_, "_is_type_decorator", False):
            _by_class[cls] = found
    return found


def is_null_type(type_):
    """True when nothing is known about the type."""
    return getattr(type_, "_isnull", False)


def type_of_value(value):
    """The type that a plain Python value brings along."""
    if value is NO_ARG:
        return _sqltypes().NULLTYPE
    cls = value.__class__
    if cls is int:
        if not -0x80000000 <= value <= 0x7FFFFFFF and value.bit_length() >= 32:
            return _shared("BigInteger")
        return _shared("Integer")
    found = _by_value.get(cls)
    if found is None:
        found = _resolve(cls, value)
    return found


def _resolve(cls, value):
    types = _sqltypes()
    if value is None:
        return types.NULLTYPE
    resolve = getattr(types, "_resolve_value_to_type")
    found = resolve(value)
    if found._isnull:
        if hasattr(value, "__clause_element__") or hasattr(cls, "__mapper__"):
            from .. import exc

            raise exc.ArgumentError("Object %r is not legal as a SQL literal value" % (value,))
        return found
    _by_value[cls] = found
    return found


_instances = {}


def _shared(name):
    found = _instances.get(name)
    if found is None:
        found = _instances[name] = getattr(_sqltypes(), name)()
    return found


def coerce_compared(type_, operator, value):
    """The type of a plain value on the other side of an operator."""
    if value is NO_ARG:
        value = None
    coerce = getattr(type_, "coerce_compared_value", None)
    if coerce is None:
        return type_
    return coerce(operator, value)


# What arithmetic makes of two types: operator → affinity of the other side → result.
_ADAPTATIONS = {
    "Integer": {
        "add": {"Date": "Date", "Numeric": "Numeric"},
        "mul": {"Interval": "Interval", "Numeric": "Numeric"},
        "truediv": {"Integer": "Numeric", "Numeric": "Numeric"},
        "floordiv": {"Numeric": "Numeric"},
        "sub": {"Numeric": "Numeric"},
    },
    "Numeric": {"mul": {"Interval": "Interval"}},
    "Date": {
        "add": {"Interval": "DateTime", "Time": "DateTime"},
        "sub": {"Date": "Integer", "Interval": "DateTime", "DateTime": "Interval"},
    },
    "Time": {"add": {"Date": "DateTime"}, "sub": {"Time": "Interval"}},
    "DateTime": {"sub": {"DateTime": "Interval"}},
    "Interval": {"add": {"Date": "DateTime", "DateTime": "DateTime", "Time": "Time"}},
}
_ADAPTATIONS["_AbstractInterval"] = _ADAPTATIONS["Interval"]


_JOINED = ("String", "ARRAY", "_Binary", "JSON", "JSONB", "HSTORE", "Enum")


def adapt(op, left, right):
    """The operator and the type of `left op right`: adding texts is joining them."""
    from . import operators

    if is_null_type(left) and not is_null_type(right) and operators.is_commutative(op):
        return adapt(op, right, left)
    kind = affinity(left)
    other = affinity(right)
    if op is operators.add and kind in _JOINED and (other in _JOINED or is_null_type(right)):
        return operators.concat_op, left
    table = _ADAPTATIONS.get(kind)
    if table is not None:
        if other == "_AbstractInterval":
            other = "Interval"
        found = table.get(getattr(op, "__name__", ""), {}).get(other)
        if found is not None and found != kind:
            return op, right if found == other else _shared(found)
    return op, left
