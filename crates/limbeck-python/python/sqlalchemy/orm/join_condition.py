"""How two mapped classes hang together: which columns join them, and in which direction.

Knows tables, columns and foreign keys; nothing of objects or sessions.
"""

from sqlalchemy.exc import AmbiguousForeignKeysError, ArgumentError, NoForeignKeysError, NoReferenceError

from .clauses import and_all, column_pairs, columns_of, marks_of, plain

ONETOMANY = "ONETOMANY"
MANYTOONE = "MANYTOONE"
MANYTOMANY = "MANYTOMANY"


class JoinCondition:
    """Join clauses, the direction and the pairs of columns that are kept equal."""

    def __init__(self, name, parent, target, primaryjoin, secondaryjoin, secondary, foreign_keys, remote_side,
                 parent_local=None):
        self.name = name
        self.parent_columns = set(parent.all_columns)
        self.target_columns = set(target.all_columns)
        self.secondary = secondary
        self.foreign = set(foreign_keys)
        self.remote = set(remote_side)
        if secondary is not None:
            if primaryjoin is None:
                primaryjoin = self._find(parent.tables, [secondary])
            if secondaryjoin is None:
                secondaryjoin = self._find(target.tables, [secondary])
        elif primaryjoin is None:
            primaryjoin = self._find(parent.tables, target.tables)
        self._read_marks(primaryjoin)
        self.primaryjoin = plain(primaryjoin)
        self.secondaryjoin = None if secondaryjoin is None else plain(secondaryjoin)
        self._pair()

    def _find(self, left, right):
        """The equalities that foreign keys between the tables ask for."""
        groups = {}
        ours, theirs = set(map(id, left)), set(map(id, right))
        for side, tables, others in ((0, left, theirs), (1, right, ours)):
            if side and ours == theirs:
                break
            for table in tables:
                for column in table.columns:
                    for key in column.foreign_keys:
                        try:
                            target = key.column
                        except NoReferenceError:
                            continue
                        if id(target.table) in others and (not self.foreign or column in self.foreign):
                            group = groups.setdefault(id(key.constraint or key), [])
                            group.append((target, column))
        if not groups:
            raise NoForeignKeysError(
                f"Could not determine join condition between parent/child tables on relationship {self.name} - there "
                "are no foreign keys linking these tables.  Ensure that referencing columns are associated with a "
                "ForeignKey or ForeignKeyConstraint, or specify a 'primaryjoin' expression."
            )
        if len(groups) > 1:
            distinct = {tuple(sorted((id(a), id(b)) for a, b in group)) for group in groups.values()}
            if len(distinct) > 1:
                raise AmbiguousForeignKeysError(
                    f"Could not determine join condition between parent/child tables on relationship {self.name} - "
                    "there are multiple foreign key paths linking the tables.  Specify the 'foreign_keys' argument, "
                    "providing a list of those columns which should be counted as containing a foreign key reference "
                    "to the parent table."
                )
        pairs = next(iter(groups.values()))
        return and_all([target == column for target, column in pairs])

    def _read_marks(self, clause):
        for column, mark in marks_of(clause):
            (self.foreign if mark == "foreign" else self.remote).add(column)

    def _pair(self):
        """Fills direction, synchronize_pairs (source, destination) and local_remote_pairs."""
        if self.secondary is not None:
            self.direction = MANYTOMANY
            inside = set(self.secondary.columns)
            self.pairs = self._sided(self.primaryjoin, inside)
            self.secondary_pairs = self._sided(self.secondaryjoin, inside)
            self.local_columns = {source for source, _ in self.pairs}
            self.local_remote_pairs = list(self.pairs)
            return
        found = []
        for left, right in column_pairs(self.primaryjoin):
            if self._is_foreign(right, left):
                found.append((left, right))
            elif self._is_foreign(left, right):
                found.append((right, left))
        if not found:
            raise ArgumentError(
                f"Could not locate any relevant foreign key columns for primary join condition "
                f"'{self.primaryjoin}' on relationship {self.name}.  Ensure that referencing columns are associated "
                "with a ForeignKey or ForeignKeyConstraint, or are annotated in the join condition with the "
                "foreign() annotation."
            )
        self.pairs = found
        self.secondary_pairs = []
        self.direction = self._direction(found)
        if self.direction is MANYTOONE:
            self.local_remote_pairs = [(fk, source) for source, fk in found]
        else:
            self.local_remote_pairs = [(source, fk) for source, fk in found]
        self.local_columns = {local for local, _ in self.local_remote_pairs}

    def _is_foreign(self, column, other):
        if self.foreign:
            return column in self.foreign
        for key in column.foreign_keys:
            try:
                if key.column is other or key.column in other.base_columns:
                    return True
            except (NoReferenceError, AttributeError):
                continue
        return False

    def _direction(self, found):
        keys = {fk for _, fk in found}
        in_target = keys <= self.target_columns
        in_parent = keys <= self.parent_columns
        if in_target and in_parent:
            if self.remote:
                return ONETOMANY if keys & self.remote else MANYTOONE
            return ONETOMANY
        return ONETOMANY if in_target else MANYTOONE

    def _sided(self, clause, inside):
        found = []
        for left, right in column_pairs(clause):
            if right in inside:
                found.append((left, right))
            elif left in inside:
                found.append((right, left))
        return found

    def is_self_referential(self):
        """Whether both sides are the same tables."""
        return bool(self.parent_columns & self.target_columns)

    def local_side(self, clause):
        """The columns in `clause` that belong to the object one starts from."""
        found = set()
        for column in columns_of(clause):
            if column in self.local_columns:
                if not (self.is_self_referential() and column in {r for _, r in self.local_remote_pairs}):
                    found.add(column)
            elif column in self.parent_columns and column not in self.target_columns:
                found.add(column)
        return found
