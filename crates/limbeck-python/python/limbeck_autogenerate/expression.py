"""SQL expressions as text, in the words of one dialect."""

from sqlalchemy.sql.expression import ClauseElement


def plain_dialect(dialect):
    """The dialect without its driver's habits: per cent signs stay single. One that cannot be made anew is used as it is."""
    try:
        made = type(dialect)(paramstyle="named")
    except TypeError:
        return dialect
    for name in ("is_mariadb", "server_version_info", "default_schema_name"):
        if hasattr(dialect, name):
            try:
                setattr(made, name, getattr(dialect, name))
            except AttributeError:
                pass
    return made


def text_of(clause, dialect, names_without_table=True):
    """An expression as it stands in a definition: values in the text, columns without their table."""
    if isinstance(clause, str):
        return str(clause)
    if not isinstance(clause, ClauseElement) and hasattr(clause, "__clause_element__"):
        # An attribute of a mapped class.
        clause = clause.__clause_element__()
    options = {"literal_binds": True}
    if names_without_table:
        options["include_table"] = False
    return str(clause.compile(dialect=dialect, compile_kwargs=options))
