"""What the types are in a database, and the values of those that need nothing else."""

from sqlalchemy import types


def _refuse(kind):
    from limbeck_runtime.missing import NotProvided

    raise NotProvided(f"sqlalchemy_utils.{kind}: values")


class UUIDType(types.TypeDecorator):
    """A UUID: the database's own, else 16 bytes or 32 characters."""

    impl = types.BINARY(16)
    cache_ok = True

    def __init__(self, binary=True, native=True):
        self.binary = binary
        self.native = native
        self.impl = types.BINARY(16)

    def __repr__(self):
        return f"UUIDType(binary={self.binary!r}, native={self.native!r})" if not self.binary else "UUIDType()"

    @property
    def python_type(self):
        import uuid

        return uuid.UUID

    def load_dialect_impl(self, dialect):
        if self.native and dialect.name in ("postgresql", "cockroachdb"):
            return types.UUID()
        return self.impl if self.binary else types.CHAR(32)

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        import uuid

        if not isinstance(value, uuid.UUID):
            value = uuid.UUID(bytes=value) if isinstance(value, bytes) else uuid.UUID(value)
        if self.native and dialect.name == "postgresql":
            return value
        return value.bytes if self.binary else value.hex

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        import uuid

        if isinstance(value, uuid.UUID):
            return value
        return uuid.UUID(bytes=value) if isinstance(value, bytes) else uuid.UUID(value)


class EmailType(types.TypeDecorator):
    """An address, kept in lower case."""

    impl = types.Unicode
    cache_ok = True

    def __init__(self, length=255, *args, **kwargs):
        super().__init__(length=length, *args, **kwargs)

    def process_bind_param(self, value, dialect):
        return value if value is None else value.lower()

    def process_result_value(self, value, dialect):
        return value


class ChoiceType(types.TypeDecorator):
    """One of several values, kept by its code."""

    impl = types.Unicode(255)
    cache_ok = True

    def __init__(self, choices, impl=None):
        super().__init__()
        self.choices = tuple(choices) if isinstance(choices, list) else choices
        self.impl = types.to_instance(impl) if impl is not None else types.Unicode(255)

    def process_bind_param(self, value, dialect):
        return getattr(value, "code", getattr(value, "value", value))

    def process_result_value(self, value, dialect):
        return self.choices(value) if value is not None and isinstance(self.choices, type) else value


class JSONType(types.TypeDecorator):
    """A document: the database's own, else text."""

    impl = types.UnicodeText
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return types.JSON() if dialect.name == "postgresql" else self.impl

    def process_bind_param(self, value, dialect):
        if value is None or dialect.name == "postgresql":
            return value
        import json

        return json.dumps(value)

    def process_result_value(self, value, dialect):
        if value is None or dialect.name == "postgresql":
            return value
        import json

        return json.loads(value)


class _Characters(types.TypeDecorator):
    """A value that the database keeps as its text."""

    impl = types.UnicodeText
    cache_ok = True
    _length = None

    def __init__(self, max_length=None, *args, **kwargs):
        super().__init__()
        if max_length or self._length:
            self.impl = types.Unicode(max_length or self._length)

    def process_bind_param(self, value, dialect):
        return None if value is None else str(value)

    def process_result_value(self, value, dialect):
        return value


class IPAddressType(_Characters):
    _length = 50


class ColorType(_Characters):
    _length = 20


class TimezoneType(_Characters):
    _length = 50

    def __init__(self, backend="dateutil"):
        super().__init__()


class PhoneNumberType(_Characters):
    _length = 20

    def __init__(self, region="US", max_length=20, *args, **kwargs):
        super().__init__(max_length)


class LocaleType(_Characters):
    _length = 10


class URLType(_Characters):
    pass


class CountryType(_Characters):
    impl = types.String(2)


class CurrencyType(_Characters):
    impl = types.String(3)


class ScalarListType(types.TypeDecorator):
    """A list, kept as a text with separators."""

    impl = types.UnicodeText()
    cache_ok = True

    def __init__(self, coerce_func=str, separator=","):
        super().__init__()
        self.coerce_func = coerce_func
        self.separator = str(separator)

    def process_bind_param(self, value, dialect):
        return None if value is None else self.separator.join(str(item) for item in value)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return [self.coerce_func(item) for item in value.split(self.separator)] if value else []


class _Kept(types.TypeDecorator):
    """A type whose values only its own package can make or read."""

    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else _refuse(type(self).__name__)

    process_result_value = process_bind_param


class StringEncryptedType(_Kept):
    impl = types.String

    def __init__(self, type_in=None, key=None, engine=None, padding=None, **kwargs):
        super().__init__(**kwargs)
        self.underlying_type = types.to_instance(type_in) if type_in is not None else types.String()


class EncryptedType(StringEncryptedType):
    impl = types.LargeBinary


class PasswordType(_Kept):
    impl = types.VARBINARY(1024)

    def __init__(self, max_length=None, **kwargs):
        super().__init__()
        self.length = max_length or 1024

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import BYTEA

            return BYTEA(self.length)
        return types.BLOB(self.length) if dialect.name == "sqlite" else types.VARBINARY(self.length)


class EnrichedDateTimeType(types.TypeDecorator):
    impl = types.DateTime
    cache_ok = True

    def __init__(self, datetime_processor=None, *args, **kwargs):
        super().__init__(*args, **kwargs)


class ArrowType(types.TypeDecorator):
    impl = types.DateTime
    cache_ok = True


class EnrichedDateType(types.TypeDecorator):
    impl = types.Date
    cache_ok = True

    def __init__(self, date_processor=None, *args, **kwargs):
        super().__init__(*args, **kwargs)


class WeekDaysType(_Kept):
    impl = types.String(7)


class _ByName(types.UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return type(self).__name__


class LtreeType(types.UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "LTREE"


class LQUERY(_ByName):
    pass


class LTXTQUERY(_ByName):
    pass


def __getattr__(name):
    if name == "TSVectorType":
        from sqlalchemy.dialects.postgresql import TSVECTOR

        class TSVectorType(types.TypeDecorator):
            """The words of some columns."""

            impl = TSVECTOR
            cache_ok = True

            def __init__(self, *args, **kwargs):
                super().__init__()
                self.columns = args
                self.options = kwargs

        globals()[name] = TSVectorType
        return TSVectorType
    raise AttributeError(name)
