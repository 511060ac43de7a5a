"""Release [0.84.1].

Revision ID: 0.84.1
Revises: 5994f9ad0489
Create Date: 2025-06-30 08:37:37.424242

"""

# revision identifiers, used by Alembic.
revision = "0.84.1"
down_revision = "5994f9ad0489"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Upgrade database schema and/or data, creating a new revision."""


def downgrade() -> None:
    """Downgrade database schema and/or data back to the previous revision."""
