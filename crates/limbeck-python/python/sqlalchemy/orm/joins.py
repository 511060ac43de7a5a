"""Joins of mapped classes: by relationship, by condition, or by the only foreign key there is."""

from .clauses import and_all
from .util import entity_of


def element_of(value):
    """The table, alias or subquery behind a class or attribute."""
    entity = entity_of(value)
    if entity is not None:
        return entity.__clause_element__()
    while hasattr(value, "__clause_element__") and not getattr(value, "is_clause_element", False):
        value = value.__clause_element__()
    if hasattr(value, "selected_columns") and hasattr(value, "subquery"):
        value = value.subquery()
    return value


def is_from(element):
    """Whether an element is a table, alias, join or subquery (a function can be both, and counts as a value)."""
    return not hasattr(element, "label") and hasattr(element, "join") and hasattr(element, "columns")


def relationship_of(value):
    """The relationship that a class attribute stands for, or None."""
    prop = getattr(value, "prop", None) if getattr(value, "is_attribute", False) else None
    return prop if prop is not None and prop.is_relationship else None


def join_by_relationship(left, attribute, target, isouter, full):
    """`left` joined to the relationship's target (through the secondary table where there is one)."""
    prop = relationship_of(attribute)
    prop.configure()
    chosen = target if target is not None else attribute._of_type
    entity = entity_of(chosen) if chosen is not None else prop.mapper
    right = element_of(chosen) if chosen is not None else entity.__clause_element__()
    right_alias = entity if entity is not None and getattr(entity, "is_aliased_class", False) else None
    extra = list(attribute._extra)
    if right_alias is None and entity is not None:
        single = entity.mapper.single_criterion()
        if single is not None:
            extra.append(single)
    on_left = prop.join_clause(attribute._entity, right_alias)
    if prop.secondary is not None:
        on_right = and_all([prop.secondary_clause(right_alias)] + extra)
        secondary = prop.secondary
        if _inside(left, secondary):
            secondary = prop.secondary.alias()
            on_left, on_right = (_moved(one, prop.secondary, secondary) for one in (on_left, on_right))
        if isouter:
            return left.join(secondary.join(right, on_right), on_left, isouter=True, full=full)
        return left.join(secondary, on_left, full=full).join(right, on_right, full=full)
    return left.join(right, and_all([on_left] + extra), isouter=isouter, full=full)


def _moved(clause, table, alias):
    from .clauses import replace

    inside = set(table.columns)

    def change(element):
        if getattr(element, "__hash__", None) is not None and element in inside:
            return alias.c[element.key]
        return None

    return replace(clause, change)


def _inside(left, table):
    """Whether a FROM element already contains the table."""
    if left is table:
        return True
    return any(_inside(getattr(left, side), table) for side in ("left", "right") if getattr(left, side, None) is not None)


def joined(left, right, onclause=None, isouter=False, full=False):
    """``orm.join()``: a join of classes, aliases or tables."""
    if isinstance(onclause, str):
        onclause = getattr(left, onclause)
    if relationship_of(onclause) is not None:
        return join_by_relationship(element_of(left), onclause, right, isouter, full)
    if relationship_of(right) is not None and onclause is None:
        return join_by_relationship(element_of(left), right, None, isouter, full)
    return element_of(left).join(element_of(right), _plain(onclause), isouter=isouter, full=full)


def _plain(onclause):
    while hasattr(onclause, "__clause_element__") and not getattr(onclause, "is_clause_element", False):
        onclause = onclause.__clause_element__()
    return onclause


def _contains(element, wanted):
    return element is wanted or _inside(element, wanted)


def add_join(froms, candidates, target, onclause, isouter, full):
    """A list of FROM elements with one more join; `candidates` are entities to start from."""
    froms = list(froms)
    if isinstance(target, str):
        target = getattr(candidates[0].entity, target)
    if isinstance(onclause, str):
        onclause = getattr(candidates[0].entity, onclause)
    attribute = onclause if relationship_of(onclause) is not None else None
    if attribute is None and onclause is None and relationship_of(target) is not None:
        attribute, target = target, None
    if attribute is not None:
        left = attribute._entity.selectable if attribute._entity is not None else None
        owner = attribute._entity if left is not None else attribute.class_.__mapper__
        wanted = left if left is not None else owner.__clause_element__()
        position = _position(froms, wanted)
        if position is None and left is None:
            for table in reversed(owner.tables):
                position = _position(froms, table)
                if position is not None:
                    break
        start = froms[position] if position is not None else wanted
        made = join_by_relationship(start, attribute, target, isouter, full)
    else:
        right = element_of(target)
        entity = entity_of(target)
        single = entity.mapper.single_criterion() if entity is not None and not getattr(entity, "is_aliased_class", False) else None
        position, start = _start(froms, candidates, right, onclause)
        on = _plain(onclause)
        if single is not None and on is not None:
            on = and_all([on, single])
        made = start.join(right, on, isouter=isouter, full=full)
    if position is None:
        froms.append(made)
    else:
        froms[position] = made
    return froms


def _position(froms, wanted):
    for at, element in enumerate(froms):
        if _contains(element, wanted):
            return at
    return None


def _start(froms, candidates, right, onclause):
    """Which FROM element a plain join continues."""
    if onclause is not None:
        mentioned = _tables_of(_plain(onclause))
        for at in range(len(froms) - 1, -1, -1):
            if any(_contains(froms[at], table) for table in mentioned if table is not right):
                return at, froms[at]
        for entity in candidates:
            if any(_contains(entity.__clause_element__(), table) for table in mentioned):
                return _position(froms, entity.__clause_element__()), entity.__clause_element__()
    else:
        options = [(at, element) for at, element in enumerate(froms)]
        options += [(None, entity.__clause_element__()) for entity in candidates]
        for at, element in options:
            if element is not right and _can_join(element, right):
                return at, element
    if froms:
        return 0, froms[0]
    if candidates:
        return None, candidates[0].__clause_element__()
    from sqlalchemy.exc import InvalidRequestError

    raise InvalidRequestError("Don't know how to join: there is no FROM clause to join from; use select_from()")


def _tables_of(clause):
    from .clauses import columns_of

    return [column.table for column in columns_of(clause)]


def _can_join(left, right):
    from sqlalchemy.exc import ArgumentError

    try:
        left.join(right)
    except ArgumentError:
        return False
    return True


def select_join(statement, target, onclause=None, isouter=False, full=False, left=None):
    """``select(...).join(Model.relationship)``: the statement with the join in its FROM; None when no relationship
    is involved."""
    if relationship_of(target) is None and relationship_of(onclause) is None:
        return None
    froms = list(statement._from_obj)
    candidates = [] if left is None else [entity_of(left)]
    for one in getattr(statement, "_raw_entities", ()):
        entity = entity_of(one) or (one.parent if getattr(one, "is_attribute", False) else None)
        if entity is not None and not any(entity is other for other in candidates):
            candidates.append(entity)
    for right, on, start, (outer, all_rows) in statement._setup_joins:
        if start is not None and _position(froms, start) is None:
            froms.append(start)
        froms = add_join(froms, candidates, right, on, outer, all_rows)
    froms = add_join(froms, candidates, target, onclause, isouter, full)
    made = statement._generate()
    made._setup_joins = ()
    made._from_obj = tuple(froms)
    attribute = onclause if relationship_of(onclause) is not None else target
    made._orm_joined = target if attribute is onclause else attribute._of_type or relationship_of(attribute).mapper.class_
    return made
