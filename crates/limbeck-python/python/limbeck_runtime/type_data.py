"""SQL types as the data that the engine reads."""

from limbeck_autogenerate.names import compact, qualified
from sqlalchemy.types.engine import TypeEngine, to_instance

_SIMPLE = {
    "small_integer": "small_integer",
    "integer": "integer",
    "big_integer": "big_integer",
    "boolean": "boolean",
    "date": "date",
    "JSON": "json",
}
# The types that standard SQL has a text for; others are shown by the name of their class.
_STANDARD = frozenset(
    "small_integer integer big_integer boolean date numeric float double string unicode text unicode_text time datetime "
    "large_binary uuid enum null user_defined FLOAT REAL DOUBLE DOUBLE_PRECISION NUMERIC DECIMAL INTEGER SMALLINT BIGINT "
    "TIMESTAMP DATETIME DATE TIME CLOB CHAR VARCHAR NCHAR NVARCHAR TEXT UUID BLOB BINARY VARBINARY BOOLEAN".split()
)
_FLAGS = ("varying", "unsigned", "zerofill", "ascii", "unicode", "binary", "national")


class StandardDialect:
    """Stands for no database in particular."""

    name = "default"


def dialect_name(dialect):
    """The engine's name of a dialect; standard SQL for what it does not know."""
    name = getattr(dialect, "name", "default")
    if name in ("sqlite", "postgresql", "mysql", "mariadb"):
        return "mariadb" if name == "mysql" and getattr(dialect, "is_mariadb", False) else name
    return "generic"


def type_text(given, dialect=None):
    """A type's SQL."""
    import _limbeck
    from sqlalchemy import exc

    given = to_instance(given)
    if dialect is None:
        if given.__visit_name__ not in _STANDARD and not given._is_type_decorator:
            return type(given).__name__
        dialect = StandardDialect()
    if given._isnull:
        raise exc.CompileError("Can't generate DDL for NullType(); did you forget to specify a type on this Column?")
    try:
        return _limbeck.type_text(dialect_name(dialect), type_data(given, dialect))
    except NotImplementedError as error:
        raise exc.UnsupportedCompilationError(dialect, type(given), str(error)) from error


def type_data(given, dialect):
    """A type for a dialect."""
    given = to_instance(given)
    if given._variant_mapping:
        base = given.copy()
        base._variant_mapping = {}
        base = type_data(base, dialect)
        variants = {name: type_data(other, dialect) for name, other in given._variant_mapping.items()}
        if dialect.name == "mysql" and dialect_name(dialect) == "mariadb" and "mysql" in variants:
            # With a URL of MySQL the dialect goes by that name, whatever server answers.
            variants["mariadb"] = variants["mysql"]
        elif dialect.name == "mariadb" and "mysql" in variants:
            # With one of MariaDB a variant for MySQL does not count, though the engine sees one family.
            variants.setdefault("mariadb", base)
        return {"variants": {"base": base, "by_dialect": variants}}
    hook = _compiles_hook(given, dialect)
    if hook is not None:
        return {"custom": _hook_text(hook, given, dialect)}
    visit = given.__visit_name__
    if given._is_type_decorator:
        if hasattr(given, "second_precision"):
            found = compact(precision=given.second_precision)
            return {"interval": found if given.native else {**found, "native": False}}
        return type_data(given.type_engine(dialect), dialect)
    if visit == "user_defined":
        return {"custom": _column_spec(given)}
    if given._is_array:
        return {"array": {"item": type_data(given.item_type, dialect), **compact(dimensions=given.dimensions)}}
    if visit == "DOMAIN":
        return {"defined": qualified(given.name, given.schema)}
    if visit == "SET":
        return _named(given, "SET", list(given.values))
    if hasattr(given, "enums"):
        return {"enum": _enum(given)}
    if visit == "uuid" and dialect_name(dialect) == "mariadb":
        # SQLAlchemy keeps it as characters there, for all that MariaDB has had a type of its own since 10.7.
        return {"uuid": {"native": False}}
    if dialect.name == "sqlite" and not getattr(given, "format_is_text_affinity", True):
        return {"named": {"name": visit.upper() + "_CHAR"}}
    return _plain(given, visit)


def _compiles_hook(given, dialect):
    """What a script's `@compiles` says about the type for the dialect; `None` when it is what it was."""
    for base in type(given).__mro__:
        if base is TypeEngine:
            return None
        found = base.__dict__.get("_compiler_dispatcher")
        if found is not None:
            return found if found.text_for(dialect.name) is not None or found.plain is not None else None
    return None


def _hook_text(hook, given, dialect):
    compiler = getattr(dialect, "type_compiler_instance", None) or getattr(dialect, "type_compiler", None)
    return hook(given, compiler)


def _column_spec(given):
    """The text of a type of a script's own; `get_col_spec` may take keyword arguments or none."""
    code = getattr(given.get_col_spec, "__code__", None)
    if code is not None and code.co_flags & 0x08:
        return given.get_col_spec(type_expression=None)
    return given.get_col_spec()


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
    if visit == "uuid":
        return {"uuid": {} if given.native_uuid else {"native": False}}
    if visit == "null":
        from sqlalchemy.exc import CompileError

        raise CompileError("Can't generate DDL for NullType(); did you forget to specify a type on this Column?")
    return _named(given, visit.replace("_PRECISION", " PRECISION"), _arguments(given))


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
            **own,
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
    if not given.create_type:
        fields["create_type"] = False
    return fields
