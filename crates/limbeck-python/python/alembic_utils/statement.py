"""Parts of statements: white space, quotes, colons."""

_CAST, _ASSIGN, _ESCAPED = "\0cast\0", "\0assign\0", "\0escaped\0"


def normalize_whitespace(text, base_whitespace=" "):
    return base_whitespace.join(text.split()).strip()


def strip_terminating_semicolon(sql):
    return sql.strip().rstrip(";").strip()


def strip_double_quotes(sql):
    return sql.strip().rstrip('"').strip().lstrip('"').strip()


def escape_colon_for_sql(sql):
    """Colons that would begin a bound parameter, escaped; casts stay."""
    return sql.replace("::", _CAST).replace(":", r"\:").replace(_CAST, "::")


def escape_colon_for_plpgsql(sql):
    """The same where `:=` assigns and some colons may be escaped already."""
    for text, mark in (("::", _CAST), (":=", _ASSIGN), (r"\:", _ESCAPED)):
        sql = sql.replace(text, mark)
    sql = sql.replace(":", r"\:")
    for text, mark in ((r"\:", _ESCAPED), (":=", _ASSIGN), ("::", _CAST)):
        sql = sql.replace(mark, text)
    return sql


def coerce_to_quoted(text):
    """A name, or a name with its schema, in double quotes."""
    if "." in text:
        schema, _, name = text.partition(".")
        return f'"{strip_double_quotes(schema)}"."{strip_double_quotes(name)}"'
    return f'"{strip_double_quotes(text)}"'


def coerce_to_unquoted(text):
    return text.replace('"', "")
