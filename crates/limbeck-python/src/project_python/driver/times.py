"""Dates and times from the text that databases print. `fromisoformat` of older Pythons reads too little of it."""

import datetime
import re

_TIME = re.compile(r"(-?\d+):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?\s*(Z|[+-]\d\d(?::?\d\d)?(?::?\d\d)?)?$")
_UNIT = re.compile(r"(-?\d+) (year|mon|day)s?")


def date(text):
    """A date; `infinity` is the greatest date, as the usual drivers have it. A date before Christ has no Python value and stays text."""
    if text in ("infinity", "-infinity"):
        return datetime.date.max if text == "infinity" else datetime.date.min
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        # MySQL's 0000-00-00 is NULL to its drivers.
        return None if text.startswith("0000-00-00") else text


def time(text):
    """A time of day, with its zone when the text has one."""
    found = _TIME.match(text)
    if not found:
        return text
    hour, minute, second, fraction, zone = found.groups()
    return datetime.time(int(hour) % 24, int(minute), int(second or 0), _microseconds(fraction), _zone(zone))


def timestamp(text):
    """A date with a time, with its zone when the text has one."""
    if text in ("infinity", "-infinity"):
        return datetime.datetime.max if text == "infinity" else datetime.datetime.min
    day, _, rest = text.replace("T", " ", 1).partition(" ")
    try:
        day = datetime.date.fromisoformat(day)
    except ValueError:
        return None if text.startswith("0000-00-00") else text
    clock = time(rest or "00:00")
    return text if isinstance(clock, str) else datetime.datetime.combine(day, clock)


def clock_span(text):
    """MySQL's TIME: hours may be more than a day's and negative, so its drivers give a timedelta."""
    found = _TIME.match(text)
    if not found:
        return text
    hour, minute, second, fraction, _ = found.groups()
    span = datetime.timedelta(
        hours=abs(int(hour)), minutes=int(minute), seconds=int(second or 0), microseconds=_microseconds(fraction)
    )
    return -span if text.startswith("-") else span


def interval(text):
    """PostgreSQL's interval in its default style. A month counts as 30 days and a year as 365, as in its drivers."""
    days = 0
    for number, unit in _UNIT.findall(text):
        days += int(number) * {"year": 365, "mon": 30, "day": 1}[unit]
    span = datetime.timedelta(days=days)
    last = text.rsplit(" ", 1)[-1]
    if ":" in last:
        clock = clock_span(last.lstrip("+"))
        if isinstance(clock, str):
            return text
        span += clock
    return span


def _microseconds(fraction):
    return int((fraction or "").ljust(6, "0") or 0)


def _zone(text):
    if not text:
        return None
    if text == "Z":
        return datetime.timezone.utc
    digits = text[1:].replace(":", "").ljust(6, "0")
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:6]))
    return datetime.timezone(-offset if text[0] == "-" else offset)
