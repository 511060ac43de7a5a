"""PostgreSQL's types of ranges, and the values they have."""

from sqlalchemy.types.engine import TypeEngine


class Range:
    """A range between two bounds; `None` is no bound."""

    def __init__(self, lower=None, upper=None, *, bounds="[)", empty=False):
        self.lower, self.upper, self.bounds, self.empty = lower, upper, bounds, empty

    @property
    def isempty(self):
        return self.empty

    @property
    def is_empty(self):
        return self.empty

    def __bool__(self):
        return not self.empty

    def __eq__(self, other):
        if not isinstance(other, Range):
            return NotImplemented
        if self.empty or other.empty:
            return self.empty and other.empty
        return (self.lower, self.upper, self.bounds) == (other.lower, other.upper, other.bounds)

    def __hash__(self):
        return hash((self.lower, self.upper, self.bounds, self.empty))

    def __contains__(self, value):
        if self.empty:
            return False
        if self.lower is not None and (value < self.lower or (value == self.lower and self.bounds[0] == "(")):
            return False
        return self.upper is None or value < self.upper or (value == self.upper and self.bounds[1] == "]")

    contains = __contains__

    def __str__(self):
        if self.empty:
            return "empty"
        lower = "" if self.lower is None else self.lower
        upper = "" if self.upper is None else self.upper
        return f"{self.bounds[0]}{lower},{upper}{self.bounds[1]}"

    def __repr__(self):
        return f"Range({self.lower!r}, {self.upper!r}, bounds={self.bounds!r}, empty={self.empty!r})"


class MultiRange(list):
    """Several ranges."""

    def __str__(self):
        return "{" + ",".join(str(one) for one in self) + "}"


class AbstractRange(TypeEngine):
    render_bind_cast = True

    def bind_processor(self, dialect):
        return lambda value: str(value) if isinstance(value, (Range, MultiRange)) else value

    def literal_processor(self, dialect):
        return lambda value: "'" + str(value) + "'"


class AbstractSingleRange(AbstractRange):
    pass


class AbstractMultiRange(AbstractRange):
    pass


class INT4RANGE(AbstractSingleRange):
    __visit_name__ = "INT4RANGE"


class INT8RANGE(AbstractSingleRange):
    __visit_name__ = "INT8RANGE"


class NUMRANGE(AbstractSingleRange):
    __visit_name__ = "NUMRANGE"


class DATERANGE(AbstractSingleRange):
    __visit_name__ = "DATERANGE"


class TSRANGE(AbstractSingleRange):
    __visit_name__ = "TSRANGE"


class TSTZRANGE(AbstractSingleRange):
    __visit_name__ = "TSTZRANGE"


class INT4MULTIRANGE(AbstractMultiRange):
    __visit_name__ = "INT4MULTIRANGE"


class INT8MULTIRANGE(AbstractMultiRange):
    __visit_name__ = "INT8MULTIRANGE"


class NUMMULTIRANGE(AbstractMultiRange):
    __visit_name__ = "NUMMULTIRANGE"


class DATEMULTIRANGE(AbstractMultiRange):
    __visit_name__ = "DATEMULTIRANGE"


class TSMULTIRANGE(AbstractMultiRange):
    __visit_name__ = "TSMULTIRANGE"


class TSTZMULTIRANGE(AbstractMultiRange):
    __visit_name__ = "TSTZMULTIRANGE"
