from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, Numeric, String, Table, func

from dpo.shared import Constants

metadata = MetaData(schema=Constants.DATA_PIPELINE_NAME)

execution = Table(
    "execution",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("model", String(100), nullable=False),
    Column("started_on", DateTime(timezone=True), server_default=func.now(), nullable=False),
)

execution_step = Table(
    "execution_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("execution_id", ForeignKey("dpo.execution.id"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("duration", Numeric(10, 3)),
)
