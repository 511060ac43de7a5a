"""Names as SQL: which need quotes, and how each database writes them.

The words that need quotes are SQLAlchemy's lists, so that scripts printed offline are
the same bytes.
"""

from .elements import _truncated_label, quoted_name

RESERVED_WORDS = frozenset(
    "all analyse analyze and any array as asc asymmetric authorization between binary both case "
    "cast check collate column constraint create cross current_date current_role current_time "
    "current_timestamp current_user default deferrable desc distinct do else end except false for "
    "foreign freeze from full grant group having ilike in initially inner intersect into is isnull "
    "join leading left like limit localtime localtimestamp natural new not notnull null off offset "
    "old on only or order outer overlaps placing primary references right select session_user set "
    "similar some symmetric table then to trailing true union unique user using verbose when where"
    .split()
)

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_$")
_INITIAL = frozenset("$0123456789")


class IdentifierPreparer:
    """Quotes names for one dialect."""

    reserved_words = RESERVED_WORDS
    initial_quote = final_quote = '"'
    quote_case_sensitive_collations = True
    omit_schema = False

    def __init__(self, dialect, **kw):
        self.dialect = dialect
        self._double_percents = dialect.paramstyle in ("format", "pyformat")
        self._strings = {}

    # -- single names

    def _escape_identifier(self, value):
        value = value.replace(self.final_quote, self.final_quote * 2)
        if self._double_percents:
            value = value.replace("%", "%%")
        return value

    def quote_identifier(self, value):
        """The name in quotes."""
        return self.initial_quote + self._escape_identifier(value) + self.final_quote

    def _requires_quotes_illegal_chars(self, value):
        return not _LETTERS.issuperset(value.lower()) or not value

    def _requires_quotes(self, value):
        lower = value.lower()
        return (
            lower != value
            or lower in self.reserved_words
            or value[:1] in _INITIAL
            or not _LETTERS.issuperset(value)
            or not value
        )

    def quote(self, ident, force=None):
        """The name, in quotes where it needs them."""
        force = getattr(ident, "quote", None) if ident.__class__ is not str else None
        if force is None:
            found = self._strings.get(ident)
            if found is None:
                plain = str(ident)
                found = self.quote_identifier(plain) if self._requires_quotes(plain) else plain
                self._strings[plain] = found
            return found
        return self.quote_identifier(ident) if force else str(ident)

    def quote_schema(self, schema, force=None):
        return self.quote(schema)

    # -- names of things

    def schema_for_object(self, table):
        return getattr(table, "schema", None)

    def format_collation(self, collation_name):
        if self.quote_case_sensitive_collations:
            return self.quote(collation_name)
        return collation_name

    def format_table(self, table, use_schema=True, name=None):
        result = self.quote(table.name if name is None else name)
        schema = self.schema_for_object(table)
        if use_schema and schema:
            result = self.quote_schema(schema) + "." + result
        return result

    def format_sequence(self, sequence, use_schema=True):
        return self.format_table(sequence, use_schema)

    def format_schema(self, name):
        return self.quote(name)

    def format_alias(self, alias, name=None):
        return self.quote(name if name is not None else alias.name)

    def format_label(self, label, name=None):
        return self.quote(name or label.name)

    def format_label_name(self, name, anon_map=None):
        if anon_map is not None and isinstance(name, _truncated_label):
            name = name.apply_map(anon_map)
        return self.quote(name)

    def format_savepoint(self, savepoint, name=None):
        return self.quote(name or savepoint.ident)

    def format_constraint(self, constraint, **kw):
        return self.quote(constraint.name)

    format_index = format_constraint

    def truncate_and_render_constraint_name(self, name, _alembic_quote=True):
        return self.quote(name) if _alembic_quote else name

    truncate_and_render_index_name = truncate_and_render_constraint_name

    def format_column(
        self, column, use_table=False, name=None, table_name=None, use_schema=False, anon_map=None
    ):
        name = column.name if name is None else name
        if anon_map is not None and isinstance(name, _truncated_label):
            name = name.apply_map(anon_map)
        text = name if getattr(column, "is_literal", False) else self.quote(name)
        if use_table:
            prefix = self.format_table(column.table, use_schema=use_schema, name=table_name)
            return prefix + "." + text
        return text

    def format_table_seq(self, table, use_schema=True):
        schema = self.schema_for_object(table)
        if use_schema and schema:
            return (self.quote_schema(schema), self.format_table(table, use_schema=False))
        return (self.format_table(table, use_schema=False),)

    def unformat_identifiers(self, identifiers):
        """The parts of `"a"."b"`, without their quotes."""
        parts = []
        current = []
        inside = False
        position = 0
        while position < len(identifiers):
            letter = identifiers[position]
            if inside:
                if letter == self.final_quote:
                    if identifiers[position + 1 : position + 2] == self.final_quote:
                        current.append(letter)
                        position += 1
                    else:
                        inside = False
                else:
                    current.append(letter)
            elif letter == self.initial_quote:
                inside = True
            elif letter == ".":
                parts.append("".join(current))
                current = []
            else:
                current.append(letter)
            position += 1
        parts.append("".join(current))
        return parts


__all__ = ("IdentifierPreparer", "RESERVED_WORDS", "quoted_name")
