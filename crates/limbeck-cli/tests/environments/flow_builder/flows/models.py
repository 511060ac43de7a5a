from sqlmodel import Field, SQLModel


class Account(SQLModel, table=True):
    id: int = Field(primary_key=True)
    name: str = Field(max_length=50)
    address: str | None = None
