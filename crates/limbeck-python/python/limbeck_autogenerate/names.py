"""Names as data."""


def compact(**fields):
    """A JSON object without the fields that say nothing."""
    return {key: value for key, value in fields.items() if value or value not in (None, False, [], {})}


def identifier(name):
    """A name; one that is quoted whatever it is, or may be shortened, says so. `None` for what is no name."""
    if type(name) is str:
        return name
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
    if schema is None:
        return {"name": identifier(name)}
    return dict(compact(schema=identifier(schema)), name=identifier(name))


def plain(name):
    """The text of a name in data."""
    return name["name"] if isinstance(name, dict) else name


def pair(name):
    """Schema and name of a qualified name in data, as texts. The short form is the name alone."""
    if isinstance(name, str):
        return None, name
    if "quote" in name or "shorten" in name:
        return None, name["name"]
    schema = name.get("schema")
    return (plain(schema) if schema is not None else None), plain(name["name"])


def canonical(data):
    """Data without what says nothing, so that what the engine writes out can be compared with what was handed to it."""
    if isinstance(data, dict):
        found = {key: canonical(value) for key, value in data.items()}
        found = {key: value for key, value in found.items() if value not in (None, False, [], {})}
        return found["name"] if list(found) == ["name"] else found
    if isinstance(data, list):
        return [canonical(value) for value in data]
    return data
