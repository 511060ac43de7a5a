"""The old home of the declarative functions."""

_NAMES = (
    "declarative_base as_declarative declared_attr has_inherited_table DeclarativeMeta synonym_for "
    "instrument_declarative DeferredReflection ConcreteBase AbstractConcreteBase"
).split()


def __getattr__(name):
    if name in ("DeferredReflection", "ConcreteBase", "AbstractConcreteBase"):
        from . import extensions

        return getattr(extensions, name)
    if name in _NAMES:
        import sqlalchemy.orm

        return getattr(sqlalchemy.orm, name)
    if name == "api":
        import sys

        return sys.modules[__name__]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def instrument_declarative(cls, class_registry, metadata):
    """Maps a class that has no declarative base."""
    from sqlalchemy.orm import registry

    registry(metadata=metadata, class_registry=class_registry).map_declaratively(cls)
