"""Strings and lambdas in relationship arguments: looked up when all classes are there."""

from .clauses import plain  # noqa: F401


def resolve(value, parent, want_class=False):
    """The class, table, column or expression that an argument means."""
    if isinstance(value, str):
        return evaluate(value, parent, want_class)
    if value is None:
        return None
    if not isinstance(value, type) and type(value).__name__ == "function":
        return resolve(value(), parent, want_class)
    return value


def resolve_all(value, parent, marks=True):
    """A list of columns out of one, several, or text."""
    value = resolve(value, parent)
    if value is None or value is False:
        return []
    if not isinstance(value, (list, tuple, set, frozenset)):
        value = [value]
    found = []
    for one in value:
        one = resolve(one, parent)
        while hasattr(one, "__clause_element__") and not getattr(one, "is_clause_element", False):
            one = one.__clause_element__()
        one = getattr(one, "column", one) if type(one).__name__ == "MappedColumn" else one
        found.append(one)
    return found


def evaluate(text, parent, want_class=False):
    """Evaluates an argument text among the registry's classes, its tables and SQL functions."""
    registry = parent.registry
    names = _Names(registry, parent)
    if want_class and "." in text:
        text = text.rsplit(".", 1)[1] if text.rsplit(".", 1)[1] in registry.classes else text
    try:
        return eval(text, {}, names)
    except (NameError, AttributeError) as error:
        from sqlalchemy.exc import InvalidRequestError

        raise InvalidRequestError(
            f"When initializing mapper {parent}, expression {text!r} failed to locate a name ({error}). If this is a "
            f"class name, consider adding this relationship() to the {parent.class_!r} class after both dependent "
            "classes have been defined."
        ) from error


class _Names(dict):
    """The names that an argument text may use."""

    def __init__(self, registry, parent):
        dict.__init__(self)
        self.registry = registry
        self.parent = parent

    def __missing__(self, name):
        registry = self.registry
        if name in registry.classes:
            return _ClassNames(registry.classes[name])
        tables = registry.metadata.tables
        if name in tables:
            return tables[name]
        found = self.from_module(name)
        if found is not None:
            return found
        if any(key.startswith(name + ".") for key in tables):
            return _SchemaNames(name, tables)
        if name in ("foreign", "remote"):
            from . import util

            return getattr(util, name)
        import sqlalchemy

        try:
            return getattr(sqlalchemy, name)
        except AttributeError:
            pass
        for class_name, class_ in registry.classes.items():
            if class_.__module__.split(".")[0] == name:
                return _ModuleNames(registry, (name,))
        raise NameError(f"name {name!r} is not defined")

    def from_module(self, name):
        """A class of the declaring module that another registry maps."""
        import sys

        module = sys.modules.get(self.parent.class_.__module__)
        value = getattr(module, name, None)
        return value if isinstance(value, type) and hasattr(value, "__mapper__") else None


class _ClassNames:
    """A class whose attributes may still be plain columns."""

    def __init__(self, class_):
        self.class_ = class_

    def __getattr__(self, name):
        if name == "__mapper__":
            return self.class_.__mapper__
        if name == "__table__":
            return self.class_.__table__
        return getattr(self.class_, name)

    def __clause_element__(self):
        return self.class_.__clause_element__()


class _SchemaNames:
    """``schema.table`` in an argument text."""

    def __init__(self, schema, tables):
        self._schema = schema
        self._tables = tables

    def __getattr__(self, name):
        try:
            return self._tables[f"{self._schema}.{name}"]
        except KeyError:
            raise AttributeError(name) from None


class _ModuleNames:
    """``package.module.Class`` in an argument text."""

    def __init__(self, registry, path):
        self._registry = registry
        self._path = path

    def __getattr__(self, name):
        if name in self._registry.classes:
            return self._registry.classes[name]
        return _ModuleNames(self._registry, self._path + (name,))
