"""Describe workspaces [7b807019ae53].

Revision ID: 7b807019ae53
Revises: 0.84.1
Create Date: 2025-07-14 14:02:31.000001

"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

# revision identifiers, used by Alembic.
revision = "7b807019ae53"
down_revision = "0.84.1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Upgrade database schema and/or data, creating a new revision."""
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.execute("UPDATE workspace SET description = ''")
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.alter_column("description", existing_type=sa.VARCHAR(), nullable=False)
    with op.batch_alter_table("stack", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spec", sa.TEXT(), nullable=True))


def downgrade() -> None:
    """Downgrade database schema and/or data back to the previous revision."""
    with op.batch_alter_table("stack", schema=None) as batch_op:
        batch_op.drop_column("spec")
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_column("description")
