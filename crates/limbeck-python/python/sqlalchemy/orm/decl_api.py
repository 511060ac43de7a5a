"""``declarative_base``, ``DeclarativeBase``, ``registry`` and the decorators around them."""

from .decl_scan import add_attribute, map_class, produced
from .interfaces import MapperProperty


class Mapped:
    """The annotation of a mapped attribute: ``Mapped[int]``."""

    __class_getitem__ = classmethod(type(list[int]))


class DynamicMapped(Mapped):
    """The annotation of a relationship that is a query."""


class WriteOnlyMapped(Mapped):
    """The annotation of a relationship that is only written."""


class declared_attr:
    """A method of a mixin that gives an attribute for each class that uses it."""

    extension_type = None

    def __init__(self, fget, cascading=False, quiet=False):
        if isinstance(fget, classmethod):
            fget = fget.__func__
        self.fget = fget
        self.cascading = cascading
        self.__doc__ = getattr(fget, "__doc__", None)
        self.__name__ = getattr(fget, "__name__", None)

    def __get__(self, instance, owner):
        known = produced(owner)
        if known is None:
            return self.fget(owner)
        if self not in known:
            known[self] = self.fget(owner)
        return known[self]

    def __call__(self, *args, **kwargs):
        return self.fget(*args, **kwargs)

    @classmethod
    def directive(cls, fn):
        return cls(fn)


declared_attr.cascading = staticmethod(lambda fn: _cascading(fn))


def _cascading(fn):
    made = declared_attr(fn)
    made.cascading = True
    return made


def _init_from_keywords(self, **kwargs):
    """The constructor that declarative classes have: one keyword for each attribute."""
    kind = type(self)
    for key in kwargs:
        if not hasattr(kind, key):
            raise TypeError(f"{key!r} is an invalid keyword argument for {kind.__name__}")
        setattr(self, key, kwargs[key])


_init_from_keywords.__name__ = "__init__"
_default_constructor = _init_from_keywords


class registry:
    """Mapped classes that know each other by name, and their MetaData."""

    def __init__(self, *, metadata=None, class_registry=None, type_annotation_map=None, constructor=_init_from_keywords):
        if metadata is None:
            from sqlalchemy.schema import MetaData

            metadata = MetaData()
        self.metadata = metadata
        self.classes = class_registry if class_registry is not None else {}
        self._class_registry = self.classes
        self.type_annotation_map = dict(type_annotation_map or {})
        self.constructor = constructor
        self.mappers_made = []

    @property
    def mappers(self):
        return frozenset(self.mappers_made)

    def update_type_annotation_map(self, more):
        self.type_annotation_map.update(more)

    def generate_base(self, mapper=None, cls=object, name="Base", metaclass=None):
        """The base class for declarative classes of this registry."""
        bases = cls if isinstance(cls, tuple) else (cls,)
        body = {"registry": self, "metadata": self.metadata, "_decl_class_registry": self.classes}
        if getattr(cls, "__doc__", None) and not isinstance(cls, tuple):
            body["__doc__"] = cls.__doc__
        if self.constructor is not None:
            body["__init__"] = self.constructor
        body["__abstract__"] = True
        return (metaclass or DeclarativeMeta)(name, bases, body)

    def mapped(self, cls):
        """Decorates a class that is to be mapped."""
        _own(cls, self)
        map_class(cls, self)
        return cls

    def mapped_as_dataclass(self, cls=None, **options):
        """Decorates a class that is to be mapped and become a dataclass."""

        def decorate(cls):
            from .decl_dataclass import make_dataclass

            _own(cls, self)
            make_dataclass(cls, options)
            map_class(cls, self)
            return cls

        return decorate if cls is None else decorate(cls)

    def as_declarative_base(self, **options):
        """Decorates a class that is to become a declarative base."""

        def decorate(cls):
            options["cls"] = cls
            options["name"] = cls.__name__
            return self.generate_base(**options)

        return decorate

    def map_declaratively(self, cls):
        map_class(cls, self)
        return cls.__mapper__

    def map_imperatively(self, class_, local_table=None, **options):
        """Maps a class to a table without declarative."""
        from .mapper import Mapper

        inherits = options.pop("inherits", None)
        if inherits is not None:
            inherits = getattr(inherits, "__mapper__", inherits)
        else:
            for base in class_.__mro__[1:]:
                if "__mapper__" in base.__dict__:
                    inherits = base.__mapper__
                    break
        mapper = Mapper(class_, local_table, registry=self, inherits=inherits, **options)
        self.classes[class_.__name__] = class_
        class_.__table__ = mapper.local_table
        if self.constructor is not None and class_.__init__ is object.__init__:
            class_.__init__ = self.constructor
        return mapper

    def configure(self, cascade=False):
        from .mapper import configure_mappers

        configure_mappers()

    def dispose(self, cascade=False):
        from .mapper import _unconfigured

        for mapper in self.mappers_made:
            if mapper in _unconfigured:
                _unconfigured.remove(mapper)
        self.mappers_made.clear()
        self.classes.clear()


def _own(cls, reg):
    if reg.constructor is not None and "__init__" not in cls.__dict__ and cls.__init__ is object.__init__:
        cls.__init__ = reg.constructor
    if not hasattr(cls, "metadata"):
        cls.metadata = reg.metadata
    if not hasattr(cls, "registry"):
        cls.registry = reg


class DeclarativeAttributeIntercept(type):
    """The metaclass of ``DeclarativeBase``: attributes set later are mapped too."""

    def __setattr__(cls, key, value):
        if "__mapper__" in cls.__dict__ and _is_mapped_value(value):
            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)

    def __delattr__(cls, key):
        type.__delattr__(cls, key)


class DeclarativeMeta(DeclarativeAttributeIntercept):
    """The metaclass of ``declarative_base()`` classes: maps each class as it is made."""

    def __init__(cls, classname, bases, dict_, **kw):
        found = dict_.get("registry")
        found = found if isinstance(found, registry) else getattr(cls, "registry", None)
        if not isinstance(found, registry):
            found = registry(metadata=getattr(cls, "metadata", None))
            type.__setattr__(cls, "registry", found)
        if "metadata" not in cls.__dict__ and not hasattr(cls, "metadata"):
            type.__setattr__(cls, "metadata", found.metadata)
        if not cls.__dict__.get("__abstract__", False):
            map_class(cls, found)
        type.__init__(cls, classname, bases, dict_)


def _is_mapped_value(value):
    if isinstance(value, MapperProperty):
        return True
    from sqlalchemy.schema import Column

    return isinstance(value, Column)


class DeclarativeBaseNoMeta:
    """A base for declarative classes, without a metaclass."""

    def __init_subclass__(cls, **kw):
        if DeclarativeBaseNoMeta in cls.__bases__ or DeclarativeBase in cls.__bases__:
            _set_up_base(cls)
        elif not cls.__dict__.get("__abstract__", False):
            map_class(cls, cls.registry)
        object.__init_subclass__(**kw) if not kw else None


class DeclarativeBase(metaclass=DeclarativeAttributeIntercept):
    """A base for declarative classes: ``class Base(DeclarativeBase)``."""

    def __init_subclass__(cls, **kw):
        dataclass_options = None
        if any("_sa_dataclass_options" in base.__dict__ for base in cls.__mro__):
            from .decl_dataclass import take_options

            dataclass_options, kw = take_options(cls, kw)
        if DeclarativeBase in cls.__bases__:
            _set_up_base(cls)
        elif not cls.__dict__.get("__abstract__", False):
            if dataclass_options is not None:
                from .decl_dataclass import make_dataclass

                make_dataclass(cls, dataclass_options)
            map_class(cls, cls.registry)
        if dataclass_options is None:
            super().__init_subclass__(**kw)


def _set_up_base(cls):
    """Gives a direct subclass of DeclarativeBase its registry, MetaData and constructor."""
    found = cls.__dict__.get("registry")
    if found is None:
        types = cls.__dict__.get("type_annotation_map") or getattr(cls, "type_annotation_map", None)
        found = registry(metadata=getattr(cls, "metadata", None), type_annotation_map=types)
        type.__setattr__(cls, "registry", found)
    elif getattr(cls, "type_annotation_map", None):
        found.update_type_annotation_map(cls.type_annotation_map)
    if "metadata" not in cls.__dict__:
        type.__setattr__(cls, "metadata", found.metadata)
    else:
        found.metadata = cls.metadata
    if cls.__init__ is object.__init__:
        type.__setattr__(cls, "__init__", found.constructor or _init_from_keywords)


class MappedAsDataclass(metaclass=DeclarativeAttributeIntercept):
    """A mixin: the mapped classes become dataclasses."""

    _sa_dataclass_options = {}

    def __init_subclass__(cls, **kw):
        from .decl_dataclass import take_options

        options, kw = take_options(cls, kw)
        type.__setattr__(cls, "_sa_dataclass_options", options)
        super().__init_subclass__(**kw)


def declarative_base(
    *args, metadata=None, mapper=None, cls=object, name="Base", class_registry=None, type_annotation_map=None,
    constructor=_init_from_keywords, metaclass=None, bind=None,
):
    """The base class for declarative classes with a registry of its own."""
    made = registry(
        metadata=metadata, class_registry=class_registry, constructor=constructor,
        type_annotation_map=type_annotation_map,
    )
    return made.generate_base(mapper=mapper, cls=cls, name=name, metaclass=metaclass)


def as_declarative(**options):
    """Decorates a class that becomes a declarative base."""
    metadata = options.pop("metadata", None)
    class_registry = options.pop("class_registry", None)
    return registry(metadata=metadata, class_registry=class_registry).as_declarative_base(**options)


def declarative_mixin(cls):
    """Marks a mixin; changes nothing."""
    return cls


def has_inherited_table(cls):
    """Whether a base class of `cls` has a table."""
    return any(getattr(base, "__table__", None) is not None for base in cls.__mro__[1:])


def add_mapped_attribute(target, key, attr):
    """Adds an attribute to a mapped class."""
    add_attribute(target, key, attr)
