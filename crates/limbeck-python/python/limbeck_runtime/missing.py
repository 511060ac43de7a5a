"""What this package does not provide, said so that the engine understands it."""


class NotProvided(NotImplementedError):
    """A name of `alembic` or `sqlalchemy` that exists in the real package and not here."""

    def __init__(self, name):
        super().__init__("limbeck: %s is not provided natively" % name)
        self.needs = name


def not_provided(name):
    """Raise NotProvided for the attribute that a module was asked for."""
    raise NotProvided(name)
