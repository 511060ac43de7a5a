"""``sqlmodel``: models, sessions and types for scripts and models that are written with it.

Names that sqlmodel takes over from SQLAlchemy are SQLAlchemy's.
"""

_HOMES = {
    "SQLModel": "main", "Field": "main", "Relationship": "main", "SQLModelMetaclass": "main", "Session": "orm.session",
    "select": "sql.expression", "col": "sql.expression", "AutoString": "sql.sqltypes",
}


def __getattr__(name):
    home = _HOMES.get(name)
    if home is not None:
        module = __import__(f"sqlmodel.{home}", fromlist=[name])
        value = getattr(module, name)
        globals()[name] = value
        return value
    if name in ("sql", "orm", "main", "ext"):
        if name == "sql":
            __import__("sqlmodel.sql.sqltypes")
        return __import__(f"sqlmodel.{name}", fromlist=["_"])
    if name.startswith("__"):
        raise AttributeError(name)
    import sqlalchemy

    return getattr(sqlalchemy, name)
