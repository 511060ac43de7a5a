from sqlalchemy.orm import Mapped, mapped_column

from backend.records.base import BaseRecord, DatedMixin


class DatasetRecord(BaseRecord, DatedMixin):
    __tablename__ = "datasets"

    filename: Mapped[str]
    format: Mapped[str]
    size: Mapped[int]
    ground_truth: Mapped[bool] = mapped_column(default=False)
