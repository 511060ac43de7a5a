"""The names of `typing` for code that wants them on older Pythons; what `typing` lacks is as good as absent at run time."""

import typing


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    try:
        return getattr(typing, name)
    except AttributeError:
        pass
    import collections.abc

    found = getattr(collections.abc, name, None)
    if found is not None:
        return found
    if name in ("deprecated",):
        return lambda *arguments, **keywords: lambda decorated: decorated
    if name in ("runtime",):
        return typing.runtime_checkable
    raise AttributeError("module 'typing_extensions' has no attribute %r" % name)
