"""Create initial tables

Revision ID: 522eed334c85
Revises:
Create Date: 2020-01-28 16:33:05.404250

"""
from alembic import op
import sqlalchemy as sa
from stations import get_schema_name

# revision identifiers, used by Alembic.
revision = "522eed334c85"
down_revision = None
branch_labels = None
depends_on = None

schema_name = get_schema_name()


def upgrade():
    op.create_table(
        "meta_network",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("network_name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("network_id"),
        schema=schema_name,
    )
    op.create_table(
        "meta_station",
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("native_id", sa.String(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], [f"{schema_name}.meta_network.network_id"]),
        sa.PrimaryKeyConstraint("station_id"),
        schema=schema_name,
    )
    op.create_table(
        "obs_raw",
        sa.Column("obs_raw_id", sa.BigInteger(), nullable=False),
        sa.Column("obs_time", sa.DateTime(), nullable=True),
        sa.Column("datum", sa.Float(), nullable=True),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], [f"{schema_name}.meta_station.station_id"]),
        sa.PrimaryKeyConstraint("obs_raw_id"),
        sa.UniqueConstraint("obs_time", "station_id", name="obs_raw_time_station_unique"),
        schema=schema_name,
    )


def downgrade():
    for name in ("obs_raw", "meta_station", "meta_network"):
        op.drop_table(name, schema=schema_name)
