from datetime import datetime
from typing import Optional
from uuid import UUID, uuid4

from sqlalchemy import TEXT, Column, UniqueConstraint
from sqlmodel import Field, SQLModel


class BaseSchema(SQLModel):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    created: datetime = Field(default_factory=datetime.utcnow)


class WorkspaceSchema(BaseSchema, table=True):
    __tablename__ = "workspace"

    name: str
    description: str = ""


class StackSchema(BaseSchema, table=True):
    __tablename__ = "stack"
    __table_args__ = (UniqueConstraint("name", "workspace_id", name="unique_stack_name_in_workspace"),)

    name: str
    spec: Optional[str] = Field(sa_column=Column(TEXT, nullable=True))
    workspace_id: UUID = Field(foreign_key="workspace.id", ondelete="CASCADE")
