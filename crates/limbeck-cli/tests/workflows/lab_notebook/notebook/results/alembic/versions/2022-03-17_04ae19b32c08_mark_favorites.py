"""mark favorites

Copies the database file first, as it always did, and gives space back afterwards.

Revision ID: 04ae19b32c08
Revises: 1318a586f31d
Create Date: 2022-03-17 12:32:13.020022+00:00

"""
import os
import shutil

from alembic import op
import sqlalchemy as sa

revision = "04ae19b32c08"
down_revision = "1318a586f31d"
branch_labels = None
depends_on = None


def backup(suffix):
    path = op.get_bind().engine.url.database
    if path and path != ":memory:" and os.path.exists(path):
        shutil.copy2(path, f"{path}.bak.{suffix}")


def upgrade():
    backup(revision)
    with op.batch_alter_table("Experiments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("favorite", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.alter_column("label", existing_type=sa.String(), nullable=False, server_default="")
    with op.get_context().autocommit_block():
        op.execute("VACUUM")


def downgrade():
    with op.batch_alter_table("Experiments", schema=None) as batch_op:
        batch_op.alter_column("label", existing_type=sa.String(), nullable=True, server_default=None)
        batch_op.drop_column("favorite")
