"""An exception as the engine reports it: Python's own text, with the frames of the project's files only."""

import sys


def describe(error):
    """(message, traceback, file, line, column, needs, failure) of an exception."""
    lines = []
    _chain(error, lines, set())
    file, line, column = _place(error)
    return (
        _message(error),
        "".join(lines).rstrip("\n") or None,
        file,
        line,
        column,
        _needs(error),
        _failure(error),
    )


def _frames(error):
    """The frames of the project's own files, outermost first, as (file, line, function)."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if _is_projects(code.co_filename):
            found.append((code.co_filename, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return found


def _is_projects(file):
    from limbeck_runtime import loader

    return file.endswith(".py") and not loader._is_ours(file)


def _place(error):
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return str(error.filename), error.lineno, max(error.offset or 0, 0)
    frames = _frames(error)
    if not frames:
        # Found by looking at the script, not by running it.
        script = getattr(error, "script", None)
        return (script, 1, 0) if isinstance(script, str) else (None, 0, 0)
    return frames[-1][0], frames[-1][1], 0


def _chain(error, lines, seen):
    seen.add(id(error))
    cause = error.__cause__
    context = error.__context__
    if cause is not None and id(cause) not in seen:
        if _frames(cause):
            _chain(cause, lines, seen)
            lines.append("\nThe above exception was the direct cause of the following exception:\n\n")
    elif context is not None and not error.__suppress_context__ and id(context) not in seen:
        if _frames(context):
            _chain(context, lines, seen)
            lines.append("\nDuring handling of the above exception, another exception occurred:\n\n")
    frames = _frames(error)
    if frames:
        lines.append("Traceback (most recent call last):\n")
    before = None
    repeated = 0
    for frame in frames:
        # Endless recursion is told once.
        repeated = repeated + 1 if frame == before else 0
        before = frame
        if repeated > 2:
            continue
        file, line, function = frame
        lines.append('  File "%s", line %d, in %s\n' % (file, line, function))
        text = _line(file, line)
        if text:
            lines.append("    %s\n" % text)
    if isinstance(error, SyntaxError) and error.filename:
        lines.append('  File "%s", line %s\n' % (error.filename, error.lineno))
        if error.text:
            text = error.text.rstrip("\n")
            stripped = text.lstrip()
            lines.append("    %s\n" % stripped)
            if error.offset:
                lines.append("    %s^\n" % (" " * max(error.offset - 1 - (len(text) - len(stripped)), 0)))
    lines.append(_message(error) + "\n")


def _message(error):
    from limbeck_runtime.placeholders import NeedsApplication

    if isinstance(error, NeedsApplication):
        return _missing(error)
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = "%s.%s" % (kind.__module__, name)
    if isinstance(error, SyntaxError):
        text = error.msg
    else:
        try:
            text = str(error)
        except Exception:
            text = "<exception str() failed>"
    return "%s: %s" % (name, text) if text else name


def _missing(error):
    from limbeck_runtime import import_lines

    files = [file for file, _, _ in reversed(_frames(error))]
    if error.script:
        files.append(error.script)
    place = import_lines.find(error.needs, files)
    if place is None:
        return str(error)
    return "%s (imported at %s:%d)" % (error, place[0], place[1])


def _line(file, number):
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            for count, text in enumerate(opened, 1):
                if count == number:
                    return text.strip()
    except OSError:
        pass
    return ""


def _needs(error):
    needs = getattr(error, "needs", None)
    return needs if isinstance(needs, str) else None


def _failure(error):
    """The number under which the engine keeps its own error, when that is what was let pass."""
    for one in (error, getattr(error, "orig", None), error.__cause__):
        number = getattr(one, "failure", None)
        if isinstance(number, int):
            return number
    return None
