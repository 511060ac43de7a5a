"""Walks over statements: finding parts, and copying with parts replaced."""

from .elements import BindParameter, ClauseElement

_SKIPPED = frozenset(
    ("type", "table", "_orig", "operator", "negate", "modifier", "_annotations", "_proxies")
)


def children_of(element):
    """The elements that an element holds, in the order it got them."""
    found = []
    for key, value in element.__dict__.items():
        if key not in _SKIPPED:
            _collect(value, found)
    return found


def _collect(value, found):
    if isinstance(value, ClauseElement):
        found.append(value)
    elif isinstance(value, (list, tuple)):
        for one in value:
            _collect(one, found)
    elif isinstance(value, dict):
        for key, one in value.items():
            _collect(key, found)
            _collect(one, found)


def iterate(element, opts=None):
    """The element and everything inside it."""
    todo = [element]
    seen = set()
    while todo:
        one = todo.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo.extend(one.get_children())


def traverse(element, opts, visitors):
    """Calls `visitors[__visit_name__]` for each part."""
    for one in iterate(element):
        visit = visitors.get(one.__visit_name__)
        if visit is not None:
            visit(one)
    return element


def replacement_traverse(element, opts, replace):
    """A copy in which `replace(part)`, where it gives something, stands for the part."""
    done = {}

    def copied(value):
        if isinstance(value, ClauseElement):
            return clone(value)
        if value.__class__ in (list, tuple):
            new = [copied(one) for one in value]
            if all(a is b for a, b in zip(new, value)):
                return value
            return value.__class__(new)
        if value.__class__ is dict:
            return {copied(key): copied(one) for key, one in value.items()}
        return value

    def clone(one):
        known = done.get(id(one))
        if known is not None:
            return known[1]
        new = replace(one)
        if new is None:
            if one._is_singleton_constant or getattr(one, "_is_table", False):
                new = one
            else:
                new = _copy_with(one, copied)
        done[id(one)] = (one, new)
        return new

    return clone(element)


def _copy_with(one, copied):
    changed = {}
    for key, value in one.__dict__.items():
        if key not in _SKIPPED or (key == "table" and not one._is_column_element):
            new = copied(value)
            if new is not value:
                changed[key] = new
    if not changed:
        return one
    copy = one.__class__.__new__(one.__class__)
    copy.__dict__.update(one.__dict__)
    copy.__dict__.update(changed)
    return copy


cloned_traverse = replacement_traverse


def replace_parameters(element, given, keywords, unique):
    """A copy of a statement whose bound parameters of these names have new values."""
    from ..exc import ArgumentError

    values = dict(keywords)
    if len(given) == 1:
        values.update(given[0])
    elif given:
        raise ArgumentError("params() takes zero or one positional dictionary argument")

    def replace(one):
        if isinstance(one, BindParameter):
            if one._orig_key in values or one.key in values:
                value = values.get(one.key, values.get(one._orig_key))
                new = one._with_value(value, maintain_key=True, required=False)
            elif unique:
                new = one._clone(maintain_key=True)
            else:
                return one
            if unique:
                new._convert_to_unique()
            return new
        return None

    return replacement_traverse(element, {}, replace)


class Visitable:
    """The base that 2.0 names for what compilers visit."""


class ClauseVisitor:
    """Calls `visit_<name>` methods for each part of a statement."""

    def iterate(self, obj):
        return iterate(obj)

    def traverse(self, obj):
        for one in iterate(obj):
            method = getattr(self, "visit_" + one.__visit_name__, None)
            if method is not None:
                method(one)
        return obj
