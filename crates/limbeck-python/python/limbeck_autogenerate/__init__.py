"""The models of an env.py as data, and the project's own functions asked about a comparison of them with a database.

Uses what SQLAlchemy and Alembic have in public, so that it runs in two places unchanged: in the project's own Python with the
real ones, and in the embedded interpreter with ours. Must not compare anything: that is the engine's, which hands over what
it found as data.
"""
