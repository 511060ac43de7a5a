"""Modules of the application of which one statement cannot run here.

What that statement would have bound becomes placeholders, and the statements after it run: a module full of constants and
types is not lost because it also asks the application's configuration for something.
"""

from limbeck_runtime.placeholders import NeedsApplication, Placeholder, loading
from limbeck_runtime.source_parts import parts, tree_of


def go_on(module, path, error):
    """Run what follows the statement at which a module's code stopped."""
    line = _line_of(path, error)
    if line is None:
        return
    try:
        with open(path, "rb") as file:
            lines = file.read().decode("utf-8-sig").split("\n")
    except (OSError, ValueError):
        return
    for first, end in parts(lines):
        text = "\n".join(lines[first:end])
        if end < line:
            continue
        if first < line:
            _bind(module, text)
            continue
        try:
            code = compile("\n" * first + text + "\n", path, "exec", 0, True)
            with loading():
                exec(code, module.__dict__)
        except (Exception, NeedsApplication, SystemExit):
            _bind(module, text)


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


def _bind(module, text):
    """Make placeholders of the names that a statement would have bound and has not."""
    for name in _bound(text):
        if name not in module.__dict__:
            module.__dict__[name] = Placeholder("%s.%s" % (module.__name__, name))


def _bound(text):
    # A class may be long, and of it only the name is asked for.
    for line in text.split("\n"):
        words = line.replace("(", " ").replace(":", " ").split()
        if words[:1] == ["async"]:
            words.pop(0)
        if words[:1] in (["class"], ["def"]):
            yield words[1].partition("[")[0]
            return
        if line[:1] not in "@ \t)#":
            break
    waiting = [tree_of(text)]
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
