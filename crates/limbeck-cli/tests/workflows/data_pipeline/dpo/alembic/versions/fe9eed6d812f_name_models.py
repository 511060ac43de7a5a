"""name models as the pipelines do

Revision ID: fe9eed6d812f
Revises: 7d9871ef8afa
Create Date: 2020-02-03 10:18:44.500021

"""
from alembic import op
import sqlalchemy as sa

revision = "fe9eed6d812f"
down_revision = "7d9871ef8afa"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("execution", "model", new_column_name="model_name", schema="dpo")
    op.create_index(op.f("ix_dpo_execution_model_name"), "execution", ["model_name"], schema="dpo")


def downgrade():
    op.drop_index(op.f("ix_dpo_execution_model_name"), table_name="execution", schema="dpo")
    op.alter_column("execution", "model_name", new_column_name="model", schema="dpo")
