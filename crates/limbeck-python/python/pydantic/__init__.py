"""What column types of applications make of pydantic when they are only declared; its validation is compiled code."""

from limbeck_runtime.placeholders import NeedsApplication, Placeholder


class TypeAdapter:
    """An adapter that may be made and kept; whoever validates with it needs pydantic."""

    def __init__(self, type, *arguments, **keywords):
        self._type = type

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        raise NeedsApplication("pydantic.TypeAdapter.%s" % name)


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    return Placeholder("pydantic.%s" % name)
