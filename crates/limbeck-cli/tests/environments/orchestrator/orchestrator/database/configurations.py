import os
import sqlite3
from contextvars import ContextVar
from typing import Optional

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

SQLITE_BEGIN_MODE: ContextVar[Optional[str]] = ContextVar("SQLITE_BEGIN_MODE", default=None)
ENGINES: dict[tuple, AsyncEngine] = {}


class Configuration:
    def __init__(self, connection_url: str):
        self.connection_url = connection_url

    async def engine(self) -> AsyncEngine:
        key = (self.connection_url,)
        if key not in ENGINES:
            kwargs = {}
            if self.connection_url.startswith("sqlite"):
                kwargs["poolclass"] = sa.pool.NullPool
            engine = create_async_engine(self.connection_url, **kwargs)
            if engine.dialect.name == "sqlite":
                event.listen(engine.sync_engine, "connect", self.setup_sqlite)
                event.listen(engine.sync_engine, "begin", self.begin_sqlite_stmt)
            ENGINES[key] = engine
        return ENGINES[key]

    def setup_sqlite(self, conn, record):
        # The driver does not begin transactions by itself any more.
        conn.isolation_level = None
        cursor = conn.cursor()
        cursor.execute("PRAGMA journal_mode = WAL;")
        cursor.execute("PRAGMA foreign_keys = ON;")
        cursor.execute("PRAGMA busy_timeout = 60000;")
        cursor.close()

    def begin_sqlite_stmt(self, conn):
        mode = SQLITE_BEGIN_MODE.get()
        if mode is not None:
            conn.exec_driver_sql(f"BEGIN {mode}")


def configuration() -> Configuration:
    return Configuration(os.environ.get("ORCHESTRATOR_URL", "sqlite+aiosqlite:///orchestrator.db"))
