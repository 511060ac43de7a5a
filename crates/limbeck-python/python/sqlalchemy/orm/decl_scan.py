"""Reads a declarative class: finds its columns and relationships, makes the Table and the Mapper."""

from .interfaces import MapperProperty
from .properties import ColumnProperty, MappedColumn

_scanning = {}


def produced(cls):
    """What declared attributes gave for a class while it is read; None at other times."""
    return _scanning.get(cls)


def map_class(cls, registry):
    """Maps a declarative class."""
    if "__mapper__" in cls.__dict__:
        return
    _scanning[cls] = {}
    try:
        _Scan(cls, registry).run()
    finally:
        del _scanning[cls]


class _Scan:
    """One class on its way to a mapper."""

    def __init__(self, cls, registry):
        self.cls = cls
        self.registry = registry
        self.found = {}
        self.special = {}
        self.validators = {}
        self.inherits = None
        for base in cls.__mro__[1:]:
            if "__mapper__" in base.__dict__:
                self.inherits = base.__mapper__
                break

    def run(self):
        self.read_bases()
        columns = self.take_columns()
        table = self.make_table(columns)
        self.make_mapper(table)

    # reading ----------------------------------------------------------------------------------

    def read_bases(self):
        """Own attributes first, then those of mixins and abstract bases."""
        from sqlalchemy.schema import Column

        cls = self.cls
        from .decl_types import own_annotations

        covered = set()
        todo = []
        for base in cls.__mro__:
            if base is object or base in covered:
                continue
            if base is not cls and "__mapper__" in base.__dict__:
                covered.update(base.__mro__)
                continue
            todo.append(base)
        for base in todo:
            if base is cls:
                continue
            for name, value in base.__dict__.items():
                if isinstance(value, Column) and name not in cls.__dict__ and not _shadowed(cls, base, name):
                    type.__setattr__(cls, name, _copy(value))
        for base in todo:
            annotations = own_annotations(base)
            body = {name: value for name, value in base.__dict__.items() if not name.startswith("__") or name in _SPECIAL}
            names = _merged(list(body), [name for name in annotations if not name.startswith("__")])
            wanted = base.__dict__.get("__column_order__", ())
            names = [name for name in wanted if name in body] + [name for name in names if name not in wanted]
            for name in names:
                if name in self.found or name in self.special:
                    continue
                self.read(base, name, body.get(name, _ABSENT), annotations.get(name, _ABSENT))

    def read(self, base, name, value, annotation):
        from sqlalchemy.schema import Column

        cls = self.cls
        if name in _SPECIAL:
            if name == "__abstract__":
                return
            self.special[name] = getattr(cls, name) if _is_declared(value) else value
            return
        if base is not cls and name in cls.__dict__:
            own = cls.__dict__[name]
            if not isinstance(own, Column) or not isinstance(value, Column):
                if own is None or not isinstance(value, (Column, MapperProperty)):
                    return
            value = own
        if _is_declared(value):
            value = value.__get__(None, cls)
            if base is not cls or not isinstance(value, (Column, MapperProperty)):
                if not isinstance(value, (Column, MapperProperty)):
                    type.__setattr__(cls, name, value)
                    return
            annotation = _ABSENT if not isinstance(value, MapperProperty) else annotation
        if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], (Column, MapperProperty)):
            value = value[0]
        if hasattr(value, "__sa_validators__") and callable(value):
            backrefs = value.__sa_validation_opts__["include_backrefs"]
            for key in value.__sa_validators__:
                self.validators.setdefault(key, []).append((name, backrefs))
            return
        kind = _ABSENT
        if annotation is not _ABSENT:
            from .decl_types import read_annotation

            kind = read_annotation(annotation, cls, base)
        if value is _ABSENT and kind is _ABSENT:
            return
        if value is None and isinstance(cls.__dict__.get(name, 0), type(None)) and kind is _ABSENT:
            self.found[name] = None
            return
        if kind is _ABSENT:
            if isinstance(value, MappedColumn) and base is not cls:
                value = _copy_mapped(value)
            if isinstance(value, (Column, MapperProperty)):
                self.found[name] = value
            return
        self.found[name] = self.annotated(name, value, kind, base)

    def annotated(self, name, value, kind, base):
        """An attribute whose annotation says something."""
        from sqlalchemy.schema import Column

        from .decl_types import fill_column, fill_relationship

        if value is _ABSENT or not isinstance(value, (Column, MapperProperty)):
            if value is not _ABSENT and not isinstance(value, (Column, MapperProperty)):
                self.defaulted(name, value)
            from .properties import mapped_column

            value = mapped_column()
        elif isinstance(value, MappedColumn) and base is not self.cls:
            value = _copy_mapped(value)
        if isinstance(value, MappedColumn):
            return fill_column(value, kind, self.registry, name)
        if isinstance(value, MapperProperty) and value.is_relationship:
            return fill_relationship(value, kind)
        if type(value).__name__ == "CompositeProperty" and value.composite_class is None:
            value.composite_class = kind.python_type
        return value

    def defaulted(self, name, value):
        """A plain value beside an annotation: a dataclass default."""

    # making -----------------------------------------------------------------------------------

    def take_columns(self):
        """Names the columns, and puts properties in place of columns that are called otherwise."""
        from sqlalchemy.schema import Column

        columns = []
        self.properties = {}
        for name, value in list(self.found.items()):
            if value is None:
                continue
            if isinstance(value, Column):
                _name(value, name)
                columns.append((0, value))
                if value.key != name or value.name != name:
                    self.properties[name] = ColumnProperty(value)
                continue
            if isinstance(value, ColumnProperty):
                for position, column in enumerate(value.columns):
                    if isinstance(column, Column) and column.table is None:
                        _name(column, name)
                        columns.append((getattr(value, "sort_order", 0), column))
            self.properties[name] = value
        columns.sort(key=lambda pair: pair[0])
        return [column for _, column in columns]

    def make_table(self, columns):
        from sqlalchemy.exc import InvalidRequestError

        cls = self.cls
        given = self.special.get("__table__")
        if given is not None:
            for column in columns:
                if column.table is None and column.key not in given.columns:
                    given.append_column(column)
            self.relink(columns, given)
            return given
        name = self.special.get("__tablename__")
        if name is None:
            if self.inherits is None or self.special.get("__mapper_args__", {}).get("concrete"):
                raise InvalidRequestError(
                    f"Class {cls!r} does not have a __table__ or __tablename__ specified and does not inherit from "
                    "an existing table-mapped class."
                )
            table = self.inherits.local_table
            for column in columns:
                if column.key in table.columns:
                    have = table.columns[column.key]
                    self.swap(column, have)
                    continue
                table.append_column(column)
                self.inherits.written_columns.add(column)
            return table
        from sqlalchemy.schema import Table

        args, options = (), {}
        extra = self.special.get("__table_args__")
        if isinstance(extra, dict):
            options = extra
        elif extra:
            if isinstance(extra[-1], dict):
                args, options = tuple(extra[:-1]), extra[-1]
            else:
                args = tuple(extra)
        make = getattr(cls, "__table_cls__", None)
        make = make if make is not None else Table
        metadata = getattr(cls, "metadata", None)
        metadata = metadata if metadata is not None else self.registry.metadata
        table = make(name, metadata, *(tuple(columns) + args), **options)
        self.relink(columns, table)
        return table

    def relink(self, columns, table):
        """With ``extend_existing`` or ``__table__`` the table may have kept other column objects."""
        for column in columns:
            have = table.columns.get(column.key)
            if have is not None and have is not column:
                self.swap(column, have)

    def swap(self, old, new):
        for value in self.properties.values():
            if isinstance(value, ColumnProperty):
                value.columns = [new if one is old else one for one in value.columns]

    def make_mapper(self, table):
        from .mapper import Mapper

        cls = self.cls
        type.__setattr__(cls, "__table__", table)
        options = dict(self.special.get("__mapper_args__") or {})
        options.pop("non_primary", None)
        properties = dict(options.pop("properties", None) or {})
        properties.update(self.properties)
        known = {column.key: column for column in table.columns}
        for key, value in list(options.items()):
            if isinstance(value, ColumnProperty):
                options[key] = value.columns[0]
        if self.inherits is not None and table is self.inherits.local_table:
            for name, value in self.found.items():
                if value is not None and name not in properties and name in known and name not in self.inherits.props:
                    properties[name] = known[name]
        inherits = options.pop("inherits", None) or self.inherits
        registry = self.registry
        type.__setattr__(cls, "registry", registry) if not hasattr(cls, "registry") else None
        excluded = [name for name, value in self.found.items() if value is None]
        if excluded and self.special.get("__table__") is None:
            options.setdefault("exclude_properties", excluded)
        registry.classes[cls.__name__] = cls
        validators = self.validators
        for base in cls.__mro__[1:]:
            for name, value in base.__dict__.items():
                for key in getattr(value, "__sa_validators__", ()) if callable(value) else ():
                    if not any(name == one for one, _ in validators.get(key, ())):
                        validators.setdefault(key, []).append((name, True))
        Mapper(cls, table, registry=registry, inherits=getattr(inherits, "__mapper__", inherits),
               properties=properties, validators=validators, **options)


_ABSENT = type("_Absent", (), {"__repr__": lambda self: "absent", "__bool__": lambda self: False})()
_SPECIAL = ("__tablename__", "__table__", "__table_args__", "__mapper_args__", "__abstract__")


def _is_declared(value):
    return type(value).__name__ == "declared_attr" or any(
        base.__name__ == "declared_attr" for base in type(value).__mro__
    )


def _shadowed(cls, base, name):
    """Whether a class nearer to `cls` defines the name."""
    for one in cls.__mro__:
        if one is base:
            return False
        if name in one.__dict__:
            return True
    return False


def _name(column, name):
    if column.key is None:
        column.key = name
    if column.name is None:
        column.name = name


def _copy(column):
    return column._copy()


def _copy_mapped(value):
    made = MappedColumn(_copy(value.column), value.type_given, {"group": value.group, "deferred": value.deferred})
    for name in ("nullable_given", "sort_order", "use_existing_column"):
        setattr(made, name, getattr(value, name, None))
    return made


def _merged(first, second):
    """Both lists in one order that keeps each one's own, changing over at names they share."""
    shared = set(first) & set(second)
    merged = []
    current, other = iter(first), iter(second)
    while True:
        for name in current:
            if name in shared:
                shared.discard(name)
                current, other = other, current
                break
            merged.append(name)
        else:
            merged.extend(other)
            return merged


def add_attribute(cls, key, value):
    """Maps an attribute that is set on a class after it was mapped."""
    from sqlalchemy.schema import Column

    mapper = cls.__mapper__
    if isinstance(value, Column):
        _name(value, key)
        _append(mapper, value)
        mapper.add_property(key, ColumnProperty(value))
        return
    if isinstance(value, ColumnProperty):
        for column in value.columns:
            if isinstance(column, Column) and column.table is None:
                _name(column, key)
                _append(mapper, column)
    mapper.add_property(key, value)
    if mapper.configured and value.is_relationship:
        from .mapper import _unconfigured

        mapper.configured = False
        _unconfigured.append(mapper)


def _append(mapper, column):
    mapper.local_table.append_column(column, replace_existing=True)
    for one in mapper.self_and_descendants:
        one.written_columns.add(column)
