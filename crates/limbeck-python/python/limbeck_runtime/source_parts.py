"""The statements of a file one by one, as text, and the syntax tree of a part of it.

The interpreter takes a time for the tree of a text that grows with the square of its length: a module of ten thousand lines takes
minutes. So the statements are told apart by their indentation, and only the tree of what is asked for is made.
"""

# Of compile(): give the syntax tree. The module `ast` would have to be loaded for its name of it.
_ONLY_TREE = 0x400

# What a line begins with that goes on with the statement of the line before.
_GOES_ON = ("else", "elif", "except", "finally", ")", "]", "}", "#")


def part_at(lines, first):
    """(end, tree) of the statement whose text begins with `lines[first]`; `None` where none does.

    `end` is the index after its last line. The lines in the tree are counted from 1 at `first`.
    """
    indent = _indent(lines[first])
    end = first + 1
    while True:
        while end < len(lines) and not _may_begin(lines[end], indent):
            end += 1
        tree = tree_of("\n".join(lines[first:end]), indent)
        if tree is not None:
            return end, tree
        if end >= len(lines):
            return None
        end += 1


def tree_of(text, indent=0):
    """The syntax tree of a statement that may be indented; `None` when it is no complete one."""
    if indent:
        text = "if 1:\n" + text
    try:
        tree = compile(text + "\n", "<part>", "exec", _ONLY_TREE, True)
    except (SyntaxError, ValueError):
        return None
    return tree.body[0] if indent else tree


def parts(lines):
    """(first, end) of every statement of a module, which has them without indentation; stops at what is none."""
    first = 0
    while first < len(lines):
        if not _may_begin(lines[first], 0):
            first += 1
            continue
        end = _end_of_definition(lines, first)
        if end is None:
            found = part_at(lines, first)
            if found is None:
                return
            end = found[0]
        yield first, end
        first = end


def _end_of_definition(lines, first):
    """Where a class or function ends, whose tree may be a long one; `None` for what is no such or not plain to see.

    It is compiled, which takes a time that grows with its length alone.
    """
    if not lines[first].startswith(("class ", "def ", "async def ", "@")):
        return None
    end = first + 1
    while True:
        while end < len(lines) and not _may_begin(lines[end], 0):
            end += 1
        try:
            compile("\n".join(lines[first:end]) + "\n", "<part>", "exec", 0, True)
            return end
        except (SyntaxError, ValueError):
            if end >= len(lines):
                return None
            end += 1


def _may_begin(line, indent):
    """Whether a statement may begin with that line, given that one before it is indented by `indent`."""
    inside = line.strip()
    if not inside or _indent(line) > indent:
        return False
    return not inside.startswith(_GOES_ON) or inside[:4] in ("else", "elif") and inside[4:5].isidentifier()


def _indent(line):
    return len(line) - len(line.lstrip())
