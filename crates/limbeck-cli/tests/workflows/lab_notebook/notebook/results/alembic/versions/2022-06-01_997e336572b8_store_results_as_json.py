"""store results as json

Revision ID: 997e336572b8
Revises: 04ae19b32c08
Create Date: 2022-06-01 07:11:40.787878+00:00

"""
import json

from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base

revision = "997e336572b8"
down_revision = "04ae19b32c08"
branch_labels = None
depends_on = None

Base = declarative_base()


class Result(Base):
    __tablename__ = "Results"
    id = sa.Column(sa.Integer, primary_key=True)
    data = sa.Column(sa.BLOB)
    data_type = sa.Column(sa.Enum("Npy", "String", "Pickled", name="resultdatatype"))
    payload = sa.Column(sa.JSON)


def upgrade():
    op.add_column("Results", sa.Column("payload", sa.JSON(), nullable=True))
    session = Session(bind=op.get_bind())
    for result in session.query(Result).filter(Result.data_type == "String").order_by(Result.id):
        result.payload = {"text": result.data.decode(), "length": len(result.data)}
    session.commit()


def downgrade():
    session = Session(bind=op.get_bind())
    for result in session.query(Result).filter(Result.payload.isnot(None)):
        result.data = result.payload["text"].encode()
    session.commit()
    op.drop_column("Results", "payload")
