"""Tells from a script's text that it imports nothing of the application, so that nothing in it can be missing.

Most scripts do not, and following what their functions reach takes longer than running them.
"""

import _imp

from limbeck_runtime.own_modules import TOP


def are_ours(source):
    """Whether every import in a text is plainly one of a module that is built in. No says nothing."""
    plain = 0
    for line in source.split(b"\n"):
        words = line.split(None, 2)
        if len(words) > 1 and words[0] in (b"import", b"from"):
            if words[0] == b"import" and (b"," in line or line.count(b"import") > 1):
                return False
            if words[1][:1] == b"." or not _is_built_in(words[1].partition(b".")[0].decode("utf-8", "replace")):
                return False
            plain += 1
    # Also one that is no statement, or shares its line with another.
    return source.count(b"import") == plain


def _is_built_in(name):
    return name in TOP or _imp.is_frozen(name) or _imp.is_builtin(name)
