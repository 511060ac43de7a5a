"""Fills in Mako templates such as `script.py.mako`.

The template becomes Python source, which the interpreter runs: text, `${…}` with filters, `% if`, `% for` with `loop`,
`% while`, `% try`, `% with`, `%%`, `##`, `<% %>`, `<%! %>`, `<%def>`, `<%block>`, `<%text>`, `<%doc>` and a backslash at
the end of a line. What works with several files (`<%include>`, `<%inherit>`, `<%namespace>`) is refused by name.
"""

import builtins

from limbeck_runtime.template_code import Code
from limbeck_runtime.template_runtime import FILTERS, Context, Undefined, capturing, loops
from limbeck_runtime.template_tokens import TemplateError


def render(source, path, variables):
    """The text of the template `source` with `variables`; `path` is for errors.

    Raises `TemplateError` with file and line when the template or an expression in it is wrong.
    """
    lines = Code(source, path).lines()
    try:
        code = compile("\n".join(text for text, _ in lines) + "\n", path, "exec")
    except SyntaxError as error:
        line = lines[min(error.lineno or 1, len(lines)) - 1][1] if lines else 1
        raise TemplateError(path, line, "SyntaxError: %s" % error.msg) from None
    context = Context(variables)
    namespace = dict(variables)
    context._data.update(context=context, capture=capturing(context))
    namespace.update(
        context=context,
        capture=context._data["capture"],
        UNDEFINED=Undefined("UNDEFINED"),
        __name__="template",
        __context=context,
        __write=context.write,
        __each=loops(namespace),
        __filter=find_filter,
    )
    for name in names_of(code):
        if name not in namespace and not hasattr(builtins, name):
            namespace[name] = Undefined(name)
    try:
        exec(code, namespace)
    except Exception as error:
        line = template_line(error.__traceback__, path, lines)
        problem = "%s: %s" % (type(error).__name__, error)
        raise TemplateError(path, line, problem) from error
    return context.pop()


def find_filter(name, own):
    """A filter by its name: one of Mako's, or the template's own."""
    if name in FILTERS:
        return FILTERS[name]
    if name.startswith("decode."):
        return lambda value: value.decode(name[7:]) if isinstance(value, bytes) else str(value)
    return own()


def names_of(code):
    """All names that a code object and those within it look up."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if hasattr(constant, "co_names"):
            names |= names_of(constant)
    return names


def template_line(traceback, path, lines):
    """The template's line that a traceback ends in."""
    found = 1
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == path and traceback.tb_lineno <= len(lines):
            found = lines[traceback.tb_lineno - 1][1]
        traceback = traceback.tb_next
    return found


class Message(str):
    """A message that stays inside of the docstring it is put into."""

    def __str__(self):
        return str.__str__(self).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def revision_variables(new, **more):
    """What Alembic passes to `script.py.mako`: `new` has revision, message, down_revision, branch_labels, depends_on and
    create_date; several parents are a tuple, one is a string, none is `None`.
    """

    def comma(values):
        if not values:
            return ""
        return ", ".join(values) if not isinstance(values, str) else values

    def scalar(values):
        return tuple(values) if len(values) > 1 else values[0] if values else None

    created = new["create_date"]
    if isinstance(created, str):
        from datetime import datetime

        created = datetime.fromisoformat(created)
    variables = dict(
        up_revision=str(new["revision"]),
        down_revision=scalar(new["down_revision"]),
        branch_labels=tuple(new["branch_labels"]) or None,
        depends_on=scalar(new["depends_on"]),
        create_date=created,
        comma=comma,
        message=Message(new["message"]),
        upgrades=None,
        downgrades=None,
        imports="",
    )
    variables.update(more)
    return variables


def fill(source, path, told):
    """The text of a new revision from the template `source`; `told` is what Rust says of it, as JSON."""
    import json

    from alembic.config import Config

    new = json.loads(told)
    more = dict(new["variables"], config=Config._of_command(new), imports=new["imports"], **new["bodies"])
    return render(source, path, revision_variables(new, **more))
