"""What the project says of columns that are in both: `compare_type` and `compare_server_default`."""

from limbeck_autogenerate.names import pair, plain
from sqlalchemy import Computed, Identity


def verdicts(context, actual, declared, models, reflected, left_out):
    """`[{"table", "column", "type"?, "default"?}]`: True where the project says that they differ, False where they do not."""
    opts = context.opts
    of_type, of_default = opts.get("compare_type"), opts.get("compare_server_default")
    of_type = of_type if callable(of_type) else None
    of_default = of_default if callable(of_default) else None
    if of_type is None and of_default is None:
        return []
    skipped = {pair(actual["tables"][place]["name"]) for place in left_out.tables}
    wanted = {pair(table["name"]): table for table in declared["tables"]}
    found = []
    for table in actual["tables"]:
        name = pair(table["name"])
        if name in skipped or name not in wanted:
            continue
        theirs = reflected.table(name)
        for column in wanted[name]["columns"]:
            column_name = plain(column["name"])
            if column_name not in theirs.c:
                continue
            one = {}
            mine = models.column(wanted[name]["name"], column_name)
            their_column = theirs.c[column_name]
            if of_type is not None:
                answer = of_type(context, their_column, mine, their_column.type, mine.type)
                if answer is not None:
                    one["type"] = bool(answer)
            if of_default is not None:
                answer = _default(of_default, context, their_column, mine, models)
                if answer is not None:
                    one["default"] = bool(answer)
            if one:
                found.append(dict(one, table=table["name"], column=column["name"]))
    return found


def _default(asked, context, theirs, mine, models):
    if theirs.server_default is None and mine.server_default is None:
        return None
    if any(isinstance(one.server_default, (Computed, Identity)) for one in (theirs, mine)):
        return None
    rendered = models.converter.default(mine.server_default)
    rendered = next(iter(rendered.values())) if rendered is not None else None
    inspected = None
    if theirs.server_default is not None:
        inspected = getattr(theirs.server_default.arg, "text", theirs.server_default.arg)
    return asked(context, theirs, mine, inspected, mine.server_default, rendered)
