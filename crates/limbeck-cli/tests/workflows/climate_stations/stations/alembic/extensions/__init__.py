"""Importing this registers the project's own operations."""

from stations.alembic.extensions import operation_plugins  # noqa: F401
