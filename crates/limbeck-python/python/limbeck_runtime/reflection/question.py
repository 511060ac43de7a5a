"""The two ways to ask: the engine about tables, the database by a statement."""


def _failed(error, sql, parameters):
    from sqlalchemy.engine.failure import wrapped

    return wrapped(error, sql, parameters)


def described(connection, schema, tables, only, views=True):
    """The engine's description of the tables that are there, by name."""
    import _limbeck

    question = {
        "schema": schema,
        "tables": None if tables is None else list(tables),
        "only": only,
        "views": views,
        "views_as_tables": True,
        "implied": True,
    }
    try:
        answer = _limbeck.inspect(connection._bind, question)
    except _limbeck.DatabaseError as error:
        raise _failed(error, None, None) from error
    return answer


def by_name(answer):
    """The described tables by their names."""
    return {table["name"]["name"]: table for table in answer["tables"]}


def rows(connection, sql, parameters=()):
    """The rows of a statement on the catalogue; `?` stands for a parameter on every database."""
    import _limbeck

    if connection.dialect.name == "postgresql":
        for position in range(len(parameters)):
            sql = sql.replace("?", "$%d" % (position + 1), 1)
    try:
        return _limbeck.execute(connection._bind, sql, tuple(parameters), False)[1]
    except _limbeck.DatabaseError as error:
        raise _failed(error, sql, parameters) from error


def first_column(connection, sql, parameters=()):
    """The first column of the rows."""
    return [row[0] for row in rows(connection, sql, parameters)]


def stripped(text):
    """A text without parentheses that stand around all of it."""
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1]
    return text


def _closing(text):
    """Where the parenthesis that opens the text is closed."""
    depth, quote = 0, None
    for place, letter in enumerate(text):
        if quote is not None:
            if letter == quote:
                quote = None
        elif letter in "'\"`":
            quote = letter
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth == 0:
                return place
    return None
