"""dataset formats are text

The enum had one value; every new format needed a migration.

Revision ID: 76bbe19c945c
Revises: 4c0345b3d525
Create Date: 2025-03-11 16:45:00.000000

"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "76bbe19c945c"  # pragma: allowlist secret
down_revision: str | None = "4c0345b3d525"  # pragma: allowlist secret
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FORMATS = {"JOB": "job", "EXPERIMENT": "experiment"}


def upgrade() -> None:
    with op.batch_alter_table("datasets", schema=None) as batch_op:
        batch_op.alter_column(
            "format",
            existing_type=sa.Enum("JOB", name="datasetformat"),
            type_=sa.String(length=10),
            existing_nullable=False,
        )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("metrics", sa.JSON(), nullable=True))

    connection = op.get_bind()
    datasets = sa.table("datasets", sa.column("id", sa.Uuid), sa.column("format", sa.String))
    for row in connection.execute(sa.select(datasets.c.id, datasets.c.format)).fetchall():
        connection.execute(
            datasets.update().where(datasets.c.id == row.id).values(format=FORMATS.get(row.format, row.format))
        )


def downgrade() -> None:
    connection = op.get_bind()
    for old, new in FORMATS.items():
        connection.execute(
            sa.text("UPDATE datasets SET format = :old WHERE format = :new"), {"old": old, "new": new}
        )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_column("metrics")
    with op.batch_alter_table("datasets", schema=None) as batch_op:
        batch_op.alter_column(
            "format",
            existing_type=sa.String(length=10),
            type_=sa.Enum("JOB", name="datasetformat"),
            existing_nullable=False,
        )
