import os

from sqlalchemy import create_engine

SQL_ALCHEMY_CONN = os.environ.get("SCHEDULER__DATABASE__SQL_ALCHEMY_CONN", "sqlite:///scheduler.db")
engine = create_engine(SQL_ALCHEMY_CONN, connect_args={}, future=True)
