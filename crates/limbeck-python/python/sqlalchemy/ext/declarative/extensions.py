"""Declarative bases that map later: ``DeferredReflection`` and concrete bases."""


class DeferredReflection:
    """Tables of subclasses are read from the database at ``prepare()``."""

    @classmethod
    def prepare(cls, bind, **options):
        """Reads the tables of all subclasses."""
        for one in cls.__subclasses__():
            table = one.__dict__.get("__table__")
            if table is not None:
                table._autoload_into(bind) if hasattr(table, "_autoload_into") else _not_provided("DeferredReflection")
            elif hasattr(one, "prepare"):
                one.prepare(bind, **options)


class ConcreteBase:
    """A base whose subclasses have full tables of their own."""


class AbstractConcreteBase(ConcreteBase):
    """A base without a table whose subclasses have full tables of their own."""

    __abstract__ = True


def _not_provided(name):
    from limbeck_runtime.missing import NotProvided

    raise NotProvided(f"sqlalchemy.ext.declarative.{name}")
