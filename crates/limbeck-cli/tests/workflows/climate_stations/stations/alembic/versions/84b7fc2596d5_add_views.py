"""Add views and a materialized view

Revision ID: 84b7fc2596d5
Revises: 4a2f1879293a
Create Date: 2020-02-04 16:14:29.221000

"""
import stations.alembic.extensions  # registers the operations
from alembic import op
from sqlalchemy import inspect
from stations import get_schema_name
from stations.orm.objects import station_names, station_stats

revision = "84b7fc2596d5"
down_revision = "4a2f1879293a"
branch_labels = None
depends_on = None

schema_name = get_schema_name()


def upgrade():
    op.drop_table_if_exists("station_stats_mv", schema=schema_name)
    if "station_names_v" not in inspect(op.get_bind()).get_view_names(schema=schema_name):
        op.create_replaceable_object(station_names)
    op.create_replaceable_object(station_stats)
    op.create_index("station_stats_idx", "station_stats_mv", ["station_id"], schema=schema_name)


def downgrade():
    op.drop_replaceable_object(station_stats)
    op.drop_replaceable_object(station_names)
