"""Errors of the package."""


class AlembicUtilsException(Exception):
    """The base of the package's errors."""


class SQLParseFailure(AlembicUtilsException):
    """A statement that is none of the expected kind."""


class DuplicateRegistration(AlembicUtilsException):
    """An entity that is registered twice."""


class UnreachableException(AlembicUtilsException):
    """What cannot happen."""


class BadInputException(AlembicUtilsException):
    """Arguments that do not go together."""


class FailedToGenerateComparable(AlembicUtilsException):
    """An entity that cannot be compared."""
