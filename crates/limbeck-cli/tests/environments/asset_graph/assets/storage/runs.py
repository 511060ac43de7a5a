class SqlRunStorage:
    """Not metadata: the tables come from elsewhere."""


class SqlScheduleStorage:
    """Not metadata either."""
