"""initial migration

Revision ID: 1318a586f31d
Revises:
Create Date: 2021-05-02 08:21:06.134567+00:00

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "1318a586f31d"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "Experiments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("start_time", sa.DATETIME(), nullable=False),
        sa.Column("success", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "Results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.BLOB(), nullable=True),
        sa.Column("data_type", sa.Enum("Npy", "String", "Pickled", name="resultdatatype"), nullable=True),
        sa.ForeignKeyConstraint(["experiment_id"], ["Experiments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("Results")
    op.drop_table("Experiments")
