"""The names of Alembic that scripts and env.py import. Submodules are imported by `from alembic import …` when asked for."""

__version__ = "1.20.1"


def __getattr__(name):
    # `import alembic` followed by `alembic.op`: Alembic's own package imports these two when it is loaded.
    if name in ("op", "context"):
        import sys

        __import__("alembic." + name)
        return sys.modules["alembic." + name]
    raise AttributeError("module 'alembic' has no attribute %r" % (name,))
