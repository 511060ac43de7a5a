"""``query.from_statement(text(...))``: rows of a statement that somebody else wrote."""


def read_statement(connection, statement, entities, params=None):
    """Rows with one value for each column that the entities want; missing ones are looked up by name."""
    result = connection.execute(statement, params or {})
    names = [name for name in result.keys()]
    lower = {name: position for position, name in enumerate(names)}
    wanted = []
    position = 0
    for entity in entities:
        for column in entity.columns:
            at = lower.get(getattr(column, "name", None))
            if at is None:
                table = getattr(getattr(column, "table", None), "name", "")
                at = lower.get(f"{table}_{column.name}", position if not entity.is_mapper_entity else None)
            wanted.append((at, column))
            position += 1
    dialect = connection.dialect
    rows = []
    typed = hasattr(statement, "selected_columns") and not hasattr(statement, "text")
    processors = [None if at is None or typed else _processor(column, dialect) for at, column in wanted]
    for row in result.all():
        rows.append(tuple([
            None if at is None else process(row[at]) if process is not None else row[at]
            for (at, _), process in zip(wanted, processors)
        ]))
    return rows


def _processor(column, dialect):
    """How a raw value becomes the column type's Python value."""
    kind = column.type
    maker = getattr(kind, "_cached_result_processor", None)
    if maker is not None:
        return maker(dialect, None)
    impl = getattr(kind, "dialect_impl", None)
    kind = impl(dialect) if impl is not None else kind
    return kind.result_processor(dialect, None)
