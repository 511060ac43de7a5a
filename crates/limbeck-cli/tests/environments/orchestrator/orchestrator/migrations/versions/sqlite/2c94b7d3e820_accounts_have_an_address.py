"""accounts have an address

Revision ID: 2c94b7d3e820
Revises: 1f0a6c2f7b11
Create Date: 2024-03-01 10:00:00.000000

"""

import sqlalchemy as sa
from alembic import op

revision = "2c94b7d3e820"
down_revision = "1f0a6c2f7b11"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("INSERT INTO account (id, name) VALUES (1, 'first')")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sa.String(100), nullable=True))


def downgrade():
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("address")
    op.execute("DELETE FROM account WHERE id = 1")
