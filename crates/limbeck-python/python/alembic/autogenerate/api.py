"""What a comparison is told."""


class AutogenContext:
    """Settings and database of a comparison."""

    metadata = None
    connection = None
    dialect = None
    imports = None
    migration_context = None

    def __init__(self, migration_context, metadata=None, opts=None, autogenerate=True):
        self.migration_context = migration_context
        self.metadata = metadata
        self.connection = migration_context.bind
        self.dialect = migration_context.dialect
        self.imports = set()
        self.opts = opts if opts is not None else migration_context.opts


def __getattr__(name):
    import alembic.autogenerate as package

    return getattr(package, name)
