import datetime
import uuid

from sqlalchemy import DateTime, Uuid, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class BaseRecord(DeclarativeBase):
    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid.uuid4)


class DatedMixin:
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime, server_default=func.now())
