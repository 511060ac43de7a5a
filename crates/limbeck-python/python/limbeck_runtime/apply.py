"""Hands operations to the engine, which finds the place in the script that asks for them by itself."""

_OURS = ("alembic.", "sqlalchemy.", "limbeck_runtime.", "alembic_utils.")


def script_place():
    """File and line of the script's own code that is being run."""
    import sys

    frame = sys._getframe(1)
    while frame is not None:
        if not frame.f_globals.get("__name__", "").startswith(_OURS):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None


def apply(connection, data, place=None, autocommit=False):
    """Does an operation, or a list of them, on a connection, or writes it down where nothing is connected."""
    import _limbeck

    bind = 0 if connection is None else connection._bind
    try:
        _limbeck.apply(bind, data, place, autocommit)
    except _limbeck.DatabaseError as error:
        from sqlalchemy.engine.failure import wrapped

        name = getattr(getattr(connection, "dialect", None), "engine_name", None)
        raise wrapped(error, getattr(error, "sql", None), None, name) from error
    except _limbeck.EngineError as error:
        refused = _as_alembic(error)
        if refused is None:
            raise
        raise refused from error


def _as_alembic(error):
    """What Alembic raises where a table that is made anew has no such constraint: scripts expect it. `None` for anything else."""
    words = str(error).partition(" has no constraint '")
    if not words[1] or " could not change a table: " not in words[0]:
        return None
    return ValueError("No such constraint: '%s'" % words[2].partition("'")[0])


def apply_in(context, data, place=None):
    """Does an operation, or a list of them, in a migration context."""
    connection = context.connection
    if connection is not None and not context.as_sql:
        begin = getattr(connection, "_autobegin", None)
        if begin is not None:
            begin()
    apply(connection, data, place, bool(context._autocommit))
