"""Asynchronous code in a synchronous world: it runs at once."""


def await_only(awaitable):
    """The result of something asynchronous."""
    from .driving import drive

    return drive(awaitable)


await_fallback = await_only


async def greenlet_spawn(fn, *args, **kwargs):
    """The result of a synchronous function."""
    kwargs.pop("_require_await", None)
    return fn(*args, **kwargs)


have_greenlet = True
