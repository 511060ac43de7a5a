"""``AutoString``: the type of sqlmodel's ``str`` fields."""

from sqlalchemy import types


class AutoString(types.TypeDecorator):
    """A VARCHAR; MySQL, which wants a length, gets 255 where none is given."""

    impl = types.String
    cache_ok = True
    mysql_default_length = 255

    def load_dialect_impl(self, dialect):
        impl = self.impl
        if getattr(impl, "length", None) is None and dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(types.String(self.mysql_default_length))
        return dialect.type_descriptor(impl) if impl is not None else super().load_dialect_impl(dialect)
