"""Loader options: ``joinedload``, ``selectinload``, ``load_only``, ``defer`` and their kin.

All eager options give the same objects; the rows are read with one further SELECT for many parents.
"""


class Load:
    """A chain of options from one class on."""

    def __init__(self, entity=None):
        self.entity = entity
        self.path = ()
        self.actions = ()

    def _with(self, actions, path=None):
        made = Load(self.entity)
        made.actions = self.actions + tuple(actions)
        made.path = self.path if path is None else path
        return made

    def _relationship(self, keys, kind, **extra):
        made = self
        for key in keys:
            name, attribute = _name(key)
            action = (made.path, kind, name, attribute, extra)
            made = made._with([action], made.path if name == "*" else made.path + (name,))
        return made

    def joinedload(self, *keys, innerjoin=None):
        return self._relationship(keys, "joined")

    def selectinload(self, *keys, recursion_depth=None):
        return self._relationship(keys, "selectin")

    def subqueryload(self, *keys):
        return self._relationship(keys, "subquery")

    def immediateload(self, *keys, recursion_depth=None):
        return self._relationship(keys, "immediate")

    def lazyload(self, *keys):
        return self._relationship(keys, "select")

    def noload(self, *keys):
        return self._relationship(keys, "noload")

    def raiseload(self, *keys, sql_only=False):
        return self._relationship(keys, "raise_on_sql" if sql_only else "raise")

    def defaultload(self, *keys):
        return self._relationship(keys, "default")

    def contains_eager(self, *keys, alias=None):
        return self._relationship(keys, "contains", alias=alias)

    def load_only(self, *attrs, raiseload=False):
        names = tuple(_name(attr)[0] for attr in attrs)
        return self._with([(self.path, "only", names, _owner(attrs), {})])

    def defer(self, *attrs, raiseload=False):
        return self._with([(self.path, "defer", tuple(_name(attr)[0] for attr in attrs), _owner(attrs), {})])

    def undefer(self, *attrs):
        return self._with([(self.path, "undefer", tuple(_name(attr)[0] for attr in attrs), _owner(attrs), {})])

    def undefer_group(self, *names):
        return self._with([(self.path, "group", tuple(names), None, {})])

    def with_expression(self, key, expression):
        from limbeck_runtime.missing import NotProvided

        raise NotProvided("sqlalchemy.orm.with_expression")

    def selectin_polymorphic(self, classes):
        return self

    def options(self, *opts):
        """Further options below the path of this one."""
        made = self
        for opt in opts:
            moved = tuple((self.path + path,) + rest for path, *rest in ((a[0],) + (a[1:],) for a in opt.actions))
            made = made._with([(action[0],) + tuple(action[1]) for action in moved])
        return made

    def __repr__(self):
        return f"<Load {self.actions!r}>"


_AbstractLoad = Load


def _name(key):
    if isinstance(key, str):
        return key, None
    return key.key, key


def _owner(attrs):
    for attr in attrs:
        if not isinstance(attr, str):
            return attr
    return None


class Options:
    """All options of one query, asked by mapper and path."""

    def __init__(self, loads):
        self.loads = [load for load in loads if isinstance(load, Load)]

    def _actions(self, mapper, path):
        for load in self.loads:
            for action in load.actions:
                if action[0] != path:
                    continue
                if not path:
                    attribute = action[3]
                    root = load.entity
                    if root is not None and not _related(_mapper(root), mapper):
                        continue
                    if root is None and attribute is not None and not _related(_mapper(attribute.parent), mapper):
                        continue
                yield action

    def wants(self, mapper, key, prop, path, take):
        """Whether a column is read at once."""
        for _, kind, names, _, _ in self._actions(mapper, path):
            if kind == "only":
                take = key in names
            elif kind == "defer" and (key in names or "*" in names):
                take = False
            elif kind == "undefer" and (key in names or "*" in names):
                take = True
            elif kind == "group" and prop.group in names:
                take = True
        return take

    def eager(self, mapper, path):
        """Relationships to load together with their owners."""
        found = {}
        for _, kind, name, _, _ in self._actions(mapper, path):
            if kind in ("joined", "selectin", "subquery", "immediate", "contains"):
                names = [name] if name != "*" else [k for k, p in mapper.props.items() if p.is_relationship]
                for one in names:
                    prop = mapper.props.get(one)
                    if prop is None:
                        for sub in mapper.self_and_descendants:
                            prop = prop or sub.props.get(one)
                    if prop is not None and prop.is_relationship:
                        found[one] = prop
            elif kind == "default":
                prop = mapper.props.get(name)
                if prop is not None and self.goes_below(path + (name,)):
                    found[name] = prop
        return found

    def contained(self, mapper, path):
        """(attribute, alias) of ``contains_eager`` options."""
        for _, kind, name, attribute, extra in self._actions(mapper, path):
            if kind == "contains":
                if attribute is None:
                    attribute = getattr(mapper.class_, name)
                yield attribute, extra.get("alias") or attribute._of_type

    def strategy_of(self, mapper, key, path):
        """The strategy that an option gives a relationship, or None."""
        found = None
        for _, kind, name, _, _ in self._actions(mapper, path):
            if name in (key, "*") and kind in ("select", "noload", "raise", "raise_on_sql", "joined", "selectin", "subquery"):
                found = kind
        return found

    def goes_below(self, path):
        return any(action[0][: len(path)] == path for load in self.loads for action in load.actions)

    def lasting(self):
        """Whether objects must remember the options for later lazy loads."""
        return any(action[1] in ("noload", "raise", "raise_on_sql") for load in self.loads for action in load.actions)


def _mapper(entity):
    from .mapper import mapper_of

    return mapper_of(entity)


def _related(one, other):
    return one.isa(other) or other.isa(one)


def _starter(name):
    def start(*keys, **options):
        if keys and not isinstance(keys[0], str) and not hasattr(keys[0], "key"):
            return getattr(Load(keys[0]), name)(*keys[1:], **options)
        return getattr(Load(), name)(*keys, **options)

    start.__name__ = name
    start.__doc__ = f"The option `{name}` from the attribute's class on."
    return start


joinedload = _starter("joinedload")
selectinload = _starter("selectinload")
subqueryload = _starter("subqueryload")
immediateload = _starter("immediateload")
lazyload = _starter("lazyload")
noload = _starter("noload")
raiseload = _starter("raiseload")
defaultload = _starter("defaultload")
contains_eager = _starter("contains_eager")
load_only = _starter("load_only")
defer = _starter("defer")
undefer = _starter("undefer")
undefer_group = _starter("undefer_group")
with_expression = _starter("with_expression")


def selectin_polymorphic(base, classes):
    """Subclass columns are read when used; the option changes nothing."""
    return Load(base)


def with_loader_criteria(entity, where_criteria, **_):
    """Not provided: it would change every statement."""
    from limbeck_runtime.missing import NotProvided

    raise NotProvided("sqlalchemy.orm.with_loader_criteria")
