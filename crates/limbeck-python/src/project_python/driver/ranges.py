"""Range values as SQLAlchemy's psycopg2 dialect expects them from `psycopg2.extras`."""

import decimal
import re

from limbeck_driver import literals, times


class _Range:
    """A range with bounds like `[)`; none of both means empty."""

    def __init__(self, lower=None, upper=None, bounds="[)", empty=False):
        self._lower, self._upper = lower, upper
        self._bounds = None if empty else bounds

    def limbeck_literal(self):
        """The constructor-free text form, typed by the column or the cast around it."""
        if self._bounds is None:
            return "'empty'"

        def bound(value):
            return "" if value is None else '"%s"' % str(value).replace("\\", "\\\\").replace('"', '\\"')

        text = "%s%s,%s%s" % (self._bounds[0], bound(self._lower), bound(self._upper), self._bounds[1])
        return literals.postgresql(text)


RANGES = {name: type(name, (_Range,), {}) for name in ("NumericRange", "DateRange", "DateTimeRange", "DateTimeTZRange")}

_TEXT = re.compile(r'([\[(])("(?:[^"\\]|\\.|"")*"|[^,]*),("(?:[^"\\]|\\.|"")*"|[^\])]*)([\])])$')

_KINDS = {
    "INT4RANGE": ("NumericRange", int),
    "INT8RANGE": ("NumericRange", int),
    "NUMRANGE": ("NumericRange", decimal.Decimal),
    "DATERANGE": ("DateRange", times.date),
    "TSRANGE": ("DateTimeRange", times.timestamp),
    "TSTZRANGE": ("DateTimeTZRange", times.timestamp),
}


def parse(kind, text):
    """A range from PostgreSQL's text of it."""
    name, read = _KINDS[kind]
    if text == "empty":
        return RANGES[name](empty=True)
    found = _TEXT.match(text)
    if found is None:
        return text

    def bound(written):
        if written.startswith('"'):
            written = re.sub(r'\\(.)|""', lambda pair: pair.group(1) or '"', written[1:-1])
        return read(written) if written else None

    return RANGES[name](bound(found.group(2)), bound(found.group(3)), found.group(1) + found.group(4))
