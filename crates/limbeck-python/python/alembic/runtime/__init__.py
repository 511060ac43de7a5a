"""The environment and the context of a migration."""
