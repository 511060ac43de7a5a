"""refactor schema to support steps and stats

Revision ID: c5c34dd0b8f2
Revises: fe9eed6d812f
Create Date: 2020-03-17 09:01:10.090909

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "c5c34dd0b8f2"
down_revision = "fe9eed6d812f"
branch_labels = None
depends_on = None

STEPS = ("load", "transform")


def upgrade():
    op.create_table(
        "execution_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("execution_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("duration", sa.Numeric(precision=10, scale=3), nullable=True),
        sa.Column("stats", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["dpo.execution.id"], name=op.f("fk_execution_step_execution_id_execution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_execution_step")),
        schema="dpo",
    )
    for step in STEPS:
        op.execute(
            f"""
            INSERT INTO dpo.execution_step (execution_id, name, duration)
            SELECT id, upper('{step}'), {step}_seconds
            FROM dpo.execution
            WHERE {step}_seconds IS NOT NULL
            ORDER BY id
            """
        )
        op.drop_column("execution", f"{step}_seconds", schema="dpo")


def downgrade():
    for step in STEPS:
        op.add_column("execution", sa.Column(f"{step}_seconds", sa.Numeric(10, 3)), schema="dpo")
        op.execute(
            f"""
            UPDATE dpo.execution SET {step}_seconds = s.duration
            FROM dpo.execution_step s
            WHERE s.execution_id = execution.id AND s.name = '{step.upper()}'
            """
        )
    op.drop_table("execution_step", schema="dpo")
