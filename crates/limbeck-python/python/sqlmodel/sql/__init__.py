"""The SQL side of sqlmodel; its modules are imported when they are used."""


def __getattr__(name):
    if name in ("sqltypes", "expression"):
        return __import__(f"sqlmodel.sql.{name}", fromlist=["_"])
    raise AttributeError(f"module 'sqlmodel.sql' has no attribute {name!r}")
