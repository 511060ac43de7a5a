"""Stacks belong to workspaces [5994f9ad0489].

Revision ID: 5994f9ad0489
Revises: alembic_start
Create Date: 2022-10-05 09:17:55.123123

"""

import uuid
from datetime import datetime

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.sql import column, select, table

# revision identifiers, used by Alembic.
revision = "5994f9ad0489"
down_revision = "alembic_start"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Upgrade database schema and/or data, creating a new revision."""
    with op.batch_alter_table("stack", schema=None) as batch_op:
        batch_op.add_column(sa.Column("workspace_id", sa.Uuid(), nullable=True))

    connection = op.get_bind()
    workspace = table("workspace", column("id", sa.Uuid()), column("name", sa.String()), column("created", sa.DateTime()))
    stack = table("stack", column("workspace_id", sa.Uuid()))
    default = connection.execute(select(workspace.c.id).where(workspace.c.name == "default")).scalar()
    if default is None:
        default = uuid.UUID("11111111-1111-1111-1111-111111111111")
        op.bulk_insert(workspace, [{"id": default, "name": "default", "created": datetime(2022, 10, 5, 9, 17)}])
    connection.execute(stack.update().values(workspace_id=default))

    with op.batch_alter_table("stack", schema=None) as batch_op:
        batch_op.alter_column("workspace_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.create_foreign_key(
            "fk_stack_workspace_id_workspace", "workspace", ["workspace_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_unique_constraint("unique_stack_name_in_workspace", ["name", "workspace_id"])


def downgrade() -> None:
    """Downgrade database schema and/or data back to the previous revision."""
    with op.batch_alter_table("stack", schema=None) as batch_op:
        batch_op.drop_constraint("unique_stack_name_in_workspace", type_="unique")
        batch_op.drop_constraint("fk_stack_workspace_id_workspace", type_="foreignkey")
        batch_op.drop_column("workspace_id")
