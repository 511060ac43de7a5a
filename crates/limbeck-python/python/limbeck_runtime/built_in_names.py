"""Tells whether modules are built in, so that nothing in a script that imports no others can be missing.

Most scripts import no others, and following what their functions reach takes longer than running them.
"""

import _imp

from limbeck_runtime.own_modules import TOP

_known = set(TOP)


def are_all(names):
    """Whether every name is that of a module or package that is built in."""
    for name in names:
        if name not in _known:
            if not (_imp.is_frozen(name) or _imp.is_builtin(name)):
                return False
            _known.add(name)
    return True
