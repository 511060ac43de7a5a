//! One settings value from `alembic.ini`, `pyproject.toml` or `limbeck.toml`. Must not know the database or the scripts.
