"""Table options of MySQL and MariaDB, as the table's own statement says them."""

_TEXTS = ("COMMENT", "DATA DIRECTORY", "INDEX DIRECTORY", "PASSWORD", "CONNECTION")
_WORDS = (
    "ENGINE",
    "TYPE",
    "AVG_ROW_LENGTH",
    "CHARACTER SET",
    "DEFAULT CHARSET",
    "CHECKSUM",
    "COLLATE",
    "DELAY_KEY_WRITE",
    "INSERT_METHOD",
    "MAX_ROWS",
    "MIN_ROWS",
    "PACK_KEYS",
    "ROW_FORMAT",
    "KEY_BLOCK_SIZE",
    "STATS_SAMPLE_PAGES",
)


def table_options(statement, dialect):
    """`{dialect_option: value}` from a `CREATE TABLE` statement."""
    import re

    lines = statement.splitlines()
    last = next((place for place, line in enumerate(lines) if line.startswith(") ")), None)
    if last is None:
        return {}
    text, options = lines[last], {}
    for name in _TEXTS:
        match = re.search(r"\b%s\s*=?\s*'((?:[^'\\]|''|\\.)*)'" % name, text)
        if match:
            if "DIRECTORY" not in name:
                options[name.lower()] = _plain(match.group(1))
            text = text[: match.start()] + text[match.end() :]
    for name in _WORDS:
        match = re.search(r"(?<![\w ])\s%s\s*[= ]\s*(\w+)" % name, text)
        if match:
            options[name.lower()] = match.group(1)
            text = text[: match.start()] + text[match.end() :]
    _partitions(lines[last + 1 :], options, dialect == "mariadb")
    return {"%s_%s" % (dialect, name): value for name, value in options.items()}


def _plain(text):
    return text.replace("\\\\", "\\").replace("''", "'")


def _partitions(lines, options, closed):
    """`PARTITION BY` and the definitions that follow it."""
    definitions = []
    for line in lines:
        text = line.strip().lstrip("(").strip()
        if text.startswith("PARTITION BY "):
            options["partition_by"] = text[len("PARTITION BY ") :]
        elif text.startswith("PARTITION "):
            text = text.rstrip(",")
            if closed and text.count(")") > text.count("("):
                text = text[:-1]
            definitions.append(text)
    if definitions:
        options["partition_definitions"] = ", ".join(definitions)
