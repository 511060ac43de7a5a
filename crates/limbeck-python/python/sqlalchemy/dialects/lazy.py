"""How a dialect's package finds its names in its modules."""


_MODULES = ("base", "dml", "ext", "types", "json", "array", "hstore", "ranges")


def finder(package, table, namespace):
    """A module `__getattr__` for `package`: `table` gives the names of each module, split by spaces."""

    def find(name):
        for module, names in table:
            if name in names.split():
                break
        else:
            module = name
            if name not in _MODULES:
                raise AttributeError(f"module {package!r} has no attribute {name!r}")
            return __import__(f"{package}.{module}", fromlist=["*"])
        if not module.startswith("sqlalchemy"):
            module = f"{package}.{module}"
        value = getattr(__import__(module, fromlist=[name]), name)
        namespace[name] = value
        return value

    return find


PLAIN_TYPES = "sqlalchemy.types"
