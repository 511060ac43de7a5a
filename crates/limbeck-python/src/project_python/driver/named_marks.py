"""SQLite's named marks (`:name`, `@name`, `$name`) as plain `?`, which is what the engine binds."""

import re

_PIECE = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*` | \[[^\]]*\] | --[^\n]* | /\*.*?\*/ | [:@$]([A-Za-z_]\w*) | \w+""",
    re.VERBOSE | re.DOTALL,
)


def positional(sql, values):
    """The statement with `?` for each name, and the values in that order."""
    ordered = []

    def replace(found):
        name = found.group(1)
        if name is None:
            return found.group()
        ordered.append(values[name])
        return "?"

    return _PIECE.sub(replace, sql), ordered
