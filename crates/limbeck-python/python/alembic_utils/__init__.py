"""Views, functions, triggers and other PostgreSQL entities, as the package of this name has them in revisions."""
