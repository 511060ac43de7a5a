"""Many rows in one INSERT, for executemany(): a statement for each row would be a way to the database and back for each."""

import re

from limbeck_driver import literals

_INSERT = re.compile(
    r"\s*((?:INSERT|REPLACE)\b.+?\bVALUES?\s*)(\(\s*(?:%s|%\([^)]+\)s)\s*(?:,\s*(?:%s|%\([^)]+\)s)\s*)*\))(\s*(?:ON\s(?:DUPLICATE|CONFLICT).*)?)\Z",
    re.IGNORECASE | re.DOTALL,
)

# A statement this long is well below every server's limit.
_LENGTH = 512 * 1024
_ROWS = 1000


def together(sql, many, literal):
    """The statements for all rows; None when `sql` is no INSERT of a list of parameters."""
    found = _INSERT.match(sql)
    if found is None or "%" in found.group(3):
        return None
    head, row, tail = found.group(1).replace("%%", "%"), found.group(2), found.group(3)
    statements = []
    rows, length = [], 0
    for parameters in many:
        written = literals.merge(row, parameters, literal)
        if rows and (length + len(written) > _LENGTH or len(rows) == _ROWS):
            statements.append(head + ",".join(rows) + tail)
            rows, length = [], 0
        rows.append(written)
        length += len(written)
    statements.append(head + ",".join(rows) + tail)
    return statements


_SQLITE_INSERT = re.compile(
    r"\s*((?:INSERT|REPLACE)\b[^?]+?\bVALUES\s*)(\((?:\s*\?\s*,)*\s*\?\s*\))\s*\Z", re.IGNORECASE
)

# SQLite took no more parameters than this before 3.32.
_PARAMETERS = 999


def together_in_sqlite(sql, many):
    """Pairs of a statement and lists of values for it; None when `sql` is no INSERT of a list of marks."""
    found = _SQLITE_INSERT.match(sql)
    width = len(many[0])
    if found is None or not width or any(len(values) != width for values in many):
        return None
    head, row = found.groups()
    size = max(1, _PARAMETERS // width)
    full = len(many) // size * size
    groups = []
    if full:
        lists = [[value for values in many[at:at + size] for value in values] for at in range(0, full, size)]
        groups.append((head + ",".join([row] * size), lists))
    if full < len(many):
        rest = many[full:]
        groups.append((head + ",".join([row] * len(rest)), [[value for values in rest for value in values]]))
    return groups
