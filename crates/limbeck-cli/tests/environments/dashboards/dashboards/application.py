"""The application under way, as a web framework has it."""

import os

from sqlalchemy import MetaData


class Migrate:
    def __init__(self, db, **configure_args):
        self.db = db
        self.configure_args = configure_args


class Database:
    metadata = MetaData()


class Application:
    def __init__(self):
        url = os.environ.get("DASHBOARDS_DATABASE_URI", "sqlite:///dash%20boards.db")
        self.config = {"SQLALCHEMY_DATABASE_URI": url}
        self.extensions = {"migrate": Migrate(Database(), compare_type=True, include_schemas=False)}


current_app = Application()
