"""Types as Python writes them."""

from sqlalchemy import types

# The classes that the engine has a type of its own for, and writes as SQLAlchemy does.
_PLAIN = (
    "SmallInteger Integer BigInteger Boolean Numeric Float Double String Text Date Time DateTime Interval LargeBinary JSON "
    "Uuid Enum ARRAY"
).split()

# Where types keep the types that they are made of.
_PARTS = ("item_type", "astext_type", "text_type", "data_type")


def class_of(given):
    """The class that a type is written as: one that only adapts another to a driver is written as that other."""
    kind = type(given)
    if kind.__module__.startswith("sqlalchemy."):
        for base in kind.__mro__:
            if not base.__name__.startswith("_") and base.__name__ == kind.__name__.lstrip("_"):
                return base
    return kind


def is_plain(given):
    """Whether the engine writes the type in the very words that the model would use."""
    kind = class_of(given)
    if not kind.__module__.startswith("sqlalchemy.") or kind.__module__.startswith("sqlalchemy.dialects."):
        return False
    if kind.__name__ not in _PLAIN or getattr(types, kind.__name__, None) is not kind:
        return False
    if kind.__name__ == "ARRAY":
        return is_plain(given.item_type)
    if kind.__name__ == "JSON":
        return not getattr(given, "none_as_null", False)
    if kind.__name__ in ("Numeric", "Float", "Double"):
        # What Python makes of the values is of no concern to the database, but a script repeats it.
        return getattr(given, "decimal_return_scale", None) is None and (
            bool(given.asdecimal) == (kind.__name__ == "Numeric")
        )
    return True


def expression_of(given, prefix="sa."):
    """The expression that makes a type, without its module; types in it have theirs."""
    text = repr(given)
    for name in _PARTS:
        inner = getattr(given, name, None)
        if isinstance(inner, types.TypeEngine):
            text = _qualified(text, inner, prefix)
    return text


def with_module(given, prefix="sa.", user_prefix=None):
    """The expression that makes a type, with its module: `sa.String(length=5)`, `postgresql.CITEXT()`, `shop.types.Money()`."""
    text, module = expression_of(given, prefix), class_of(given).__module__
    if module.startswith("sqlalchemy.dialects."):
        return "%s.%s" % (module.split(".")[2], text)
    if module.startswith("sqlalchemy."):
        return prefix + text
    return (user_prefix or module + ".") + text


def _qualified(text, inner, prefix):
    plain, whole = repr(inner), with_module(inner, prefix)
    for before in ("(", "=", " "):
        text = text.replace(before + plain, before + whole, 1)
        if whole in text:
            break
    return text
