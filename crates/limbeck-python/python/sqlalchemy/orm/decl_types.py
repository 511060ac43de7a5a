"""From an annotation to a column type, or to the other side of a relationship."""

import sys


def own_annotations(cls):
    """The annotations that the class itself has; evaluated now where Python (3.14) puts that off."""
    known = cls.__dict__.get("__annotations__")
    if known is not None:
        return known
    try:
        return cls.__annotations__ if type(cls.__annotations__) is dict else {}
    except AttributeError:
        return {}
    except NameError:
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)


class Kind:
    """What a ``Mapped[…]`` annotation says."""

    __slots__ = ("python_type", "optional", "collection", "extras", "whole", "dynamic")

    def __init__(self, python_type, optional, collection, extras, whole, dynamic):
        self.python_type = python_type
        self.optional = optional
        self.collection = collection
        self.extras = extras
        self.whole = whole
        self.dynamic = dynamic


def read_annotation(annotation, cls, base):
    """The Kind of an annotation; the absent marker for one without ``Mapped``."""
    from .decl_scan import _ABSENT

    if isinstance(annotation, str):
        if "Mapped" not in annotation:
            return _ABSENT
        annotation = _evaluate(annotation, base, cls)
    origin = getattr(annotation, "__origin__", None)
    name = getattr(origin, "__name__", "")
    if name not in ("Mapped", "DynamicMapped", "WriteOnlyMapped", "DeclaredAttr"):
        return _ABSENT
    inner = annotation.__args__[0]
    dynamic = {"DynamicMapped": "dynamic", "WriteOnlyMapped": "write_only"}.get(name)
    return _read(inner, cls, base, dynamic)


def _evaluate(text, base, cls):
    """Evaluates an annotation where its class was written; unknown names stay text."""
    module = sys.modules.get(base.__module__)
    names = _Scope(getattr(module, "__dict__", {}), base, cls)
    try:
        return eval(text, {}, names)
    except TypeError:
        import typing

        found = text.split("[", 1)
        inner = found[1].rsplit("]", 1)[0].strip()
        from .decl_api import Mapped

        parts = [part.strip() for part in inner.split("|")]
        rest = [part for part in parts if part != "None"]
        kind = typing.ForwardRef(rest[0]) if len(rest) == 1 else typing.Any
        return Mapped[typing.Optional[kind]] if "None" in parts else Mapped[kind]


class _Scope(dict):
    def __init__(self, names, base, cls):
        dict.__init__(self)
        self.names = names
        self.base = base
        self.cls = cls

    def __missing__(self, name):
        if name in self.names:
            return self.names[name]
        if name == self.cls.__name__:
            return self.cls
        if name in self.base.__dict__ and isinstance(self.base.__dict__[name], type):
            return self.base.__dict__[name]
        import builtins

        if hasattr(builtins, name):
            return getattr(builtins, name)
        found = self.cls.registry.classes.get(name) if hasattr(self.cls, "registry") else None
        if found is not None:
            return found
        if name in ("Mapped", "DynamicMapped", "WriteOnlyMapped"):
            from . import decl_api

            return getattr(decl_api, name)
        import typing

        return getattr(typing, name) if name in typing.__all__ else typing.ForwardRef(name)


def _read(inner, cls, base, dynamic):
    optional = False
    collection = None
    extras = ()
    whole = inner
    while True:
        if isinstance(inner, str) or type(inner).__name__ == "ForwardRef":
            text = inner if isinstance(inner, str) else inner.__forward_arg__
            value = _evaluate(text, base, cls)
            if isinstance(value, str) or type(value).__name__ == "ForwardRef":
                inner = text
                break
            inner = value
            continue
        if type(inner).__name__ == "TypeAliasType":
            inner = inner.__value__
            continue
        metadata = getattr(inner, "__metadata__", None)
        if metadata is not None:
            extras = tuple(metadata) + extras
            whole = inner
            inner = inner.__origin__
            continue
        args = getattr(inner, "__args__", None)
        if args and (type(inner).__name__ in ("UnionType", "Union") or str(getattr(inner, "__origin__", "")) == "typing.Union"):
            rest = [arg for arg in args if arg is not type(None)]
            optional = optional or len(rest) != len(args)
            if len(rest) == 1:
                inner = whole = rest[0]
                continue
            break
        origin = getattr(inner, "__origin__", None)
        if args and isinstance(origin, type) and collection is None and _collects(origin):
            known = cls.registry.type_annotation_map if hasattr(cls, "registry") else {}
            if _hashable_in(inner, known):
                break
            collection = origin
            whole = inner
            inner = args[-1]
            continue
        break
    return Kind(inner, optional, collection, extras, whole, dynamic)


def _collects(origin):
    return issubclass(origin, (list, set, dict, tuple)) or origin.__module__ == "collections.abc" or hasattr(origin, "append")


def _hashable_in(key, known):
    try:
        return key in known
    except TypeError:
        return False


def fill_relationship(prop, kind):
    """Takes the other class, and whether it is a collection, from the annotation."""
    if prop.argument is None:
        prop.argument = kind.python_type
    if kind.dynamic:
        prop.lazy = kind.dynamic
        prop.uselist = True
    elif prop.uselist is None:
        prop.uselist = kind.collection is not None
        if kind.collection is not None and prop.collection_class is None and kind.collection not in (list,):
            if kind.collection.__module__ != "collections.abc":
                prop.collection_class = kind.collection
            elif "Set" in kind.collection.__name__:
                prop.collection_class = set
    elif kind.collection is not None and prop.collection_class is None and kind.collection in (set, dict):
        prop.collection_class = kind.collection
    return prop


def fill_column(prop, kind, registry, name):
    """Takes type and NULL-ability from the annotation."""
    for extra in kind.extras:
        if type(extra).__name__ == "MappedColumn":
            prop = _merge(extra, prop)
    column = prop.column
    if not getattr(prop, "nullable_given", False):
        if not column.primary_key:
            column.nullable = kind.optional
        elif kind.optional:
            column.nullable = True
    if not prop.type_given and not column.foreign_keys or not prop.type_given and not column.foreign_keys:
        column.type = type_of(kind, registry, name)
    elif not prop.type_given:
        column.type = type_of(kind, registry, name)
    return prop


def _merge(template, prop):
    """A ``mapped_column`` in ``Annotated`` is the template; what the class says wins."""
    from .decl_scan import _copy_mapped

    made = _copy_mapped(template)
    ours, theirs = prop.column, made.column
    if prop.type_given:
        theirs.type = ours.type
        made.type_given = True
    if ours.name is not None:
        theirs.name = theirs.key = ours.name
    if ours.primary_key:
        theirs.primary_key = True
        theirs.nullable = False
    for attribute in ("default", "onupdate", "server_default", "server_onupdate"):
        value = getattr(ours, attribute, None)
        if value is not None:
            setattr(theirs, attribute, value)
    for attribute in ("index", "unique", "comment"):
        if getattr(ours, attribute, None):
            setattr(theirs, attribute, getattr(ours, attribute))
    if getattr(prop, "nullable_given", False):
        theirs.nullable = ours.nullable
        made.nullable_given = True
    for key in list(ours.foreign_keys):
        theirs.append_foreign_key(key._copy())
    made.deferred = prop.deferred or made.deferred
    made.order = prop.order
    return made


def type_of(kind, registry, name):
    """The column type for a Python type."""
    known = registry.type_annotation_map
    for key in (kind.whole, kind.python_type):
        if _hashable_in(key, known):
            return _instance(known[key])
    python_type = kind.python_type
    if kind.collection is not None and _hashable_in(kind.collection, known):
        return _instance(known[kind.collection])
    if is_placeholder(python_type):
        return python_type
    found = _default(python_type)
    if found is None:
        from .exc import MappedAnnotationError

        raise MappedAnnotationError(
            f"Could not locate SQLAlchemy Core type when resolving for Python type indicated by {python_type!r} "
            f"inside the Mapped[] annotation for the {name!r} attribute"
        )
    return found


def is_placeholder(value):
    """Whether a value stands for something that only the application has; as a column's type it names itself when used."""
    return getattr(value, "__limbeck_name__", None) is not None


def _instance(kind):
    return kind() if isinstance(kind, type) else kind


def _default(python_type):
    from sqlalchemy import types

    if str(getattr(python_type, "__origin__", "")) == "typing.Literal":
        return types.Enum(*python_type.__args__, native_enum=False)
    while hasattr(python_type, "__supertype__"):
        python_type = python_type.__supertype__
    if not isinstance(python_type, type):
        return None
    if any(base.__module__ == "enum" and base.__name__ == "Enum" for base in python_type.__mro__):
        return types.Enum(python_type)
    for base in python_type.__mro__:
        name = _NAMES.get((base.__module__, base.__name__))
        if name is not None:
            return getattr(types, name)()
    return None


_NAMES = {
    ("builtins", "bool"): "Boolean", ("builtins", "int"): "Integer", ("builtins", "str"): "String",
    ("builtins", "float"): "Float", ("builtins", "bytes"): "LargeBinary", ("decimal", "Decimal"): "Numeric",
    ("_pydecimal", "Decimal"): "Numeric", ("datetime", "datetime"): "DateTime", ("datetime", "date"): "Date",
    ("datetime", "time"): "Time", ("datetime", "timedelta"): "Interval", ("uuid", "UUID"): "Uuid",
}
