"""Mapped dataclasses: the constructor comes from ``dataclasses``, the values are mapped."""

from .decl_types import own_annotations
from .interfaces import MapperProperty
from .state import NO_VALUE

_OPTIONS = ("init", "repr", "eq", "order", "unsafe_hash", "match_args", "kw_only", "dataclass_callable")


def take_options(cls, keywords):
    """The dataclass options among class keywords, together with those of base classes."""
    options = {}
    for base in reversed(cls.__mro__):
        options.update(base.__dict__.get("_sa_dataclass_options", ()))
    rest = dict(keywords)
    for name in _OPTIONS:
        if name in rest:
            options[name] = rest.pop(name)
    return options, rest


def make_dataclass(cls, options):
    """Runs ``dataclasses.dataclass`` over the class with plain defaults in the mapped ones' place."""
    import dataclasses

    options = dict(options)
    callable_ = options.pop("dataclass_callable", None) or dataclasses.dataclass
    kept = {}
    annotations = {}
    for base in reversed(cls.__mro__):
        if "__mapper__" not in base.__dict__ and base is not cls:
            annotations.update(_mapped_only(base))
    own = dict(own_annotations(cls))
    for name, annotation in own.items():
        annotations[name] = annotation
    for name in annotations:
        value = cls.__dict__.get(name, getattr(cls, name, NO_VALUE))
        if isinstance(value, MapperProperty):
            kept[name] = value
            field = _field(value, dataclasses)
            if field is NO_VALUE:
                if name in cls.__dict__:
                    type.__delattr__(cls, name)
            else:
                type.__setattr__(cls, name, field)
    saved = own
    type.__setattr__(cls, "__annotations__", {name: _inner(one) for name, one in annotations.items()})
    callable_(cls, **options)
    if saved is not None:
        type.__setattr__(cls, "__annotations__", saved)
    for name, value in kept.items():
        type.__setattr__(cls, name, value)


def _mapped_only(base):
    return {
        name: one for name, one in own_annotations(base).items()
        if "Mapped" in str(one) or "Mapped" in getattr(getattr(one, "__origin__", None), "__name__", "")
    }


def _inner(annotation):
    return object if "Mapped" in str(annotation) else annotation


def _field(prop, dataclasses):
    options = {}
    default = getattr(prop, "dataclass_default", NO_VALUE)
    if default is not NO_VALUE:
        options["default"] = default
    factory = getattr(prop, "dataclass_factory", None)
    if factory is not None:
        options["default_factory"] = factory
    init = getattr(prop, "dataclass_init", None)
    if init is not None:
        options["init"] = init
    return dataclasses.field(**options) if options else NO_VALUE
