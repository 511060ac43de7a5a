"""A station catalogue whose objects live in a schema that is named at run time."""

from stations.context import get_role_name, get_schema_name

__all__ = ["get_role_name", "get_schema_name"]
