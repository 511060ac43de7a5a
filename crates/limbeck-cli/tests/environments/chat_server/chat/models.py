from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

BaseModel = declarative_base()


class Account(BaseModel):
    __tablename__ = "account"
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, index=True)
    address = Column(String(100))
