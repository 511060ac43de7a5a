"""Statements as the text and values that a database's driver takes."""


def text_of(clause, dialect, **options):
    """An expression or statement with its values in the text, as the database gets it: per cent signs stand single."""
    options["literal_binds"] = True
    return clause.compile(dialect=dialect, compile_kwargs=options, paramstyle="named").string


def positional(statement, dialect):
    """A statement's SQL with the database's own marks, and its values in their order."""
    style = "numeric_dollar" if dialect.name == "postgresql" else "qmark"
    compiled = statement.compile(dialect=dialect, paramstyle=style)
    text, found = compiled.expanded(None)
    values = []
    for _, value, type_ in found:
        process = type_._cached_bind_processor(dialect) if type_ is not None else None
        values.append(process(value) if process else value)
    return text, values
