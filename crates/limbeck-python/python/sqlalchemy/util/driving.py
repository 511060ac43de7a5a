"""Runs a coroutine to its end when all it awaits is there already."""


def drive(awaitable):
    """The result of a coroutine whose awaits never wait.

    The asynchronous classes of this package do their work at once, so their coroutines end
    at the first step; one that waits for something else needs an event loop of its own.
    """
    coroutine = awaitable if hasattr(awaitable, "send") else awaitable.__await__()
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("this coroutine waits for something that needs an event loop")
