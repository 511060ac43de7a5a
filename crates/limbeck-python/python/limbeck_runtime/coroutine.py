"""Runs a coroutine of the database's own to its end. Nothing in it really waits, so no event loop is needed."""


def run(coroutine):
    """The coroutine's result."""
    try:
        waiting = coroutine.send(None)
    except StopIteration as finished:
        return finished.value
    coroutine.close()
    raise NotImplementedError(f"limbeck: op.run_async() cannot wait for {waiting!r}")
