"""A flush: finds out what has to be written, and in which order.

Order: parents before children by foreign keys, within one table by the objects' own dependencies, rows of
association tables after both sides, deletions last and the other way round.
"""

from . import persistence
from .join_condition import MANYTOMANY, MANYTOONE, ONETOMANY
from .state import instance_state


def flush(session, objects=None):
    """Writes the session's changes; `objects` limits it to some."""
    session._tell("before_flush", session, None, objects)
    work = _Work(session)
    chosen = None if not objects else {instance_state(one) for one in objects}
    work.collect(chosen)
    if not work.saved and not work.deleted and not work.links:
        work.finish()
        return
    work.connection = session._connection_for
    work.run()
    session._tell("after_flush", session, None)
    work.finish()
    session._tell("after_flush_postexec", session, None)


class _Work:
    """One flush."""

    def __init__(self, session):
        self.session = session
        self.saved = {}
        self.deleted = {}
        self.syncs = {}
        self.links = []
        self._linked = set()
        self._late = []
        self.touched = []

    # what there is to do ----------------------------------------------------------------------

    def collect(self, chosen):
        session = self.session
        waiting = list(session._new) + [state for state in session._modified if state not in session._deleted]
        if chosen is not None:
            waiting = [state for state in waiting if state in chosen]
        for state in waiting:
            if state.orphaned:
                if state.key is None:
                    session._expunge_state(state)
                    continue
                self._mark_deleted(state)
        todo = [state for state in session._deleted if chosen is None or state in chosen]
        for state in todo:
            self.deleted[state] = True
        for state in list(self.deleted):
            self._deleted_relationships(state)
        for state in waiting:
            if state not in self.deleted and state.session_ref is session:
                self.touched.append(state)
                self.saved[state] = True
        for state in list(self.saved):
            self._relationships(state)
        for state in list(self.saved):
            if state in self.deleted:
                del self.saved[state]

    def _mark_deleted(self, state):
        from .cascades import reach

        for one in [state] + list(reach(state, "delete")):
            if one.key is not None and one not in self.session._deleted:
                self.session._mark_deleted(one)

    def _deleted_relationships(self, state):
        for prop in list(state.mapper.props.values()):
            if not prop.is_relationship or prop.viewonly:
                continue
            prop.configure()
            load = not prop.passive_deletes
            if prop.direction is ONETOMANY and "delete" not in prop.cascade and prop.passive_deletes != "all":
                known = prop.history(state, state.dict)
                items = prop.members_of(state, load=load) + [one for one in known.deleted or () if one is not None]
                for item in items:
                    other = instance_state(item)
                    if other not in self.deleted and other.key is not None and other not in self.session._deleted:
                        self._blank(prop, other)
            elif prop.direction is ONETOMANY:
                for item in prop.members_of(state, load=False):
                    other = instance_state(item)
                    if other.key is not None and other not in self.deleted:
                        self.session._mark_deleted(other)
                        self.deleted[other] = True
                        self._deleted_relationships(other)
            elif prop.direction is MANYTOMANY:
                before = state.committed.get(prop.key)
                items = list(before) if isinstance(before, list) else prop.members_of(state, load=load)
                for item in items:
                    self._link(prop, state, instance_state(item), "delete")

    def _relationships(self, state):
        have = state.dict
        for key, prop in list(state.mapper.props.items()):
            if not prop.is_relationship or prop.viewonly:
                continue
            if key not in state.committed and not (state.queued and key in state.queued) \
                    and not (state.key is None and key in have) and not getattr(have.get(key), "_is_dynamic", False):
                continue
            prop.configure()
            history = prop.history(state, have)
            if prop.direction is ONETOMANY:
                self._one_to_many(prop, state, history)
            elif prop.direction is MANYTOONE:
                self._many_to_one(prop, state, history)
            else:
                self._many_to_many(prop, state, history)

    def _present(self, item, prop):
        """The state of a related object, when the session has it."""
        other = instance_state(item)
        if other.session_ref is not self.session:
            import warnings

            from sqlalchemy.exc import SAWarning

            warnings.warn(
                f"Object of type <{other.mapper.class_.__name__}> not in session, add operation along '{prop}' will "
                "not proceed", SAWarning,
            )
            return None
        return other

    def _one_to_many(self, prop, state, history):
        for item in history.deleted or ():
            if item is None:
                continue
            other = instance_state(item)
            if other in self.deleted or other.key is None:
                continue
            if "delete-orphan" in prop.cascade:
                if other.orphaned and other.session_ref is self.session:
                    self._mark_deleted(other)
                    self.deleted[other] = True
                    self._deleted_relationships(other)
            else:
                self._blank(prop, other)
        for item in history.added or ():
            other = self._present(item, prop) if item is not None else None
            if other is not None and other not in self.deleted:
                self._sync(other, prop, state)

    def _many_to_one(self, prop, state, history):
        for item in history.added or ():
            if item is None:
                for source, fk in prop.condition.pairs:
                    persistence.assign(state, fk, None)
                continue
            other = self._present(item, prop)
            if other is not None and other not in self.deleted:
                self._sync(state, prop, other)

    def _many_to_many(self, prop, state, history):
        for item in history.deleted or ():
            other = instance_state(item)
            if other.key is not None:
                self._link(prop, state, other, "delete")
        for item in history.added or ():
            other = self._present(item, prop) if item is not None else None
            if other is not None:
                self._link(prop, state, other, "insert")

    def _blank(self, prop, child):
        """A child that lost its parent: its foreign key becomes NULL, unless it has another parent by now."""
        from .relationships import members

        for reverse in prop.reverse:
            if reverse.direction is MANYTOONE and child.dict.get(reverse.key) is not None and reverse.key in child.committed:
                return
        for _, fk in prop.condition.pairs:
            key = child.mapper.property_of_column(fk)
            if any(column in set(child.mapper.primary_key) for column in key.columns):
                raise AssertionError(
                    f"Dependency rule on column '{fk}' tried to blank-out primary key column '{fk}' on instance "
                    f"'<{child.mapper.class_.__name__}>'"
                )
            persistence.assign(child, fk, None)
        if child.session_ref is self.session:
            self.saved[child] = True
        del members

    def _sync(self, child, prop, parent):
        """`child` gets its foreign key from `parent` before it is written."""
        self.syncs.setdefault(child, []).append((prop, parent))
        if child.session_ref is self.session:
            self.saved[child] = True

    def _link(self, prop, state, other, kind):
        """A row of an association table; the other direction of the relationship tells it again."""
        first = min([prop] + list(prop.reverse), key=id)
        pair = (state, other) if first is prop else (other, state)
        mark = (id(first), pair, kind)
        if mark not in self._linked:
            self._linked.add(mark)
            self.links.append((kind, prop, state, other))

    # doing it ---------------------------------------------------------------------------------

    def run(self):
        groups = {}
        for state in self.saved:
            groups.setdefault(state.mapper.base_mapper, []).append(state)
        gone = {}
        for state in self.deleted:
            gone.setdefault(state.mapper.base_mapper, []).append(state)
        order = ranked(list(groups) + [one for one in gone if one not in groups])
        self._row_switches(groups, gone)
        for mapper in order:
            if mapper in groups:
                self._save(mapper, groups[mapper])
        for child, prop, parent in self._late:
            self._copy_key(child, prop, parent)
            persistence.update(self.session, [child])
        self._write_links()
        for mapper in reversed(order):
            if mapper in gone:
                states = [state for state in gone[mapper] if state in self.deleted]
                persistence.delete(self.session, list(reversed(self._sorted(states, True))))

    def _row_switches(self, groups, gone):
        """A new object with the key of a deleted one becomes an UPDATE of its row."""
        for mapper, states in groups.items():
            if mapper not in gone:
                continue
            by_key = {state.key: state for state in gone[mapper]}
            for state in states:
                if state.key is None:
                    ident = [state.dict.get(name) for name in state.mapper.primary_key_names()]
                    old = by_key.get(mapper.identity_key_from_primary_key(ident))
                    if old is not None:
                        del self.deleted[old]
                        self.session._expunge_state(old)
                        persistence.take_over(self.session, state, old)

    def _save(self, mapper, states):
        new = [state for state in states if state.key is None]
        fresh = set(new)
        later = []
        now = []
        for state in states:
            if state.key is None:
                continue
            waits = any(parent in fresh for _, parent in self.syncs.get(state, ()))
            (later if waits else now).append(state)
        self._apply(now)
        persistence.update(self.session, now)
        ordered = self._sorted(new, False)
        batch = []
        for state in ordered:
            if any(parent in batch for _, parent in self.syncs.get(state, ())):
                persistence.insert(self.session, batch)
                batch = []
            self._apply([state])
            batch.append(state)
        persistence.insert(self.session, batch)
        self._apply(later)
        persistence.update(self.session, later)

    def _apply(self, states):
        for state in states:
            for prop, parent in self.syncs.get(state, ()):
                if parent.key is None and not persistence.has_key(parent, prop):
                    self._late.append((state, prop, parent))
                else:
                    self._copy_key(state, prop, parent)

    def _copy_key(self, child, prop, parent):
        for source, fk in prop.condition.pairs:
            value = getattr(parent.obj(), parent.mapper.property_of_column(source).key)
            persistence.assign(child, fk, value)

    def _sorted(self, states, deleting):
        """Parents first, otherwise in the order in which the objects were added."""
        inside = set(states)
        needs = {}
        for state in states:
            for _, parent in self.syncs.get(state, ()) if not deleting else ():
                if parent in inside:
                    needs.setdefault(state, []).append(parent)
            if deleting:
                self._needs_of_deleted(state, inside, needs)
        if not needs:
            return sorted(states, key=lambda one: one.insert_order or 0) if not deleting else states
        ordered = []
        done = set()

        def visit(state):
            if state in done:
                return
            done.add(state)
            for parent in needs.get(state, ()):
                visit(parent)
            ordered.append(state)

        for state in sorted(states, key=lambda one: one.insert_order or 0):
            visit(state)
        return ordered

    def _needs_of_deleted(self, state, inside, needs):
        for prop in state.mapper.props.values():
            if not prop.is_relationship or prop.viewonly or prop.mapper.base_mapper is not state.mapper.base_mapper:
                continue
            for item in prop.members_of(state, load=False):
                other = instance_state(item)
                if other in inside and prop.direction is ONETOMANY:
                    needs.setdefault(other, []).append(state)
                elif other in inside and prop.direction is MANYTOONE:
                    needs.setdefault(state, []).append(other)

    def _write_links(self):
        for kind in ("delete", "insert"):
            by_table = {}
            for one, prop, state, other in self.links:
                if one == kind:
                    by_table.setdefault(prop.secondary, []).append(self._link_row(prop, state, other))
            for table, rows in by_table.items():
                persistence.write_links(self.session, kind, table, rows)

    def _link_row(self, prop, state, other):
        row = {}
        for source, column in prop.condition.pairs:
            row[column.key] = getattr(state.obj(), state.mapper.property_of_column(source).key)
        for source, column in prop.condition.secondary_pairs:
            row[column.key] = getattr(other.obj(), other.mapper.property_of_column(source).key)
        return row

    def finish(self):
        from .dynamic import settle

        for state in list(self.saved) + self.touched:
            if state not in self.deleted:
                state.orphaned = None
                state.commit_all()
                if any(p.is_relationship and p.lazy in ("dynamic", "write_only") for p in state.mapper.props.values()):
                    settle(state)
        for state in list(self.session._modified):
            if state.key is not None and state not in self.session._deleted and not state.committed and not state.queued:
                state.commit_all()


def ranked(mappers):
    """Base mappers with those first whose tables the others refer to."""
    by_table = {}
    for mapper in mappers:
        for one in mapper.self_and_descendants:
            for table in one.tables:
                by_table[table] = mapper
    needs = {mapper: [] for mapper in mappers}
    for mapper in mappers:
        for one in mapper.self_and_descendants:
            for table in one.tables:
                for column in table.columns:
                    for key in column.foreign_keys:
                        _need(needs, mapper, by_table, key)
            for prop in one.props.values():
                if prop.is_relationship and prop.entity is not None and prop.configured and not prop.viewonly:
                    other = prop.entity.base_mapper
                    if other in needs and other is not mapper and prop.direction is MANYTOONE:
                        needs[mapper].append(other)
                    elif other in needs and other is not mapper and prop.direction is ONETOMANY:
                        needs[other].append(mapper)
    ordered = []
    done = set()

    def visit(mapper):
        if mapper in done:
            return
        done.add(mapper)
        for other in needs[mapper]:
            visit(other)
        ordered.append(mapper)

    for mapper in mappers:
        visit(mapper)
    return ordered


def _need(needs, mapper, by_table, key):
    from sqlalchemy.exc import SQLAlchemyError

    try:
        target = by_table.get(key.column.table)
    except SQLAlchemyError:
        return
    if target is not None and target is not mapper:
        needs[mapper].append(target)
