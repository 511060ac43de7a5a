"""The few names of Alembic's compatibility layer that projects import."""

py311 = True
py313 = True
is_posix = True
