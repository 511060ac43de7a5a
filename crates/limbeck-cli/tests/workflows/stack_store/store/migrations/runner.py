from sqlmodel import SQLModel


def include_object(excluded):
    def include(object, name, type_, *args, **kwargs):
        return not (type_ == "table" and name in excluded)

    return include


class Runner:
    """Configures Alembic's context for a store's engine, whoever runs it."""

    def __init__(self, engine, excluded, context):
        self.engine = engine
        self.excluded = excluded
        self.context = context

    def run_migrations(self, fn=None):
        options = {} if fn is None else {"fn": fn}
        with self.engine.connect() as connection:
            self.context.configure(
                connection=connection,
                target_metadata=SQLModel.metadata,
                include_object=include_object(self.excluded),
                compare_type=True,
                render_as_batch=True,
                **options,
            )
            with self.context.begin_transaction():
                self.context.run_migrations()
