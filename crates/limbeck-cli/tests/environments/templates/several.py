"""create tables in both

Revision ID: 1f0a6c2f7b11
Revises:
Create Date: 2024-02-01 10:00:00.000000

"""

import sqlalchemy as sa
from alembic import op

revision = "1f0a6c2f7b11"
down_revision = None


def upgrade(engine_name: str) -> None:
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name: str) -> None:
    globals()["downgrade_%s" % engine_name]()


def upgrade_engine1() -> None:
    op.create_table("account", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade_engine1() -> None:
    op.drop_table("account")


def upgrade_engine2() -> None:
    op.create_table("invoice", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade_engine2() -> None:
    op.drop_table("invoice")
