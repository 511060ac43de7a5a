"""Größe: ändern №5 हिन्दी x² 日本語

Revision ID: 29f859a13ea
Revises: 
Create Date: 2026-11-20 22:02:56.185881

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '29f859a13ea'
down_revision: Union[str, Sequence[str], None] = None
branch_labels: Union[str, Sequence[str], None] = ('net',)
depends_on: Union[str, Sequence[str], None] = '53fffde5ad5'


def upgrade() -> None:
    """Upgrade schema."""
    pass


def downgrade() -> None:
    """Downgrade schema."""
    pass
