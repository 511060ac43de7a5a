"""Modules of the application of which one statement cannot run here.

What that statement would have bound becomes placeholders, and the statements after it run: a module full of constants and
types is not lost because it also asks the application's configuration for something.
"""

from limbeck_runtime.placeholders import NeedsApplication, Placeholder, loading

# Of compile(): give the syntax tree. The module `ast` would have to be loaded for its name of it.
_ONLY_TREE = 0x400


def go_on(module, path, error):
    """Run what follows the statement at which a module's code stopped."""
    line = _line_of(path, error)
    if line is None:
        return
    try:
        with open(path, "rb") as file:
            source = file.read().decode("utf-8-sig")
        tree = compile(source, path, "exec", _ONLY_TREE, True)
    except (OSError, SyntaxError, ValueError):
        return
    lines = source.split("\n")
    statements = iter(tree.body)
    for statement in statements:
        if line <= statement.end_lineno:
            _bind(module, statement)
            break
    done = line
    for statement in statements:
        first = min([statement.lineno] + [each.lineno for each in getattr(statement, "decorator_list", ())])
        if first <= done:
            # It shares a line with the one before.
            continue
        done = statement.end_lineno
        try:
            # Of text and not of the tree, which would lose the lines.
            code = compile("\n" * (first - 1) + "\n".join(lines[first - 1 : done]), path, "exec", 0, True)
            with loading():
                exec(code, module.__dict__)
        except (Exception, NeedsApplication, SystemExit):
            _bind(module, statement)


def _line_of(path, error):
    """The line of the module's own code that an error came through."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == path and code.co_name == "<module>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _bind(module, statement):
    """Make placeholders of the names that a statement would have bound and has not."""
    for name in _bound(statement):
        if name not in module.__dict__:
            module.__dict__[name] = Placeholder("%s.%s" % (module.__name__, name))


def _bound(statement):
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        kind = type(node).__name__
        if kind in ("FunctionDef", "AsyncFunctionDef", "ClassDef"):
            yield node.name
            continue
        if kind in ("Lambda", "ListComp", "SetComp", "DictComp", "GeneratorExp"):
            continue
        if kind in ("Import", "ImportFrom"):
            for alias in node.names:
                if alias.name != "*":
                    yield alias.asname or alias.name.partition(".")[0]
            continue
        if kind == "Name" and type(node.ctx).__name__ == "Store":
            yield node.id
        for field in node._fields:
            value = getattr(node, field, None)
            for one in value if isinstance(value, list) else (value,):
                if hasattr(one, "_fields"):
                    waiting.append(one)
