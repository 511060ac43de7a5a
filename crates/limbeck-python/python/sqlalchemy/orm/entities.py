"""What a query selects: classes, aliases, columns, tables, bundles; and how its rows are read."""

from .joins import is_from
from .loading import BundleEntity, ColumnEntity, MapperEntity, Run
from .util import entity_of


def is_orm(value):
    """Whether a thing to select belongs to the ORM."""
    return entity_of(value) is not None or getattr(value, "is_attribute", False) or getattr(value, "is_bundle", False)


def read_entities(values, options=None, adapter=None):
    """The entities of a SELECT's arguments, in order."""
    found = []
    for value in values:
        entity = entity_of(value)
        if entity is not None:
            found.append(MapperEntity(entity, options, adapter))
            continue
        if getattr(value, "is_bundle", False):
            found.append(BundleEntity(value, lambda expr: read_entities([expr], options, adapter), adapter))
            continue
        if isinstance(value, (list, tuple)):
            found.extend(read_entities(value, options, adapter))
            continue
        composite = getattr(value, "columns", None) if type(value).__name__ == "CompositeComparator" else None
        if composite is not None:
            found.extend(read_entities(value.columns(), options, adapter))
            continue
        element = value
        while hasattr(element, "__clause_element__") and not getattr(element, "is_clause_element", False):
            element = element.__clause_element__()
        if isinstance(element, str):
            from sqlalchemy.exc import ArgumentError

            raise ArgumentError(
                f"Column expression, FROM clause, or other columns clause element expected, got {element!r}."
            )
        if element is None or isinstance(element, (bool, int, float)):
            from sqlalchemy.sql.expression import literal, null

            element = null() if element is None else literal(element)
        if is_from(element):
            found.extend(ColumnEntity(column, None, adapter) for column in element.columns)
        else:
            found.append(ColumnEntity(element, value, adapter))
    return found


def mapper_entities(entities):
    """The mappers and aliases among the entities; a column attribute counts with its class."""
    found = []
    for entity in entities:
        if entity.is_mapper_entity:
            one = entity.entity
        else:
            given = getattr(entity, "given", None)
            one = given.parent if getattr(given, "is_attribute", False) else None
        if one is not None and not any(one is other for other in found):
            found.append(one)
    return found


def sources(entities):
    """FROM elements that entities of several tables need, since their columns alone do not join them."""
    found = []
    for one in mapper_entities(entities):
        if not getattr(one, "is_aliased_class", False) and len(one.mapper.tables) > 1:
            found.append(one.__clause_element__())
    return found


def criteria(entities):
    """Conditions that single-table subclasses add."""
    found = []
    for one in mapper_entities(entities):
        clause = one.mapper.single_criterion()
        if clause is not None:
            found.append(one.adapt(clause))
    return found


def load_rows(session, rows, entities, options=None, populate_existing=False):
    """Turns rows of the database into rows of objects; a list of tuples."""
    run = Run(session, populate_existing)
    readers = []
    offset = 0
    for entity in entities:
        readers.append(entity.reader(session, offset, run))
        offset += len(entity.columns)
    if len(readers) == 1:
        read = readers[0]
        loaded = [(read(row),) for row in rows]
    else:
        loaded = [tuple([read(row) for read in readers]) for row in rows]
    run.finish()
    for position, entity in enumerate(entities):
        if entity.is_mapper_entity:
            objects = []
            seen = set()
            for row in loaded:
                obj = row[position]
                if obj is not None and id(obj) not in seen:
                    seen.add(id(obj))
                    objects.append(obj)
            if objects:
                finish(session, entity.mapper, objects, options)
    return loaded


def finish(session, mapper, objects, options):
    """Eager loading for freshly read objects, and options that last."""
    if options is not None and options.lasting():
        from .state import instance_state

        for obj in objects:
            instance_state(obj).load_options = options
    from .strategies import eager

    eager(session, mapper, objects, options)


def unique_rows(rows, entities):
    """Rows without repetitions: objects count by identity, values by equality."""
    by_identity = [entity.is_mapper_entity for entity in entities]
    seen = set()
    found = []
    for row in rows:
        try:
            mark = tuple([id(value) if same else value for value, same in zip(row, by_identity)])
            if mark in seen:
                continue
        except TypeError:
            mark = tuple([id(value) if same or not _hashable(value) else value for value, same in zip(row, by_identity)])
            if mark in seen:
                continue
        seen.add(mark)
        found.append(row)
    return found


def _hashable(value):
    try:
        hash(value)
    except TypeError:
        return False
    return True
