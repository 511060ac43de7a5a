"""SQLAlchemy's names and types as the JSON of Limbeck's schema. Used by `operations_to_json.py`."""

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.sql.elements import conv, quoted_name


def compact(**fields):
    """A JSON object without the fields that say nothing."""
    return {key: value for key, value in fields.items() if value not in (None, False, [], {})}


def identifier(name):
    if name is None or not isinstance(name, str):
        return None
    quote = getattr(name, "quote", None) if isinstance(name, quoted_name) else None
    shorten = isinstance(name, conv)
    if quote is None and not shorten:
        return str(name)
    return compact(name=str(name), shorten=shorten) | ({} if quote is None else {"quote": bool(quote)})


def qualified(name, schema=None):
    return compact(schema=identifier(schema)) | {"name": identifier(name)}


class TypeConverter:
    """Converts types for one dialect."""

    def __init__(self, context):
        self.context = context
        self.dialect = context.dialect
        self.ddl = self.dialect.ddl_compiler(self.dialect, None)

    # -- types

    def type(self, given):
        given = sa.types.to_instance(given)
        if getattr(given, "_variant_mapping", None):
            base = given.copy()
            base._variant_mapping = {}
            variants = {name: self.type(other) for name, other in given._variant_mapping.items()}
            return {"variants": {"base": self.type(base), "by_dialect": variants}}
        if isinstance(given, sa.Interval):
            return self.with_fields(
                "interval",
                compact(precision=given.second_precision)
                | ({} if given.native else {"native": False}),
            )
        if isinstance(given, sa.types.TypeDecorator):
            return self.type(given.type_engine(self.dialect))
        if isinstance(given, sa.types.UserDefinedType):
            return {"custom": given.get_col_spec()}
        if isinstance(given, sa.ARRAY):
            return {
                "array": compact(item=self.type(given.item_type), dimensions=given.dimensions)
            }
        if isinstance(given, postgresql.DOMAIN):
            return {"defined": qualified(given.name, given.schema)}
        if isinstance(given, mysql.SET):
            return self.named(given, "SET", list(given.values))
        if isinstance(given, sa.Enum):
            return {"enum": self.enum(given)}
        if self.dialect.name == "sqlite" and not getattr(given, "format_is_text_affinity", True):
            # SQLite's times that are stored as numbers; the name keeps their affinity a text's.
            return {"named": {"name": given.__visit_name__.upper() + "_CHAR"}}
        return self.plain_type(given, given.__visit_name__)

    @staticmethod
    def with_fields(name, fields):
        return {name: fields}

    def plain_type(self, given, visit):
        simple = {
            "small_integer": "small_integer",
            "integer": "integer",
            "big_integer": "big_integer",
            "boolean": "boolean",
            "date": "date",
            "JSON": "json",
        }
        if visit in simple:
            return simple[visit]
        if visit == "numeric":
            return self.with_fields("numeric", self.numbers(given))
        if visit in ("float", "double"):
            return self.with_fields(visit, compact(precision=given.precision))
        if visit in ("string", "unicode"):
            return self.with_fields("string", self.characters(given))
        if visit in ("text", "unicode_text"):
            return self.with_fields("text", self.characters(given))
        if visit in ("time", "datetime"):
            name = {"time": "time", "datetime": "date_time"}[visit]
            return self.with_fields(name, compact(time_zone=bool(given.timezone)))
        if visit == "large_binary":
            return self.with_fields("binary", compact(length=given.length))
        if visit == "uuid":
            return self.with_fields("uuid", {} if given.native_uuid else {"native": False})
        if visit == "null":
            raise TypeError("a column without a type")
        return self.named(given, visit.replace("_PRECISION", " PRECISION"), self.arguments(given))

    @staticmethod
    def numbers(given):
        return {
            name: value
            for name, value in {"precision": given.precision, "scale": given.scale}.items()
            if value is not None
        }

    @staticmethod
    def characters(given):
        return compact(length=given.length, collation=given.collation)

    @staticmethod
    def arguments(given):
        for name in ("display_width", "fsp", "length"):
            value = getattr(given, name, None)
            if value is not None:
                return [value]
        precision, scale = getattr(given, "precision", None), getattr(given, "scale", None)
        if precision is None:
            return []
        return [precision] if scale is None else [precision, scale]

    @staticmethod
    def named(given, name, arguments):
        own = {
            flag: bool(getattr(given, flag, False))
            for flag in ("varying", "unsigned", "zerofill", "ascii", "unicode", "binary", "national")
        }
        fields = compact(
            name=name,
            arguments=arguments,
            time_zone=bool(getattr(given, "timezone", False)),
            fields=getattr(given, "fields", None),
            charset=getattr(given, "charset", None),
            collation=getattr(given, "collation", None),
            **own,
        )
        return {"named": fields}

    def enum(self, given):
        fields = compact(
            name=qualified(given.name, given.schema) if given.name else None,
            charset=getattr(given, "charset", None),
            collation=given.collation,
        )
        fields["values"] = list(given.enums)
        native = given.native_enum
        if not native:
            fields["native"] = False
            fields["length"] = given.length
        if not getattr(given, "create_type", True):
            fields["create_type"] = False
        return fields
