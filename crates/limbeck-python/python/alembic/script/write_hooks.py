"""Hooks on new scripts. Those written in Python run in the project's own Python."""


def register(name):
    """Remembers a hook's name; the function is not called here."""

    def decorate(fn):
        return fn

    return decorate
