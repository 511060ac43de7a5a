import json
import logging
import os
from pathlib import Path

DATA_DIR = Path(os.getenv("DATA_DIR", ".")).resolve()
DATABASE_URL = os.environ.get("CHAT_DATABASE_URL", f"sqlite:///{DATA_DIR}/chat.db")
if "postgres://" in DATABASE_URL:
    DATABASE_URL = DATABASE_URL.replace("postgres://", "postgresql://")
DATABASE_SCHEMA = os.environ.get("DATABASE_SCHEMA", None)
DATABASE_PASSWORD = os.environ.get("DATABASE_PASSWORD", "")
LOG_FORMAT = os.environ.get("LOG_FORMAT", "").lower()


class JSONFormatter(logging.Formatter):
    def format(self, record):
        return json.dumps({"level": record.levelname.lower(), "msg": record.getMessage(), "caller": record.name})
