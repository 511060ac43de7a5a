"""Modules of the application of which one statement cannot run here.

What that statement would have bound becomes placeholders, and the statements after it run: a module full of constants and
types is not lost because it also asks the application's configuration for something.
"""

import _limbeck_syntax

from limbeck_runtime.placeholders import NeedsApplication, Placeholder, loading


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
    for first, end, bound in _limbeck_syntax.statements(path):
        if end < line:
            continue
        if first < line:
            _bind(module, bound)
            continue
        text = "\n".join(lines[first:end])
        try:
            code = compile("\n" * first + text + "\n", path, "exec", 0, True)
            with loading():
                exec(code, module.__dict__)
        except (Exception, NeedsApplication, SystemExit):
            _bind(module, bound)


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


def _bind(module, names):
    """Make placeholders of the names that a statement would have bound and has not."""
    for name in names:
        if name not in module.__dict__:
            module.__dict__[name] = Placeholder("%s.%s" % (module.__name__, name))
