"""Names as the data that the engine reads."""


def compact(**fields):
    """A JSON object without the fields that say nothing."""
    return {key: value for key, value in fields.items() if value not in (None, False, [], {})}


def identifier(name):
    """A name; one that is quoted whatever it is, or may be shortened, says so."""
    if not isinstance(name, str):
        return None
    quote = getattr(name, "quote", None)
    shorten = type(name).__name__ == "conv"
    if quote is None and not shorten:
        return str(name)
    found = compact(name=str(name), shorten=shorten)
    if quote is not None:
        found["quote"] = bool(quote)
    return found


def qualified(name, schema=None):
    """A name with its schema."""
    return {**compact(schema=identifier(schema)), "name": identifier(name)}
