"""Operations where nothing has installed any: for a hook of env.py that imports `op` late, on its connection and with its options, and
for a script that runs without an env.py around it, on the migration's own connection and with none."""

_made = {}


def operations():
    """The operations of the migration under way; `None` where none is."""
    import _limbeck

    from limbeck_runtime import environment

    current = environment.current()
    context = current and current._migration_context
    if context is not None and context._running is not None:
        from alembic.operations import Operations

        return Operations(context)
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
