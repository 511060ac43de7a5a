"""Relationships with ``lazy="dynamic"`` or ``"write_only"``: the attribute is a query that can be added to."""

from .state import instance_state


class DynamicCollection:
    """The value of a dynamic relationship on one object."""

    _is_dynamic = True

    def __init__(self, prop, state):
        self._prop = prop
        self._owner = state
        self._added = []
        self._removed = []

    def _note(self, item, which):
        into, other = (self._added, self._removed) if which == 0 else (self._removed, self._added)
        for position, one in enumerate(other):
            if one is item:
                other.pop(position)
                return
        into.append(item)
        self._owner.touch()

    def append(self, item):
        self._note(item, 0)
        self._owner.touch()
        self._prop._joined(self._owner, item, None)

    add = append

    def extend(self, items):
        for item in items:
            self.append(item)

    add_all = extend

    def remove(self, item):
        self._note(item, 1)
        self._prop._left(self._owner, item, None)

    def replace(self, items):
        for item in list(self):
            if not any(item is one for one in items):
                self.remove(item)
        for item in items:
            self.append(item)

    def _query(self):
        from .query import Query
        from .strategies import _clauses, _sources

        session = self._owner.session_ref
        query = Query((self._prop.mapper.class_,), session).filter(*_clauses(self._prop, self._owner))
        if self._prop.secondary is not None:
            query = query.select_from(self._prop.mapper.persist_selectable, *_sources(self._prop))
        return query.order_by(*self._prop.order_by) if self._prop.order_by else query

    def select(self):
        """A SELECT of the related objects (write-only relationships)."""
        from sqlalchemy.sql.expression import select

        from .strategies import _clauses

        return select(self._prop.mapper.class_).where(*_clauses(self._prop, self._owner))

    def __iter__(self):
        if self._owner.session_ref is None or self._owner.key is None:
            return iter(list(self._added))
        return iter(self._query())

    def __len__(self):
        return len(list(iter(self)))

    def __getitem__(self, index):
        if self._owner.session_ref is None or self._owner.key is None:
            return self._added[index]
        return self._query()[index]

    def count(self):
        if self._owner.session_ref is None or self._owner.key is None:
            return len(self._added)
        return self._query().count()

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._query(), name)


def settle(state):
    """After a flush nothing is waiting."""
    for key, prop in state.mapper.props.items():
        value = state.dict.get(key) if prop.is_relationship else None
        if getattr(value, "_is_dynamic", False):
            value._added.clear()
            value._removed.clear()


__all__ = ["DynamicCollection", "instance_state"]
