"""create accounts

Revision ID: 4f0a6c2f7b11
Revises:
Create Date: 2024-02-01 10:00:00.000000

"""

import sqlalchemy as sa
from alembic import op

revision = "4f0a6c2f7b11"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
    )


def downgrade():
    op.drop_table("account")
