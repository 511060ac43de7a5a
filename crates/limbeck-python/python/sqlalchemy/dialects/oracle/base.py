"""Oracle's dialect, by name only: scripts ask whether it is meant."""

from ...engine.default import DefaultDialect


class OracleDialect(DefaultDialect):
    """Oracle."""

    name = "oracle"
    driver = "oracledb"


dialect = OracleDialect
