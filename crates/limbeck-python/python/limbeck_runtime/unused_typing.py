"""The import of `typing` at the head of scripts, which Alembic's template writes for the annotations of the revision's identifiers.

Annotations are not evaluated, so the names are not used, and `typing` takes longer to load than such a script to run. The import is
left out where its names stand in those annotations and nowhere else in the text, comments and strings included.
"""

_IMPORT = b"from typing import "
_ANNOTATED = (b"revision: ", b"down_revision: ", b"branch_labels: ", b"depends_on: ")


def without(source):
    """The source, with an empty line in place of an import that nothing uses."""
    if source.count(b"typing") != 1:
        return source
    lines = source.split(b"\n")
    for number, line in enumerate(lines):
        if line.startswith(_IMPORT):
            names = [name.strip() for name in line[len(_IMPORT) :].split(b",")]
            if all(name.isalpha() for name in names) and _are_unused(names, lines[:number] + lines[number + 1 :]):
                lines[number] = b""
                return b"\n".join(lines)
            break
    return source


def _are_unused(names, lines):
    for line in lines:
        if line.startswith(_ANNOTATED):
            # What is assigned counts, what annotates it does not.
            line = line.partition(b"=")[2]
        if any(name in line for name in names):
            return False
    return True
