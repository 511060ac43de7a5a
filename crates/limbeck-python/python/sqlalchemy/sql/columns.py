"""Columns by their names."""

from .elements import KeyedColumnElement
from .names import _anonymous_label, _truncated_label


class NamedColumn(KeyedColumnElement):
    """A column element with a name."""

    table = None

    @property
    def description(self):
        return self.name

    @property
    def _tq_label(self):
        return self._gen_tq_label(self.name)

    _label = _tq_label

    @property
    def _tq_key_label(self):
        proxy_key = self._proxy_key
        if proxy_key and proxy_key != self.name:
            return self._gen_tq_label(proxy_key)
        return self._tq_label

    def _gen_tq_label(self, name):
        return name

    def _bind_param(self, operator, value, type_=None, expanding=False):
        from .bound_values import BindParameter

        return BindParameter(
            self.key,
            value,
            type_,
            unique=True,
            expanding=expanding,
            _compared_to_operator=operator,
            _compared_to_type=self.type,
        )

    def _make_proxy(self, selectable, name=None, key=None):
        proxy = ColumnClause(name or self.name, self.type, _selectable=selectable)
        if name is None:
            proxy.key = self.key
        proxy._proxies = [self]
        return proxy.key, proxy


class ColumnClause(NamedColumn):
    """A column by its name: `column("id", Integer)`. `Column` of a table is one too."""

    __visit_name__ = "column"
    table = None
    onupdate = None
    default = None
    server_default = None
    server_onupdate = None
    autoincrement = False
    nullable = True

    def __init__(self, text, type_=None, is_literal=False, _selectable=None):
        self.key = self.name = text
        self.table = _selectable
        if type_ is not None:
            self.type = type_() if isinstance(type_, type) else type_
        self.is_literal = is_literal

    def get_children(self, **kw):
        return ()

    @property
    def entity_namespace(self):
        if self.table is not None:
            return self.table.entity_namespace
        return super().entity_namespace

    @property
    def _from_objects(self):
        table = self.table
        return (table,) if table is not None else ()

    @property
    def _is_star(self):
        return self.is_literal and self.name == "*"

    @property
    def _render_label_in_columns_clause(self):
        return self.table is not None

    @property
    def _ddl_label(self):
        return self.name

    def _gen_tq_label(self, name):
        table = self.table
        if self.is_literal:
            return None
        if table is None or not getattr(table, "named_with_column", False):
            return name
        schema = getattr(table, "schema", None)
        if schema:
            label = schema.replace(".", "_") + "_" + table.name + "_" + name
        else:
            label = table.name + "_" + name
        if isinstance(label, _anonymous_label):
            return label
        if label in table.c:
            base = label
            counter = 1
            while label in table.c:
                label = "%s_%d" % (base, counter)
                counter += 1
        return _truncated_label(label)

    def _make_proxy(self, selectable, name=None, key=None):
        if self.is_literal and name is None:
            name = self._anon_name_label
        proxy = ColumnClause(name or self.name, self.type, _selectable=selectable)
        if name is None:
            proxy.key = self.key
        proxy._proxies = [self]
        return proxy.key, proxy
