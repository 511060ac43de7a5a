"""Types as data: what they are in the database, and how the model's own language writes them."""

from limbeck_autogenerate.names import compact, qualified
from limbeck_autogenerate.type_text import class_of, expression_of, is_plain
from sqlalchemy import types

_SIMPLE = {
    "small_integer": "small_integer",
    "integer": "integer",
    "big_integer": "big_integer",
    "boolean": "boolean",
    "date": "date",
    "JSON": "json",
}
_FLAGS = ("varying", "unsigned", "zerofill", "ascii", "unicode", "binary", "national")


def type_data(given, dialect):
    """A type of a database, without the model's words for it."""
    given = instance(given)
    variants = variants_of(given)
    if variants is not None:
        return _variants(*variants, dialect, lambda one: type_data(one, dialect))
    if _has_text_of_its_own(given):
        return {"custom": str(given.compile(dialect=dialect))}
    if isinstance(given, types.Interval):
        found = compact(precision=given.second_precision)
        return {"interval": found if given.native else dict(found, native=False)}
    if isinstance(given, types.TypeDecorator):
        return type_data(given.type_engine(dialect), dialect)
    if isinstance(given, types.UserDefinedType):
        return {"custom": str(given.compile(dialect=dialect))}
    visit = given.__visit_name__
    if visit == "uuid":
        return {"uuid": {} if given.native_uuid and not _is_uuid_kept_as_text(given, dialect) else {"native": False}}
    if isinstance(given, types.ARRAY) or visit == "ARRAY":
        return {"array": dict(compact(dimensions=given.dimensions), item=type_data(given.item_type, dialect))}
    if visit == "DOMAIN":
        return {"defined": qualified(given.name, given.schema)}
    if visit == "SET":
        return _named(given, "SET", list(given.values))
    if hasattr(given, "enums"):
        return {"enum": _enum(given)}
    if dialect.name == "sqlite" and not getattr(given, "format_is_text_affinity", True):
        # SQLite's times that are stored as numbers; the name keeps their affinity a text's.
        return {"named": {"name": visit.upper() + "_CHAR"}}
    return _plain(given, visit)


def declared_type(given, dialect, modelled=None, prefix="sa."):
    """A type with the model's words for it, where the engine's own would be others. `modelled(module, text, type)` is told
    of each of those."""
    given = instance(given)
    variants = variants_of(given)
    if variants is not None:
        return _variants(*variants, dialect, lambda one: declared_type(one, dialect, modelled, prefix))
    if is_plain(given) and not _is_uuid_kept_as_text(given, dialect):
        return type_data(given, dialect)
    module, text = class_of(given).__module__, expression_of(given, prefix)
    if modelled is not None:
        modelled(module, text, given)
    return {"modelled": {"module": module, "expression": text, "data_type": type_data(given, dialect)}}


def _variants(base, others, dialect, convert):
    base, others = convert(base), {name: convert(other) for name, other in others.items()}
    if dialect.name == "mariadb" and "mysql" in others:
        # With a URL of MariaDB a variant for MySQL does not count, though the engine sees one family.
        others.setdefault("mariadb", base)
    return {"variants": {"base": base, "by_dialect": others}}


def _is_uuid_kept_as_text(given, dialect):
    """SQLAlchemy keeps it as characters on MariaDB, which has had a type of its own since 10.7; the engine knows that."""
    return given.__visit_name__ == "uuid" and dialect.name in ("mysql", "mariadb")


def instance(given):
    """A type, where a class may stand for it."""
    return given() if isinstance(given, type) else given


def variants_of(given):
    """The type without variants, and those by dialect; None where there are none."""
    if type(given).__name__ == "Variant" and hasattr(given, "mapping"):
        # SQLAlchemy 1.4.
        return given.impl, dict(given.mapping)
    found = getattr(given, "_variant_mapping", None)
    if not found:
        return None
    base = given.copy()
    base._variant_mapping = {}
    return base, dict(found)


def _has_text_of_its_own(given):
    """Whether the project says with `@compiles` what the type is."""
    for base in type(given).__mro__:
        if base is types.TypeEngine:
            return False
        if "_compiler_dispatcher" in base.__dict__:
            return True
    return False


def _plain(given, visit):
    if visit in _SIMPLE:
        return _SIMPLE[visit]
    if visit == "numeric":
        return {"numeric": _present(precision=given.precision, scale=given.scale)}
    if visit in ("float", "double"):
        return {visit: compact(precision=given.precision)}
    if visit in ("string", "unicode"):
        return {"string": _characters(given)}
    if visit in ("text", "unicode_text"):
        return {"text": _characters(given)}
    if visit == "time":
        return {"time": compact(time_zone=bool(given.timezone))}
    if visit == "datetime":
        return {"date_time": compact(time_zone=bool(given.timezone))}
    if visit == "large_binary":
        return {"binary": compact(length=given.length)}
    if visit == "null":
        raise NoType("a column without a type")
    return _named(given, visit.replace("_PRECISION", " PRECISION"), _arguments(given))


class NoType(Exception):
    """A column whose type the model leaves open; nothing can be compared or created then."""


def _present(**fields):
    return {name: value for name, value in fields.items() if value is not None}


def _characters(given):
    return compact(length=given.length, collation=given.collation)


def _arguments(given):
    for name in ("display_width", "fsp", "length"):
        value = getattr(given, name, None)
        if value is not None:
            return [value]
    precision, scale = getattr(given, "precision", None), getattr(given, "scale", None)
    if precision is None:
        return []
    return [precision] if scale is None else [precision, scale]


def _named(given, name, arguments):
    own = {flag: bool(getattr(given, flag, False)) for flag in _FLAGS}
    return {
        "named": compact(
            name=name,
            arguments=arguments,
            time_zone=bool(getattr(given, "timezone", False)),
            fields=getattr(given, "fields", None),
            charset=getattr(given, "charset", None),
            collation=getattr(given, "collation", None),
            **own
        )
    }


def _enum(given):
    fields = compact(
        name=qualified(given.name, given.schema) if given.name else None,
        charset=getattr(given, "charset", None),
        collation=given.collation,
    )
    fields["values"] = list(given.enums)
    if not given.native_enum:
        fields["native"] = False
        fields["length"] = given.length
    if not getattr(given, "create_type", True):
        fields["create_type"] = False
    return fields
