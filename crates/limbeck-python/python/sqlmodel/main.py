"""``SQLModel``: classes whose annotations are their columns.

Validation is not done: migrations import models for their tables, and write what they mean.
"""

from sqlalchemy.orm.decl_api import DeclarativeAttributeIntercept, registry
from sqlalchemy.orm.decl_scan import map_class
from sqlalchemy.orm.decl_types import _default, _evaluate, _read, is_placeholder, own_annotations
from sqlalchemy.orm.relationships import RelationshipProperty
from sqlalchemy.schema import Column, ForeignKey

_default_registry = registry()


class _Undefined:
    def __repr__(self):
        return "PydanticUndefined"

    def __bool__(self):
        return False


Undefined = _Undefined()


class FieldInfo:
    """What ``Field()`` was told."""

    def __init__(self, default=Undefined, **options):
        self.default = Undefined if default is Ellipsis else default
        self.default_factory = options.pop("default_factory", None)
        self.options = options

    def get(self, name, other=Undefined):
        return self.options.get(name, other)

    @property
    def annotation(self):
        return self.options.get("annotation")


class RelationshipInfo:
    """What ``Relationship()`` was told."""

    def __init__(self, back_populates=None, link_model=None, sa_relationship=None, args=(), options=None, cascade_delete=False,
                 passive_deletes=False):
        self.back_populates = back_populates
        self.link_model = link_model
        self.sa_relationship = sa_relationship
        self.args = args or ()
        self.options = dict(options or {})
        if cascade_delete:
            self.options.setdefault("cascade", "all, delete-orphan")
        if passive_deletes:
            self.options.setdefault("passive_deletes", passive_deletes)


def Field(default=Undefined, **options):
    """A field with its column's options."""
    return FieldInfo(default, **options)


def Relationship(*, back_populates=None, cascade_delete=False, passive_deletes=False, link_model=None, sa_relationship=None,
                 sa_relationship_args=None, sa_relationship_kwargs=None):
    """A relationship to another model."""
    return RelationshipInfo(back_populates, link_model, sa_relationship, sa_relationship_args, sa_relationship_kwargs,
                            cascade_delete, passive_deletes)


class SQLModelMetaclass(DeclarativeAttributeIntercept):
    """Makes a table class out of the annotations when ``table=True``."""

    def __new__(mcs, name, bases, body, table=False, **keywords):
        made = type.__new__(mcs, name, bases, body)
        fields = {}
        for base in reversed(made.__mro__[1:]):
            fields.update(base.__dict__.get("__sqlmodel_fields__", ()))
        relationships = {}
        for key, annotation in own_annotations(made).items():
            if key.startswith("_") or not is_placeholder(annotation) and "ClassVar" in str(annotation):
                continue
            value = body.get(key, Undefined)
            if isinstance(value, RelationshipInfo):
                relationships[key] = (annotation, value)
                continue
            info = value if isinstance(value, FieldInfo) else FieldInfo(value)
            fields[key] = (annotation, info, made)
        type.__setattr__(made, "__sqlmodel_fields__", fields)
        type.__setattr__(made, "__sqlmodel_relationships__", relationships)
        for key, (_, info, owner) in fields.items():
            if owner is made and isinstance(body.get(key), FieldInfo):
                type.__delattr__(made, key)
        if table:
            _map_table(made, fields, relationships)
        return made

    def __init__(cls, name, bases, body, **keywords):
        type.__init__(cls, name, bases, body)

    @property
    def model_fields(cls):
        return {key: info for key, (_, info, _) in cls.__sqlmodel_fields__.items()}


def _map_table(cls, fields, relationships):
    """Gives the class its columns and maps it."""
    reg = getattr(cls, "registry", _default_registry)
    inherited = next((base.__mapper__ for base in cls.__mro__[1:] if "__mapper__" in base.__dict__), None)
    type.__setattr__(cls, "__column_order__", tuple(fields))
    for key, (annotation, info, owner) in fields.items():
        if inherited is not None and key in inherited.props:
            continue
        type.__setattr__(cls, key, column_of(key, annotation, info, owner, cls))
    for key, (annotation, info) in relationships.items():
        type.__setattr__(cls, key, _relationship(annotation, info, cls))
    if "__tablename__" not in cls.__dict__ and not any("__tablename__" in b.__dict__ for b in cls.__mro__ if b is not SQLModel):
        type.__setattr__(cls, "__tablename__", cls.__name__.lower())
    kept = own_annotations(cls)
    type.__setattr__(cls, "__annotations__", {})
    try:
        map_class(cls, reg)
    finally:
        type.__setattr__(cls, "__annotations__", kept or {})


def _kind(annotation, owner, cls):
    if isinstance(annotation, str):
        annotation = _evaluate(annotation, owner, cls)
    return _read(annotation, cls, owner, None)


def column_of(key, annotation, info, owner, cls):
    """The Column of a field."""
    given = info.get("sa_column")
    if isinstance(given, Column):
        return given._copy() if owner is not cls else given
    kind = _kind(annotation, owner, cls)
    for extra in kind.extras:
        if isinstance(extra, FieldInfo):
            merged = FieldInfo(info.default if info.default is not Undefined else extra.default)
            merged.options = {**extra.options, **info.options}
            merged.default_factory = info.default_factory or extra.default_factory
            info = merged
    primary_key = info.get("primary_key") is True
    nullable = info.get("nullable")
    if nullable is Undefined:
        nullable = not primary_key and (kind.optional or info.default is None)
    options = {"primary_key": primary_key, "nullable": nullable}
    if info.get("index") is True:
        options["index"] = True
    if info.get("unique") is True:
        options["unique"] = True
    if info.default_factory is not None:
        options["default"] = info.default_factory
    elif info.default is not Undefined and info.default is not None:
        options["default"] = info.default
    args = []
    foreign_key = info.get("foreign_key")
    if foreign_key is not Undefined and foreign_key:
        ondelete = info.get("ondelete")
        args.append(ForeignKey(foreign_key, ondelete=None if ondelete is Undefined else ondelete))
    extra_args = info.get("sa_column_args")
    if extra_args is not Undefined and extra_args:
        args.extend(extra_args)
    extra_options = info.get("sa_column_kwargs")
    if extra_options is not Undefined and extra_options:
        options.update(extra_options)
    return Column(_type(key, kind, info), *args, **options)


def _type(key, kind, info):
    given = info.get("sa_type")
    if given is not Undefined and given is not None:
        return given
    python_type = kind.python_type
    if is_placeholder(python_type):
        return python_type
    if kind.collection is None and isinstance(python_type, type):
        if issubclass(python_type, str) and not hasattr(python_type, "__members__"):
            from .sql.sqltypes import AutoString

            length = info.get("max_length")
            return AutoString(length=None if length is Undefined else length)
        if python_type.__name__ == "Decimal":
            from sqlalchemy.types import Numeric

            precision, scale = info.get("max_digits"), info.get("decimal_places")
            return Numeric(None if precision is Undefined else precision, None if scale is Undefined else scale)
    found = _default(python_type) if kind.collection is None else None
    if found is None:
        raise ValueError(f"{python_type} has no matching SQLAlchemy type (field {key!r})")
    return found


def _relationship(annotation, info, cls):
    if info.sa_relationship is not None:
        return info.sa_relationship
    kind = _kind(annotation, cls, cls)
    options = dict(info.options)
    if info.back_populates:
        options["back_populates"] = info.back_populates
    if info.link_model is not None:
        options["secondary"] = info.link_model.__table__
    options.setdefault("uselist", kind.collection is not None)
    return RelationshipProperty(kind.python_type, *info.args, **options)


class SQLModel(metaclass=SQLModelMetaclass):
    """The base of models; ``table=True`` makes a mapped class."""

    metadata = _default_registry.metadata
    registry = _default_registry
    model_config = {}

    def __init__(self, **values):
        for key, (_, info, _) in type(self).__sqlmodel_fields__.items():
            if key in values:
                setattr(self, key, values[key])
            elif info.default_factory is not None:
                setattr(self, key, info.default_factory())
            elif info.default is not Undefined:
                setattr(self, key, info.default)
        for key in type(self).__sqlmodel_relationships__:
            if key in values:
                setattr(self, key, values[key])

    @classmethod
    def model_validate(cls, obj, **_):
        """An object with the values of a dictionary or another object."""
        names = cls.__sqlmodel_fields__
        if isinstance(obj, dict):
            return cls(**{key: obj[key] for key in names if key in obj})
        return cls(**{key: getattr(obj, key) for key in names if hasattr(obj, key)})

    from_orm = parse_obj = validate = model_validate

    def model_dump(self, *, exclude=None, include=None, exclude_unset=False, exclude_none=False, **_):
        """The fields' values by name."""
        found = {}
        for key in type(self).__sqlmodel_fields__:
            if exclude and key in exclude or include is not None and key not in include:
                continue
            value = getattr(self, key, None)
            if not (exclude_none and value is None):
                found[key] = value
        return found

    dict = model_dump

    def sqlmodel_update(self, obj, *, update=None):
        """Takes over values of a dictionary or another object."""
        values = obj if isinstance(obj, type({})) else obj.model_dump()
        for key, value in {**values, **(update or {})}.items():
            if key in type(self).__sqlmodel_fields__:
                setattr(self, key, value)
        return self

    def __repr__(self):
        inner = ", ".join(f"{key}={getattr(self, key, None)!r}" for key in type(self).__sqlmodel_fields__)
        return f"{type(self).__name__}({inner})"

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self is other or self.model_dump() == other.model_dump()

    def __hash__(self):
        return id(self)
