"""Types of characters."""

from sqlalchemy.types.engine import TypeEngine


class Concatenable:
    """Marks types that `+` joins."""

    _is_mixin = True


class String(Concatenable, TypeEngine):
    __visit_name__ = "string"

    def __init__(self, length=None, collation=None):
        self.length = length
        self.collation = collation

    @property
    def python_type(self):
        return str

    def literal_processor(self, dialect):
        def process(value):
            return "'" + value.replace("'", "''") + "'"

        return process


class Text(String):
    __visit_name__ = "text"


class Unicode(String):
    __visit_name__ = "unicode"


class UnicodeText(Text):
    __visit_name__ = "unicode_text"


class CHAR(String):
    __visit_name__ = "CHAR"


class VARCHAR(String):
    __visit_name__ = "VARCHAR"


class NCHAR(Unicode):
    __visit_name__ = "NCHAR"


class NVARCHAR(Unicode):
    __visit_name__ = "NVARCHAR"


class TEXT(Text):
    __visit_name__ = "TEXT"


class CLOB(Text):
    __visit_name__ = "CLOB"
