"""`sqlalchemy.sql`: the expression language, each name found when it is first used."""

_MODULES = (
    "base compiler ddl dml elements expression functions naming operators roles schema "
    "selectable sqltypes type_api util visitors"
).split()


def __getattr__(name):
    import sys

    if name in _MODULES:
        module = "sqlalchemy.sql." + name
        __import__(module)
        return sys.modules[module]
    if name[:2] == "__":
        raise AttributeError("module 'sqlalchemy.sql' has no attribute %r" % name)
    __import__("sqlalchemy.sql.expression")
    found = getattr(sys.modules["sqlalchemy.sql.expression"], name)
    globals()[name] = found
    return found
