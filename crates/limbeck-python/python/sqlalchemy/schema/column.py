"""Columns of tables."""

from sqlalchemy import exc
from sqlalchemy.schema.constraint import UniqueConstraint
from sqlalchemy.schema.default import ColumnDefault, Computed, DefaultClause, FetchedValue, Identity, Sequence
from sqlalchemy.schema.foreign_key import ForeignKey
from sqlalchemy.schema.index import Index
from sqlalchemy.schema.item import NULL_UNSPECIFIED, DialectKWArgs, SchemaItem, set_creation_order
from sqlalchemy.sql.base import NO_ARG
from sqlalchemy.sql.elements import ColumnClause, quoted_name
from sqlalchemy.types.engine import NULLTYPE, TypeEngine, to_instance


class _Ordered:
    """A set that keeps the order in which its items came."""

    def __init__(self, items=()):
        self._items = {id(item): item for item in items} if items else {}

    def add(self, item):
        self._items[id(item)] = item

    def discard(self, item):
        self._items.pop(id(item), None)

    def remove(self, item):
        del self._items[id(item)]

    def update(self, items):
        for item in items:
            self.add(item)

    def __contains__(self, item):
        return id(item) in self._items

    def __iter__(self):
        return iter([*self._items.values()])

    def __len__(self):
        return len(self._items)

    def __or__(self, other):
        return _Ordered(list(self) + list(other))

    union = __or__

    def difference(self, other):
        taken = {id(item) for item in other}
        return _Ordered(item for item in self if id(item) not in taken)

    __sub__ = difference

    def __repr__(self):
        return "{" + ", ".join(repr(item) for item in self) + "}" if self._items else "set()"


class Column(DialectKWArgs, SchemaItem, ColumnClause):
    """A column of a table."""

    __visit_name__ = "column"
    _is_schema_column = True
    inherit_cache = True
    computed = None
    identity = None
    # What a column is that says nothing of it: most say little, and each attribute that is set takes its time.
    primary_key = False
    index = unique = doc = comment = None
    system = _insert_sentinel = _omit_from_statements = False
    autoincrement = "auto"
    is_literal = False
    _attached = ()

    def __init__(
        self,
        name_pos=None,
        type_pos=None,
        /,
        *args,
        name=None,
        type_=None,
        autoincrement="auto",
        default=NO_ARG,
        insert_default=NO_ARG,
        doc=None,
        key=None,
        index=None,
        unique=None,
        info=None,
        nullable=NULL_UNSPECIFIED,
        onupdate=None,
        primary_key=False,
        server_default=None,
        server_onupdate=None,
        quote=None,
        system=False,
        comment=None,
        insert_sentinel=False,
        _omit_from_statements=False,
        _proxies=None,
        **dialect_kwargs,
    ):
        items = [name_pos, type_pos, *args]
        if isinstance(name_pos, str):
            if name is not None:
                raise exc.ArgumentError("May not pass name positionally and as a keyword.")
            name = items.pop(0)
        elif name_pos is None:
            items.pop(0)
        if items:
            first = items[0]
            if isinstance(first, TypeEngine) or (isinstance(first, type) and issubclass(first, TypeEngine)):
                if type_ is not None:
                    raise exc.ArgumentError("May not pass type_ positionally and as a keyword.")
                type_ = items.pop(0)
            elif first is None:
                items.pop(0)
        if name is not None:
            name = quoted_name(name, quote)
        elif quote is not None:
            raise exc.ArgumentError("Explicit 'name' is required when sending 'quote' argument")
        self.name = name
        self.table = None
        self.type = NULLTYPE if type_ is None else type_ if isinstance(type_, TypeEngine) else to_instance(type_)
        self.key = name if key is None else key
        self._user_defined_nullable = nullable
        self.nullable = nullable if nullable is not NULL_UNSPECIFIED else not primary_key
        if primary_key is not False:
            self.primary_key = primary_key
        if insert_sentinel or _omit_from_statements or system:
            self._insert_sentinel = insert_sentinel
            self._omit_from_statements = _omit_from_statements
            self.system = system
        if index is not None:
            self.index = index
        if unique is not None:
            self.unique = unique
        if doc is not None:
            self.doc = doc
        if autoincrement != "auto":
            self.autoincrement = autoincrement
        if comment is not None:
            self.comment = comment
        self.constraints = _Ordered()
        self.foreign_keys = _Ordered()
        if _proxies is not None:
            self._proxies = _proxies
        else:
            self._announce_type(self.type)
        if insert_default is not NO_ARG:
            default = insert_default
        if not (default is NO_ARG and onupdate is server_default is server_onupdate is None):
            items += self._defaults(default, onupdate, server_default, server_onupdate)
        if items:
            self._init_items(*items)
        set_creation_order(self)
        if info is not None:
            self.info = info
        if dialect_kwargs:
            self._validate_dialect_kwargs(dialect_kwargs)

    def _defaults(self, default, onupdate, server_default, server_onupdate):
        """The four defaults as items that join the column."""
        found = []
        for given, for_update in ((default, False), (onupdate, True)):
            if given is None or given is NO_ARG:
                continue
            if not isinstance(given, (ColumnDefault, Sequence)):
                given = ColumnDefault(given, for_update=for_update)
            found.append(given)
        for given, for_update in ((server_default, False), (server_onupdate, True)):
            if given is None:
                continue
            if isinstance(given, FetchedValue):
                given = given._as_for_update(for_update)
            else:
                given = DefaultClause(given, for_update=for_update)
            found.append(given)
        return found

    def _announce_type(self, type_):
        type_._set_parent_with_dispatch(self)
        if type_._variant_mapping:
            for other in type_._variant_mapping.values():
                other._set_parent_with_dispatch(self)

    def _set_type(self, type_):
        self.type = type_
        self._announce_type(type_)

    def __str__(self):
        if self.name is None:
            return "(no name)"
        if self.table is not None and getattr(self.table, "named_with_column", True):
            return f"{self.table.description}.{self.name}"
        return self.name

    def __repr__(self):
        shown = []
        if self.key != self.name:
            shown.append("key")
        shown += [name for name in ("primary_key",) if getattr(self, name)]
        if not self.nullable:
            shown.append("nullable")
        shown += [name for name in ("onupdate", "default", "server_default", "comment") if getattr(self, name)]
        parts = [repr(self.name), repr(self.type)]
        parts += [repr(item) for item in self.foreign_keys] + [repr(item) for item in self.constraints]
        parts.append(f"table=<{self.table.description}>" if self.table is not None else "table=None")
        return f"Column({', '.join(parts + [f'{name}={getattr(self, name)!r}' for name in shown])})"

    def references(self, column):
        return any(key.column is column for key in self.foreign_keys)

    def append_foreign_key(self, fk):
        fk._set_parent_with_dispatch(self)

    # -- places

    def _on_table_attach(self, function):
        """Calls `function(column, table)` when the column has its table."""
        if self.table is not None:
            function(self, self.table)
        else:
            self._attached = [*self._attached, function]

    def _set_parent(self, table, *, all_names=None, allow_replacements=False, **kw):
        if not self.name:
            raise exc.ArgumentError(
                "Column must be constructed with a non-blank name or assign a non-blank .name before adding to a "
                "Table."
            )
        if self.key is None:
            self.key = self.name
        if self.table is not None and self.table is not table:
            raise exc.ArgumentError(
                f"Column object '{self.key}' already assigned to Table '{self.table.description}'"
            )
        self._replace_namesake(table, allow_replacements)
        table._columns.replace(self)
        self.table = table
        if self.primary_key:
            table.primary_key._replace(self)
        elif self.key in table.primary_key._columns._index:
            raise exc.ArgumentError(
                f"Trying to redefine primary-key column '{self.key}' as a non-primary-key column on table "
                f"'{table.fullname}'"
            )
        if self.index or self.unique:
            self._add_flagged(table)
        if self.identity and isinstance(self.default, Sequence):
            raise exc.ArgumentError("An column cannot specify both Identity and Sequence.")

    def _replace_namesake(self, table, allow_replacements):
        own = self.name
        existing = table._columns._index.get(self.key)
        on = "name" if self.key == own else "key"
        if existing is None:
            for _, column in table._columns._collection:
                if column.name == own:
                    existing = column
                    break
            on = "name"
            if existing is not None and existing is not self and allow_replacements:
                table._columns.remove(existing)
        if existing is None or existing is self:
            return
        if not allow_replacements:
            shown = self.key if on == "key" else self.name
            raise exc.DuplicateColumnError(
                f"A column with {on} '{shown}' is already present in table '{table.name}'."
            )
        for key in existing.foreign_keys:
            table.foreign_keys.discard(key)
            table.constraints.discard(key.constraint)

    def _add_flagged(self, table):
        """What `index=True` and `unique=True` stand for."""
        if self.index:
            if isinstance(self.index, str):
                raise exc.ArgumentError(
                    "The 'index' keyword argument on Column is boolean only. To create indexes with a specific name, "
                    "create an explicit Index object external to the Table."
                )
            table.append_constraint(Index(None, self.key, unique=bool(self.unique), _column_flag=True))
        elif self.unique:
            if isinstance(self.unique, str):
                raise exc.ArgumentError(
                    "The 'unique' keyword argument on Column is boolean only. To create unique constraints or indexes "
                    "with a specific name, append an explicit UniqueConstraint to the Table's list of elements, or "
                    "create an explicit Index object external to the Table."
                )
            table.append_constraint(UniqueConstraint(self.key, _column_flag=True))

    def _set_parent_with_dispatch(self, parent, **kw):
        self._set_parent(parent, **kw)
        waiting = self._attached
        if waiting:
            self._attached = ()
            for function in waiting:
                function(self, parent)
        memos = parent.metadata._fk_memos
        if memos:
            for key in memos.get((parent.key, self.key), ()):
                key._take_type(self)

    # -- copies

    def _copy(self, **kw):
        items = [one._copy(**kw) for one in self.constraints if not one._type_bound]
        items += [one._copy(**kw) for one in self.foreign_keys if not one.constraint]
        server_default, server_onupdate = self.server_default, self.server_onupdate
        if isinstance(server_default, (Computed, Identity)):
            items.append(server_default._copy(**kw))
            server_default = server_onupdate = None
        else:
            server_default = server_default._copy() if server_default is not None else None
            server_onupdate = server_onupdate._copy() if server_onupdate is not None else None
        made = self._constructor(
            *items,
            name=self.name,
            type_=self.type.copy(**kw) if self.type._is_schema_type else self.type,
            key=self.key,
            primary_key=self.primary_key,
            unique=self.unique,
            system=self.system,
            index=self.index,
            autoincrement=self.autoincrement,
            default=self.default._copy() if self.default is not None else None,
            server_default=server_default,
            onupdate=self.onupdate._copy() if self.onupdate is not None else None,
            server_onupdate=server_onupdate,
            doc=self.doc,
            comment=self.comment,
            _omit_from_statements=self._omit_from_statements,
            insert_sentinel=self._insert_sentinel,
            **self.dialect_kwargs,
        )
        made.nullable = self.nullable
        made._user_defined_nullable = self._user_defined_nullable
        return self._schema_item_copy(made)

    def copy(self, **kw):
        return self._copy(**kw)

    @property
    def _constructor(self):
        return self.__class__

    def _make_proxy(self, selectable, name=None, key=None, **kw):
        """The column as it appears in a subquery or alias, with its keys."""
        made = Column(
            name or self.name,
            self.type,
            key=key or name or self.key,
            primary_key=self.primary_key,
            nullable=self.nullable,
            _proxies=[self],
        )
        for own in self.foreign_keys:
            target = own._resolve_column(raiseerr=False)
            copied = ForeignKey(target if target is not None else own._colspec, _constraint=own.constraint)
            copied.parent = made
            made.foreign_keys.add(copied)
        made.table = selectable
        return made.key, made


def insert_sentinel(name=None, type_=None, *, default=None, omit_from_statements=True):
    """A column that counts the rows of one INSERT."""
    from sqlalchemy.types.number import Integer

    return Column(
        name=name,
        type_=type_ or Integer(),
        default=default,
        _omit_from_statements=omit_from_statements,
        insert_sentinel=True,
    )
