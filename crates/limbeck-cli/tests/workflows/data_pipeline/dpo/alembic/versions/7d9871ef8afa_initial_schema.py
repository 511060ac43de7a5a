"""initial schema

Revision ID: 7d9871ef8afa
Revises:
Create Date: 2020-01-24 14:00:52.113407

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "7d9871ef8afa"
down_revision = None
branch_labels = None
depends_on = None

schema = "dpo"


def upgrade():
    op.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    op.create_table(
        "execution",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=50), server_default="STARTED", nullable=False),
        sa.Column("started_on", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("load_seconds", sa.Numeric(precision=10, scale=3), nullable=True),
        sa.Column("transform_seconds", sa.Numeric(precision=10, scale=3), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_execution")),
        schema=schema,
    )


def downgrade():
    op.drop_table("execution", schema=schema)
