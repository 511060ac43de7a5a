"""Types made from data: what stands for a column of the database in the project's own functions."""

from sqlalchemy import types

_SIMPLE = {
    "small_integer": types.SmallInteger,
    "integer": types.Integer,
    "big_integer": types.BigInteger,
    "boolean": types.Boolean,
    "date": types.Date,
    "json": types.JSON,
}
_GENERIC = {
    "numeric": types.Numeric,
    "float": types.Float,
    "string": types.String,
    "text": types.Text,
    "interval": types.Interval,
    "binary": types.LargeBinary,
    "time": types.Time,
    "date_time": types.DateTime,
}


class Written(types.UserDefinedType):
    """A type that has no class of its own here."""

    cache_ok = True

    def __init__(self, text):
        self.text = text

    def get_col_spec(self, **kw):
        """The type's SQL."""
        return self.text

    def __repr__(self):
        return "Written(%r)" % (self.text,)


def made_type(data, dialect, models=None):
    """A type object; `models` finds the model's own for its words."""
    if isinstance(data, str):
        return _SIMPLE[data]() if data in _SIMPLE else types.NullType()
    ((kind, fields),) = data.items()
    if kind == "modelled":
        found = models.type_of(fields["module"], fields["expression"]) if models is not None else None
        return found if found is not None else made_type(fields["data_type"], dialect, models)
    if kind == "variants":
        found = made_type(fields["base"], dialect, models)
        for name, other in sorted(fields["by_dialect"].items()):
            found = found.with_variant(made_type(other, dialect, models), name)
        return found
    if kind in _GENERIC:
        return _generic(_GENERIC[kind], fields)
    if kind == "double":
        return _generic(getattr(types, "Double", types.Float), fields)
    if kind == "uuid":
        uuid = getattr(types, "Uuid", None)
        return uuid(native_uuid=fields.get("native", True)) if uuid is not None else _named("UUID", {}, dialect)
    if kind == "enum":
        return _enum(fields, dialect)
    if kind == "array":
        return _array(made_type(fields["item"], dialect, models), fields.get("dimensions"), dialect)
    if kind == "named":
        return _named(fields["name"], fields, dialect)
    if kind == "defined":
        return Written(fields if isinstance(fields, str) else _dotted(fields))
    return Written(fields)


def _generic(kind, fields):
    given = dict(fields)
    if "time_zone" in given:
        given["timezone"] = given.pop("time_zone")
    if kind is types.Interval and "precision" in given:
        given["second_precision"] = given.pop("precision")
    return kind(**given)


def _enum(fields, dialect):
    from limbeck_autogenerate.names import pair

    given = {}
    if fields.get("name") is not None:
        schema, name = pair(fields["name"])
        given.update(name=name, schema=schema)
    if not fields.get("native", True):
        given.update(native_enum=False, length=fields.get("length"))
    own = _module(dialect)
    if dialect.name == "postgresql" and given.get("name") and fields.get("native", True):
        return own.ENUM(*fields["values"], create_type=fields.get("create_type", True), **given)
    if dialect.name in ("mysql", "mariadb") and not given:
        return own.ENUM(*fields["values"])
    return types.Enum(*fields["values"], **given)


def _array(item, dimensions, dialect):
    kind = _module(dialect).ARRAY if dialect.name == "postgresql" else types.ARRAY
    return kind(item, dimensions=dimensions)


def _module(dialect):
    from importlib import import_module

    name = "mysql" if dialect.name == "mariadb" else dialect.name
    return import_module("sqlalchemy.dialects." + name)


def _dotted(name):
    from limbeck_autogenerate.names import pair

    return ".".join(part for part in pair(name) if part)


def _named(name, fields, dialect):
    """A type by its SQL name, with whatever of its parts the class takes."""
    written = name.replace(" ", "_")
    kind = getattr(_module(dialect), written, None)
    if kind is None:
        kind = getattr(types, written, None)
    if not isinstance(kind, type):
        return Written(_text(name, fields))
    arguments = list(fields.get("arguments", ()))
    if written == "SET" or written == "ENUM":
        return kind(*arguments)
    given = {}
    for field, keyword in _KEYWORDS.items():
        if fields.get(field):
            given[keyword] = fields[field]
    for shape in _SHAPES:
        if len(shape) == len(arguments):
            try:
                return kind(**dict(given, **dict(zip(shape, arguments))))
            except TypeError:
                continue
    try:
        return kind(*arguments)
    except TypeError:
        return kind()


_KEYWORDS = {
    "time_zone": "timezone",
    "varying": "varying",
    "fields": "fields",
    "unsigned": "unsigned",
    "zerofill": "zerofill",
    "charset": "charset",
    "collation": "collation",
}
# How the numbers in parentheses are called, by how many there are.
_SHAPES = (
    (),
    ("length",),
    ("display_width",),
    ("fsp",),
    ("precision",),
    ("precision", "scale"),
)


def _text(name, fields):
    arguments = ", ".join(str(argument) for argument in fields.get("arguments", ()))
    return "%s(%s)" % (name, arguments) if arguments else name
