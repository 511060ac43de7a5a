"""Alembic's own lines about a context that it makes. Limbeck tells the same of the run."""

import contextlib
import logging


@contextlib.contextmanager
def quiet():
    """Keeps the logger of Alembic's contexts silent."""
    logger = logging.getLogger("alembic.runtime.migration")
    disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = disabled
