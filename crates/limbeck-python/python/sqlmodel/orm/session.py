"""The session with ``exec``."""

from sqlalchemy.orm.session import Session as _Session


class Session(_Session):
    """A session; ``exec`` gives plain values for a SELECT of one entity."""

    def exec(self, statement, *, params=None, execution_options=None, bind_arguments=None, **_):
        """Runs a statement."""
        result = self.execute(statement, params, execution_options=execution_options, bind_arguments=bind_arguments)
        given = getattr(statement, "_raw_entities", None)
        if given is not None and len(given) == 1 and not _several(given[0]):
            return result.scalars()
        return result


def _several(entity):
    """Whether an entity is more than one column of a row: a table, not a mapped class."""
    return not isinstance(entity, type) and hasattr(entity, "columns") and not hasattr(entity, "label")
