"""Every call of an inspector that the recorded answers have, and the answers as text. Run by SQLAlchemy's inspector
(record.py) and by ours (tests/inspection.rs)."""

PARTS = "columns pk_constraint foreign_keys indexes unique_constraints check_constraints table_comment table_options".split()
TABLES = {
    "sqlite": ["author", "book", "strict_one", "cheap", "passing", "nowhere"],
    "postgresql": ["author", "book", "log", "log_2026", "follows", "young", "summary", "passing", "nowhere"],
    "mysql": ["author", "book", "parts", "nowhere"],
}
SCHEMAS = {"sqlite": [None, "main"], "postgresql": [None, "other", "public"], "mysql": [None]}
VIEW = {"sqlite": "cheap", "postgresql": "young", "mysql": "cheap"}


def calls(dialect):
    """The calls as Python expressions behind `inspector.`"""
    for schema in SCHEMAS[dialect]:
        for names in ("table", "view", "materialized_view", "sequence"):
            yield f"get_{names}_names({schema!r})"
        yield f"get_sorted_table_and_fkc_names({schema!r})"
        for part in PARTS:
            yield f"get_multi_{part}({schema!r})"
            yield f"get_multi_{part}({schema!r}, filter_names=['book'])"
        for table in ["far", "nowhere"] if schema == "other" else TABLES[dialect]:
            if schema in ("main", "public") and table == "passing":
                continue
            yield f"has_table({table!r}, {schema!r})"
            for part in PARTS:
                yield f"get_{part}({table!r}, {schema!r})"
    if dialect != "mysql":
        # There a schema is a database, and the server has those of other tests.
        yield "get_schema_names()"
    yield from ("get_temp_table_names()", "get_temp_view_names()", "default_schema_name")
    yield from ("has_schema('other')", "has_schema('nope')", "has_sequence('counter')", "has_sequence('nope')")
    yield from ("has_index('book', 'by_title')", "has_index('book', 'by_state')", "has_index('nowhere', 'x')")
    yield from (f"get_view_definition({VIEW[dialect]!r})", "get_view_definition('nowhere')")
    if dialect == "postgresql":
        for schema in (None, "other", "*"):
            yield from (f"get_enums({schema!r})", f"get_domains({schema!r})")
        yield from ("has_type('mood')", "has_type('colour')", "has_type('colour', 'other')", "get_foreign_table_names()")


def text(value):
    """A value as text in which neither addresses nor the order of sets matter."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return ("[%s]" if isinstance(value, list) else "(%s)") % ", ".join(text(item) for item in value)
    if type(value).__name__ == "TextClause":
        return f"text({value.text!r})"
    return repr(str(value)) if isinstance(value, str) else repr(value)


def answer(inspector, call):
    """The answer to one call, or the error."""
    try:
        value = eval("inspector." + call, {"inspector": inspector})
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    # The order of tables is the catalogue's, that of some names is a set's.
    if call.startswith("get_multi_"):
        value = dict(sorted(value.items()))
    elif call.startswith("get_sorted_"):
        value = [(table, sorted(keys)) for table, keys in value]
    elif "_names(" in call and "schema" not in call:
        value = sorted(value)
    return text(value)


def answers(inspector, dialect, database):
    """All answers; the database's own name becomes DATABASE."""
    return {call: answer(inspector, call).replace(database, "DATABASE") for call in calls(dialect)}
