from pathlib import Path

import sqlalchemy
from sqlalchemy.orm import DeclarativeBase

from orchestrator.database.configurations import configuration

VERSIONS = Path(__file__).parent.parent / "migrations" / "versions"


class Base(DeclarativeBase):
    pass


class Orm:
    def __init__(self, name):
        self.versions_dir = VERSIONS / name


class Interface:
    Base = Base

    def __init__(self):
        self.database_config = configuration()
        self.orm = Orm(get_dialect(self.database_config.connection_url).name)

    async def engine(self):
        return await self.database_config.engine()


def get_dialect(url):
    return sqlalchemy.engine.url.make_url(url).get_dialect()


def provide_interface():
    return Interface()
