"""Names for constraints and indexes that were given none, by a naming convention."""

from sqlalchemy import exc
from sqlalchemy.sql.elements import conv

DEFAULT_NAMING_CONVENTION = {"ix": "ix_%(column_0_label)s"}


class _NoName:
    """The name of a type's CHECK that has none: a convention is asked only when it is written."""

    def __repr__(self):
        return "_NONE_NAME"

    def __bool__(self):
        return False


_NONE_NAME = _NoName()

_KINDS = {
    "Index": "ix",
    "PrimaryKeyConstraint": "pk",
    "CheckConstraint": "ck",
    "UniqueConstraint": "uq",
    "ForeignKeyConstraint": "fk",
}


class _Tokens:
    """What the tokens of a template stand for."""

    def __init__(self, item, table, convention):
        self.item, self.table, self.convention = item, table, convention
        self.foreign = getattr(item, "elements", None) if item.__visit_name__ == "foreign_key_constraint" else None
        self.own_name = item.name

    def __getitem__(self, token):
        if token in self.convention:
            return self.convention[token](self.item, self.table)
        if token == "table_name":
            return self.table.name
        if token == "constraint_name":
            if self.own_name is None or self.own_name is _NONE_NAME:
                raise exc.InvalidRequestError(
                    "Naming convention including %(constraint_name)s token requires that constraint is "
                    "explicitly named."
                )
            if not isinstance(self.own_name, conv):
                self.item.name = None
            return self.own_name
        if token == "referred_table_name":
            return self._target()[-2]
        return self._of_columns(token)

    def _target(self):
        return self.foreign[0].target_fullname.split(".")

    def _of_columns(self, token):
        referred = token.startswith("referred_")
        rest = token[len("referred_") :] if referred else token
        if not rest.startswith("column_"):
            raise KeyError(token)
        place, _, attribute = rest[len("column_") :].rpartition("_")
        if attribute not in (("name",) if referred else ("name", "key", "label")):
            raise KeyError(token)
        if place in ("0N", "0_N"):
            count = len(self.foreign if self.foreign is not None else list(self.item.columns))
            texts = [self._column(position, attribute, referred) for position in range(count)]
            return ("_" if place == "0_N" else "").join(texts)
        if not place.isdigit():
            raise KeyError(token)
        return self._column(int(place), attribute, referred)

    def _column(self, position, attribute, referred):
        if referred:
            return self.foreign[position].column.name
        if self.foreign is not None:
            columns = [element.parent for element in self.foreign]
        else:
            columns = list(self.item.columns)
        if position >= len(columns):
            return ""
        column = columns[position]
        if attribute == "label":
            return _label(column, self.table)
        return getattr(column, attribute)


def _label(column, table):
    """A column's name with its table's in front."""
    if getattr(column, "is_literal", False):
        return None
    table = getattr(column, "table", None)
    name = column.name
    if table is not None and getattr(table, "name", None):
        schema = getattr(table, "schema", None)
        if schema:
            return schema.replace(".", "_") + "_" + table.name + "_" + name
        return table.name + "_" + name
    return name


# What the default convention has for a class.
_of_default = {}


def _template(convention, cls):
    if convention is not DEFAULT_NAMING_CONVENTION:
        return _search(convention, cls)
    if cls not in _of_default:
        _of_default[cls] = _search(convention, cls)
    return _of_default[cls]


def _search(convention, cls):
    for base in cls.__mro__:
        kind = _KINDS.get(base.__name__)
        if kind is not None and kind in convention:
            return convention[kind]
        if base in convention:
            return convention[base]
    return None


def name_for(item, table):
    """The name that the convention of the table's metadata gives to an item; `None` where it gives none."""
    convention = table.metadata.naming_convention
    if isinstance(item.name, conv):
        return item.name
    template = _template(convention, item.__class__)
    if template is None:
        return None
    if callable(template):
        return conv(template(item, table))
    if item.name is None or item.name is _NONE_NAME or "constraint_name" in template:
        return conv(template % _Tokens(item, table, convention))
    return None


def name_item(item, table):
    """Gives an item its name when it joins a table."""
    if isinstance(item.name, conv) or item.name is _NONE_NAME:
        return
    found = name_for(item, table)
    if found:
        item.name = found


def written_name(constraint):
    """The name with which a constraint is written: a type's nameless CHECK gets the convention's now."""
    if constraint.name is not _NONE_NAME:
        return constraint.name
    return name_for(constraint, constraint.table)
