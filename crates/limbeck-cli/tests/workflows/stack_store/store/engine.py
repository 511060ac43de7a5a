from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool


class SqlStore:
    def __init__(self, configuration, skip_migrations=False):
        self.configuration = configuration
        self.skip_migrations = skip_migrations
        self._engine = None

    @property
    def engine(self):
        if self._engine is None:
            self._engine = create_engine(self.configuration.url, poolclass=NullPool)
        return self._engine
