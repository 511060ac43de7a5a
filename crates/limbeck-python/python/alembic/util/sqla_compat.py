"""The few names of Alembic's compatibility layer that projects import."""

sqla_2_1 = False
sqla_2 = True
