"""Microsoft SQL Server's dialect, by name only: scripts ask whether it is meant."""

from ...engine.default import DefaultDialect


class MSDialect(DefaultDialect):
    """Microsoft SQL Server."""

    name = "mssql"
    driver = "pyodbc"


dialect = MSDialect
