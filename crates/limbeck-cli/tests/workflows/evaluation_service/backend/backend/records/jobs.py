import enum
import uuid

from sqlalchemy import JSON, Enum, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backend.records.base import BaseRecord, DatedMixin


class JobStatus(str, enum.Enum):
    CREATED = "created"
    RUNNING = "running"
    DONE = "done"


class JobRecord(BaseRecord, DatedMixin):
    __tablename__ = "jobs"

    name: Mapped[str]
    status: Mapped[JobStatus] = mapped_column(Enum(JobStatus))
    dataset_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    metrics: Mapped[dict | None] = mapped_column(JSON)
