"""Operations for a script that runs without an env.py around it: on the migration's own connection, with no options."""

_made = {}


def operations():
    """The operations of the migration under way; `None` where none is."""
    import _limbeck

    try:
        server = _limbeck.server(0)
    except (AttributeError, _limbeck.EngineError):
        return None
    key = (server["url"], server["dialect"], server["offline"])
    if key not in _made:
        _made[key] = _make(server["offline"])
    return _made[key]


def _make(offline):
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from sqlalchemy.engine.base import Connection

    connection = Connection._of_migration()
    return Operations(MigrationContext(connection.dialect, None if offline else connection, {"as_sql": offline}))
