"""``session.execute``: statements with mapped classes in them, and all others."""

from .bulk_dml import expire_loaded, matching
from .entities import criteria, is_orm, load_rows, mapper_entities, read_entities, sources
from .results import make_result
from .strategy_options import Load, Options
from .util import entity_of


def execute(session, statement, params, options, bind_arguments):
    """Runs a statement on the session's connection and gives a Result."""
    if isinstance(statement, str):
        from sqlalchemy.exc import ArgumentError

        raise ArgumentError(
            f"Textual SQL expression {statement!r} should be explicitly declared as text({statement!r})"
        )
    if hasattr(statement, "_raw_rows"):
        entities, rows = statement.with_session(session).yield_per(1)._rows()
        return make_result([entity.name for entity in entities], rows)
    while hasattr(statement, "__clause_element__") and not getattr(statement, "is_clause_element", False):
        statement = statement.__clause_element__()
    options = {**getattr(statement, "_execution_options", {}), **options}
    if options.get("autoflush", True):
        session._autoflush() if _is_query(statement) or _is_dml(statement) else None
    given = getattr(statement, "_raw_entities", None)
    if given and _is_query(statement) and any(is_orm(one) for one in given):
        return _select(session, statement, given, params, options, bind_arguments)
    if _is_dml(statement):
        return _dml(session, statement, params, options, bind_arguments)
    connection = session.connection(bind_arguments)
    if options:
        return connection.execute(statement, params, execution_options=options)
    return connection.execute(statement, params) if params is not None else connection.execute(statement)


def _is_query(statement):
    return bool(getattr(statement, "is_select", False)) or hasattr(statement, "selected_columns")


def _is_dml(statement):
    return bool(getattr(statement, "is_dml", False))


def _select(session, statement, given, params, options, bind_arguments):
    loads = [one for one in getattr(statement, "_with_options", ()) if isinstance(one, Load)]
    loads = Options(loads) if loads else None
    for one in given:
        entity = entity_of(one)
        if entity is not None:
            from .mapper import configure_reached

            configure_reached(entity.mapper)
    entities = read_entities(given, loads)
    mappers = mapper_entities(entities)
    connection = session.connection({"mapper": mappers[0].mapper, **bind_arguments} if mappers else bind_arguments)
    raw = getattr(statement, "_orm_from_statement", None)
    populate = bool(options.get("populate_existing"))
    if raw is not None:
        from .from_statement import read_statement

        rows = read_statement(connection, raw, entities, params)
    else:
        rows = connection.execute(core_select(statement, entities), params or {}).all()
    loaded = load_rows(session, rows, entities, loads, populate)
    return make_result([entity.name for entity in entities], loaded)


def core_select(statement, entities):
    """The statement with columns in the place of classes."""
    columns = [column for entity in entities for column in entity.columns]
    made = statement.with_only_columns(*columns)
    missing = []
    from .joins import _position

    present = list(statement.get_final_froms())
    for one in sources(entities):
        if _position(present, one) is None:
            missing.append(one)
    if missing:
        made = made.select_from(*missing)
    for clause in criteria(entities):
        made = made.where(clause)
    return made


def _dml(session, statement, params, options, bind_arguments):
    mapper = mapper_of_table(session, statement.table)
    connection = session.connection(bind_arguments)
    gone = []
    synchronize = options.get("synchronize_session", "auto")
    kind = type(statement).__name__
    if mapper is not None and kind == "Delete" and synchronize is not False:
        where = [statement.whereclause] if statement.whereclause is not None else []
        gone = matching(session, connection, mapper, where)
    returned = getattr(statement, "_raw_returning", None)
    entities = None
    if returned and any(is_orm(one) for one in returned):
        entities = read_entities(returned)
        for entity in entities:
            if entity.is_mapper_entity:
                entity.keep_only(entity.mapper.written_columns)
        statement = statement._generate()
        statement._returning = tuple(column for entity in entities for column in entity.columns)
    result = connection.execute(statement, params) if params is not None else connection.execute(statement)
    if mapper is not None and kind == "Update" and synchronize is not False:
        for one in mapper.base_mapper.self_and_descendants:
            expire_loaded(session, one)
    for state in gone:
        from .persistence import _became_deleted

        _became_deleted(session, state)
    if entities is not None:
        loaded = load_rows(session, result.all(), entities, None, True)
        return make_result([entity.name for entity in entities], loaded)
    return result


def mapper_of_table(session, table):
    """A mapper in the session's memory that writes to the table."""
    for state in session.identity_map.all_states():
        if any(one is table for one in state.mapper.tables):
            return state.mapper.base_mapper if state.mapper.single else state.mapper
    return None
