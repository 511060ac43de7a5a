import os
from configparser import ConfigParser


class Configuration:
    """Where the store is: the environment first, then the ini."""

    def __init__(self):
        parser = ConfigParser()
        parser.read("alembic.ini")
        self.url = os.environ.get("STORE_URL") or parser.get("alembic", "sqlalchemy.url")
        self.excluded = [name.strip() for name in parser.get("alembic:exclude", "tables").split(",")]
