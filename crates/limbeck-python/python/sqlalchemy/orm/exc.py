"""The errors of the ORM."""

from sqlalchemy import exc as sa_exc
from sqlalchemy.exc import MultipleResultsFound, NoResultFound  # noqa: F401


class StaleDataError(sa_exc.SQLAlchemyError):
    """A statement changed another number of rows than the session expected."""


ConcurrentModificationError = StaleDataError


class FlushError(sa_exc.SQLAlchemyError):
    """The session cannot write what it was asked to."""


class MappedAnnotationError(sa_exc.ArgumentError):
    """An annotation of a mapped class cannot be made into a column."""


class UnmappedError(sa_exc.InvalidRequestError):
    """The base of "this is not mapped"."""


class ObjectDereferencedError(sa_exc.SQLAlchemyError):
    """The object of a state is gone."""


class DetachedInstanceError(sa_exc.SQLAlchemyError):
    """A value has to be loaded, but the object belongs to no session."""


class UnmappedInstanceError(UnmappedError):
    """An object whose class is not mapped."""

    def __init__(self, obj, msg=None):
        if not msg:
            kind = type(obj)
            msg = f"Class '{kind.__module__}.{kind.__qualname__}' is not mapped"
            if isinstance(obj, type):
                msg = f"Class '{obj.__module__}.{obj.__qualname__}' is mapped, but its instance was expected"
        UnmappedError.__init__(self, msg)


class UnmappedClassError(UnmappedError):
    """A class that is not mapped."""

    def __init__(self, cls, msg=None):
        if not msg:
            name = f"{cls.__module__}.{cls.__qualname__}" if isinstance(cls, type) else repr(cls)
            msg = f"Class '{name}' is not mapped"
        UnmappedError.__init__(self, msg)


class ObjectDeletedError(sa_exc.InvalidRequestError):
    """The row of an object is not there any more."""

    def __init__(self, state, msg=None):
        if not msg:
            msg = f"Instance '{state_text(state)}' has been deleted, or its row is otherwise not present."
        sa_exc.InvalidRequestError.__init__(self, msg)


class UnmappedColumnError(sa_exc.InvalidRequestError):
    """A column that no attribute stands for."""


class LoaderStrategyException(sa_exc.InvalidRequestError):
    """A loader option does not fit its attribute."""


def state_text(state):
    """How messages name an object."""
    return f"<{state.mapper.class_.__name__} at {hex(id(state.obj()))}>"
