"""initial migration

Revision ID: f1ada2484fe2
Revises:
Create Date: 2022-08-01 06:16:22.333333+00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles

revision = "f1ada2484fe2"
down_revision = None
branch_labels = None
depends_on = None


@compiles(JSONB, "sqlite")
def compile_jsonb_sqlite(type_, compiler, **kw):
    return "JSON"


def upgrade():
    op.create_table(
        "params",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("timestamp", sa.TIMESTAMP(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("params", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("params")
