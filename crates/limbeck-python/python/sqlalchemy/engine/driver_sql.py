"""SQL as a driver takes it, in the marks that the engine takes."""

from .. import exc


def translated(sql, parameters, dialect):
    """(sql, values) for `?`, `:name`, `%s` and `%(name)s` marks; without values the text stays."""
    if parameters is None or (not parameters and not isinstance(parameters, dict)):
        return sql, ()
    dollar = dialect.engine_name == "postgresql"
    if dialect.engine_name == "sqlite":
        if isinstance(parameters, dict):
            return _named(sql, parameters)
        return sql, tuple(parameters)
    if dollar and dialect.paramstyle == "numeric_dollar":
        return sql, tuple(parameters)
    return _percent(sql, parameters, dollar)


def _named(sql, parameters):
    from ..sql.textual import split_binds

    parts = split_binds(sql)
    values = []
    for place in range(1, len(parts), 2):
        if parts[place] not in parameters:
            raise exc.StatementError(
                "You did not supply a value for binding parameter :%s." % parts[place],
                sql,
                parameters,
                None,
            )
        values.append(parameters[parts[place]])
        parts[place] = "?"
    return "".join(parts), tuple(values)


def _percent(sql, parameters, dollar):
    found = []
    values = []
    numbers = {}
    position = 0
    given = None if isinstance(parameters, dict) else iter(parameters)

    def mark(value, key=None):
        if key is not None and key in numbers and dollar:
            return "$%d" % numbers[key]
        values.append(value)
        if key is not None:
            numbers[key] = len(values)
        return "$%d" % len(values) if dollar else "?"

    while True:
        place = sql.find("%", position)
        if place == -1:
            found.append(sql[position:])
            break
        found.append(sql[position:place])
        after = sql[place + 1 : place + 2]
        if after == "%":
            found.append("%")
            position = place + 2
        elif after == "s" and given is not None:
            found.append(mark(next(given)))
            position = place + 2
        elif after == "(":
            end = sql.index(")s", place)
            key = sql[place + 2 : end]
            found.append(mark(parameters[key], key))
            position = end + 2
        else:
            found.append("%")
            position = place + 1
    return "".join(found), tuple(values)
