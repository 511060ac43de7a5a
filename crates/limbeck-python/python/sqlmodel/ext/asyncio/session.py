"""The async session; named by application modules, not run here."""


class AsyncSession:
    """Cannot be used in a migration that runs natively."""

    def __init__(self, *_, **__):
        from limbeck_runtime.missing import NotProvided

        raise NotProvided("sqlmodel.ext.asyncio.session.AsyncSession")
