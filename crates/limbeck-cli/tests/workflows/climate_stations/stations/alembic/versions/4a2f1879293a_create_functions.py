"""Create functions

Revision ID: 4a2f1879293a
Revises: 522eed334c85
Create Date: 2020-02-04 11:00:17.711000

"""
import logging

import stations.alembic.extensions  # registers the operations
from alembic import op
from stations import get_role_name, get_schema_name
from stations.orm.objects import days_in_month

revision = "4a2f1879293a"
down_revision = "522eed334c85"
branch_labels = None
depends_on = None

logger = logging.getLogger("alembic")
functions = (days_in_month,)


def upgrade():
    op.set_role(get_role_name())
    for function in functions:
        logger.debug("creating %s", function.identifier)
        op.create_replaceable_object(function)
    op.reset_role()


def downgrade():
    op.set_role(get_role_name())
    for function in reversed(functions):
        op.drop_replaceable_object(function)
    op.reset_role()
