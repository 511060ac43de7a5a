"""INSERT, UPDATE and DELETE of single objects, and what they tell about values the database chose."""

from sqlalchemy.sql.expression import bindparam
from sqlalchemy.sql.expression import delete as sql_delete
from sqlalchemy.sql.expression import insert as sql_insert
from sqlalchemy.sql.expression import update as sql_update

from .clauses import and_all
from .events import listeners_of_class
from .exc import FlushError, StaleDataError
from .interfaces import run_listeners
from .properties import adopt_loaded
from .state import NO_VALUE


def assign(state, column, value):
    """Sets the attribute of a column, as the flush does: without events."""
    prop = state.mapper.property_of_column(column)
    have = state.dict
    old = have.get(prop.key, NO_VALUE)
    if old is value and prop.key in have:
        return
    state.remember(prop.key, old)
    have[prop.key] = value


def has_key(state, prop):
    """Whether the columns that a relationship copies from the object have values already."""
    for source, _ in prop.condition.pairs:
        if state.dict.get(state.mapper.property_of_column(source).key) is None:
            return False
    return True


def is_expression(value):
    """Whether a value is SQL, to be written into the statement."""
    return hasattr(value, "__clause_element__") or getattr(value, "is_clause_element", False)


class DefaultContext:
    """What a default function with a parameter is given."""

    def __init__(self, connection, column, parameters):
        self.connection = connection
        self.root_connection = connection
        self.current_column = column
        self.current_parameters = parameters
        self.dialect = connection.dialect

    def get_current_parameters(self, isolate_multiinsert_groups=True):
        return self.current_parameters


def python_default(default, connection, column, parameters):
    """(known, value) of a column default that Python computes."""
    if default is None or getattr(default, "is_sequence", False) or getattr(default, "is_clause_element", False):
        return False, None
    if getattr(default, "is_callable", False):
        return True, default.arg(DefaultContext(connection, column, parameters))
    if getattr(default, "is_scalar", False):
        return True, default.arg
    return False, None


def column_attributes(mapper, table):
    """(key, property, column) for the attributes that write to a table; made once."""
    plans = mapper._plans
    found = plans.get(("columns", table))
    if found is None:
        inside = set(table.columns)
        found = []
        for key, prop in mapper.props.items():
            if prop.is_column:
                for column in prop.columns:
                    if column in inside and column in mapper.written_columns and getattr(column, "computed", None) is None:
                        found.append((key, prop, column))
        plans[("columns", table)] = found
    return found


# INSERT -----------------------------------------------------------------------------------------


def insert(session, states):
    """Inserts new objects, in this order."""
    groups = []
    for state in states:
        if groups and groups[-1][0] is state.mapper:
            groups[-1][1].append(state)
        else:
            groups.append((state.mapper, [state]))
    for mapper, some in groups:
        connection = session._connection_for(mapper)
        for state in some:
            run_listeners(mapper, "before_insert", state, connection)
        for table in mapper.tables:
            _insert_into(session, connection, mapper, table, some)
        for state in some:
            _became_persistent(session, state)
            run_listeners(mapper, "after_insert", state, connection)


def _insert_into(session, connection, mapper, table, states):
    batch, keys = [], None
    names = mapper.primary_key_names()
    for state in states:
        row, expressions, fetch = insert_values(connection, mapper, table, state, True)
        known = all(state.dict.get(name) is not None for name in names) or table is not mapper.tables[0]
        if expressions or not known:
            _run_batch(connection, table, batch)
            batch, keys = [], None
            statement = sql_insert(table)
            if expressions:
                statement = statement.values(expressions)
            result = connection.execute(statement, row) if row or expressions else connection.execute(statement)
            _take_key(mapper, table, state, result)
        else:
            if keys is not None and keys != row.keys():
                _run_batch(connection, table, batch)
                batch = []
            keys = row.keys()
            batch.append(row)
        if fetch:
            state.expired = set(state.expired) | fetch
            for key in fetch:
                state.dict.pop(key, None)
    _run_batch(connection, table, batch)


def _run_batch(connection, table, batch):
    if len(batch) == 1:
        connection.execute(sql_insert(table), batch[0])
    elif batch:
        connection.execute(sql_insert(table), batch)


def insert_values(connection, mapper, table, state, keep):
    """(values, expressions, attributes to read back) for a new row."""
    have = state.dict
    row, expressions, fetch = {}, {}, set()
    polymorphic = mapper.polymorphic_on
    primary = set(table.primary_key.columns)
    for key, prop, column in column_attributes(mapper, table):
        value = have.get(key, NO_VALUE)
        if (value is NO_VALUE or value is None) and polymorphic is not None and mapper.polymorphic_identity is not None \
                and mapper._by_column.get(polymorphic) is prop:
            value = have[key] = mapper.polymorphic_identity
        if value is not NO_VALUE and value is not None or (
            value is None and getattr(column.type, "should_evaluate_none", False)
        ):
            if is_expression(value):
                expressions[column] = value
                fetch.add(key)
            else:
                row[column.key] = value
            continue
        if mapper.version_id_col is not None and column is mapper.version_id_col:
            value = have[key] = row[column.key] = 1
            continue
        default = column.default
        if default is not None:
            known, value = python_default(default, connection, column, row)
            if known and not is_expression(value):
                row[column.key] = value
                if keep:
                    have[key] = value
                    adopt_loaded(mapper, state.obj(), (key,))
            elif known:
                expressions[column] = value
                fetch.add(key)
            elif column not in primary:
                fetch.add(key)
            continue
        if column.server_default is not None or getattr(column, "identity", None) is not None:
            if column not in primary:
                fetch.add(key)
            continue
        if column in primary:
            continue
        if getattr(column.type, "should_evaluate_none", False):
            continue
        row[column.key] = None
        if keep and key not in have:
            have[key] = None
    for key, prop in mapper.props.items():
        if prop.is_column and getattr(prop.columns[0], "computed", None) is not None:
            fetch.add(key)
    return row, expressions, fetch


def _take_key(mapper, table, state, result):
    """The primary key that the database chose."""
    values = result.inserted_primary_key
    have = state.dict
    for column, value in zip(table.primary_key.columns, values or ()):
        prop = mapper._by_column.get(column)
        if prop is not None and have.get(prop.key) is None and value is not None:
            have[prop.key] = value


def _became_persistent(session, state):
    mapper = state.mapper
    ident = [state.dict.get(name) for name in mapper.primary_key_names()]
    if any(value is None for value in ident) and (len(ident) == 1 or all(value is None for value in ident)):
        raise FlushError(
            f"Instance <{mapper.class_.__name__} at {hex(id(state.obj()))}> has a NULL identity key.  If this is an "
            "auto-generated value, check that the database table allows generation of new primary key values, and "
            "that the mapped Column object is configured to expect these generated values.  Ensure also that this "
            "flush() is not occurring at an inappropriate time, such as within a load() event."
        )
    state.key = mapper.identity_key_from_primary_key(ident)
    session._new.pop(state, None)
    session.identity_map._states[state.key] = state
    if session._transaction is not None:
        session._transaction.new[state] = True
    have = state.dict
    for key, prop in mapper.props.items():
        if prop.is_column and key not in have and key not in state.expired and not prop.deferred:
            state.expired = set(state.expired) | {key}
    _drop_stale_references(state)


def _drop_stale_references(state):
    """A many-to-one that was read as None before its key was set is read again."""
    have = state.dict
    for key, prop in state.mapper.props.items():
        if prop.is_relationship and not prop.uselist and key in have and have[key] is None and key not in state.committed:
            del have[key]


# UPDATE -----------------------------------------------------------------------------------------


def update(session, states):
    """Updates the rows of changed objects."""
    batch = _Updates()
    for state in states:
        mapper = state.mapper
        connection = session._connection_for(mapper)
        run_listeners(mapper, "before_update", state, connection)
        for table in mapper.tables:
            _update_table(session, connection, mapper, table, state, batch)
    batch.send()
    for state in states:
        run_listeners(state.mapper, "after_update", state, session._connection_for(state.mapper))


class _Updates:
    """Updates of the same columns, one after the other, sent as one statement with many rows of values."""

    def __init__(self):
        self.mark = None
        self.rows = []

    def add(self, connection, table, row, key):
        mark = (id(connection), table, tuple(row))
        if mark != self.mark:
            self.send()
            self.mark = mark
            self.connection = connection
        values = {f"pk_{position}": value for position, value in enumerate(key)}
        values.update((f"set_{position}", value) for position, value in enumerate(row.values()))
        self.rows.append(values)

    def send(self):
        rows, self.rows = self.rows, []
        if not rows:
            return
        _, table, columns = self.mark
        self.mark = None
        where = [
            column == bindparam(f"pk_{position}", type_=column.type)
            for position, column in enumerate(table.primary_key.columns)
        ]
        values = {column: bindparam(f"set_{position}", type_=column.type) for position, column in enumerate(columns)}
        statement = sql_update(table).where(and_all(where)).values(values)
        result = self.connection.execute(statement, rows if len(rows) > 1 else rows[0])
        if len(rows) == 1:
            _check_matched(self.connection, table, result)


def _check_matched(connection, table, result):
    """A row that is not there any more is an error; MySQL counts only rows that changed."""
    if result.rowcount == 0 and connection.dialect.name in ("sqlite", "postgresql"):
        raise StaleDataError(
            f"UPDATE statement on table '{table.name}' expected to update 1 row(s); {result.rowcount} were matched."
        )


def changed_columns(mapper, table, state):
    """{column: value} of what differs from the row."""
    have = state.dict
    changed = {}
    for key, prop, column in column_attributes(mapper, table):
        if key in state.committed and key in have:
            old = state.committed[key]
            value = have[key]
            if old is NO_VALUE or is_expression(value) or not prop.same(old, value):
                changed[column] = (key, value)
    return changed


def _update_table(session, connection, mapper, table, state, batch):
    changed = changed_columns(mapper, table, state)
    version = mapper.version_id_col
    if not changed and not (version is not None and version.table is table and _changed_anywhere(mapper, state)):
        return
    row, expressions, fetch = {}, {}, set()
    for column, (key, value) in changed.items():
        if is_expression(value):
            expressions[column] = value
            fetch.add(key)
        else:
            row[column] = value
    _on_update(connection, mapper, table, state, row, expressions, fetch)
    key = _old_key(mapper, table, state)
    where = [column == old for column, old in zip(table.primary_key.columns, key)]
    if version is not None and version.table is table:
        name = mapper.property_of_column(version).key
        old = state.committed.get(name, state.dict.get(name))
        old = state.dict.get(name) if old is NO_VALUE else old
        where.append(version == old)
        row[version] = state.dict[name] = (old or 0) + 1
    if expressions or version is not None:
        batch.send()
        result = connection.execute(sql_update(table).where(and_all(where)).values({**row, **expressions}))
        _check_matched(connection, table, result)
    elif row:
        batch.add(connection, table, row, key)
    for name in fetch:
        state.dict.pop(name, None)
    if fetch:
        state.expired = set(state.expired) | fetch
    _rename(session, mapper, state)


def _changed_anywhere(mapper, state):
    return any(changed_columns(mapper, table, state) for table in mapper.tables)


def _on_update(connection, mapper, table, state, row, expressions, fetch):
    """Defaults for UPDATE: Python's are computed, the database's are read back."""
    by_key = {column.key: value for column, value in row.items()}
    for key, prop, column in column_attributes(mapper, table):
        if column in row or column in expressions:
            continue
        if column.onupdate is not None:
            known, value = python_default(column.onupdate, connection, column, by_key)
            if known and not is_expression(value):
                row[column] = value
                state.dict[key] = value
            elif known:
                expressions[column] = value
                fetch.add(key)
            else:
                fetch.add(key)
        elif getattr(column, "server_onupdate", None) is not None:
            fetch.add(key)
    for key, prop in mapper.props.items():
        if prop.is_column and getattr(prop.columns[0], "computed", None) is not None:
            fetch.add(key)


def _old_key(mapper, table, state):
    """The primary key that the row still has."""
    found = []
    for column in table.primary_key.columns:
        prop = mapper.property_of_column(column)
        old = state.committed.get(prop.key, NO_VALUE)
        if old is NO_VALUE or old is None:
            position = [mapper._by_column.get(one) for one in mapper.primary_key].index(prop) if prop in [
                mapper._by_column.get(one) for one in mapper.primary_key] else None
            old = state.key[1][position] if position is not None else state.dict.get(prop.key)
        found.append(old)
    return found


def _rename(session, mapper, state):
    ident = [state.dict.get(name) for name in mapper.primary_key_names()]
    key = mapper.identity_key_from_primary_key(ident)
    if key != state.key and not any(value is None for value in ident):
        states = session.identity_map._states
        if states.get(state.key) is state:
            del states[state.key]
        state.key = key
        states[key] = state


def take_over(session, state, old):
    """Makes a new object the owner of a row that was to be deleted."""
    state.key = old.key
    session._new.pop(state, None)
    session.identity_map._states[state.key] = state
    names = state.mapper.primary_key_names()
    for key, prop in state.mapper.props.items():
        if prop.is_column and key not in names:
            state.dict.setdefault(key, None)
            state.committed[key] = NO_VALUE


# DELETE -----------------------------------------------------------------------------------------


def delete(session, states):
    """Deletes rows, in this order."""
    groups = []
    for state in states:
        if groups and groups[-1][0] is state.mapper:
            groups[-1][1].append(state)
        else:
            groups.append((state.mapper, [state]))
    for mapper, some in groups:
        connection = session._connection_for(mapper)
        for state in some:
            run_listeners(mapper, "before_delete", state, connection)
        for table in reversed(mapper.tables):
            columns = list(table.primary_key.columns)
            names = [f"pk_{position}" for position in range(len(columns))]
            rows = [dict(zip(names, _old_key(mapper, table, state))) for state in some]
            where = [column == bindparam(name, type_=column.type) for column, name in zip(columns, names)]
            connection.execute(sql_delete(table).where(and_all(where)), rows if len(rows) > 1 else rows[0])
        for state in some:
            _became_deleted(session, state)
            run_listeners(mapper, "after_delete", state, connection)


def _became_deleted(session, state):
    session._deleted.pop(state, None)
    session._modified.pop(state, None)
    states = session.identity_map._states
    if states.get(state.key) is state:
        del states[state.key]
    state._deleted = True
    state.committed = {}
    state.modified = False
    if session._transaction is not None:
        session._transaction.deleted[state] = state.key


# association tables -----------------------------------------------------------------------------


def write_links(session, kind, table, rows):
    """Inserts or deletes rows of an association table."""
    connection = session._connection_for()
    if kind == "insert":
        connection.execute(sql_insert(table), rows if len(rows) > 1 else rows[0])
        return
    names = list(rows[0])
    where = [table.c[name] == bindparam(f"link_{name}", type_=table.c[name].type) for name in names]
    given = [{f"link_{name}": row[name] for name in names} for row in rows]
    connection.execute(sql_delete(table).where(and_all(where)), given if len(given) > 1 else given[0])
