"""What the project leaves out of a comparison: `include_name` and `include_object`, asked with real objects."""

from limbeck_autogenerate.names import pair, plain
from limbeck_autogenerate.schema_data import constraints_of

# What the filters call the kinds of constraints; the others are not asked about.
_CONSTRAINTS = {
    "unique": "unique_constraint",
    "foreign_key": "foreign_key_constraint",
    "check": "check_constraint",
}
_VISITS = {
    "unique_constraint": "unique",
    "foreign_key_constraint": "foreign_key",
    "check_constraint": "check",
    "table_or_column_check_constraint": "check",
    "column_check_constraint": "check",
}


class LeftOut:
    """Places of what is left out of one side: positions in the lists of its data."""

    def __init__(self):
        self.tables, self.columns, self.constraints, self.indexes = [], [], [], []

    def data(self):
        """As data."""
        return {
            "tables": self.tables,
            "columns": self.columns,
            "constraints": self.constraints,
            "indexes": self.indexes,
        }


class Filters:
    """Asks the filters of one `context.configure()` about two schemas."""

    def __init__(self, opts, models, reflected):
        self._name, self._object = opts.get("include_name"), opts.get("include_object")
        self._models, self._reflected = models, reflected
        self.actual, self.declared = LeftOut(), LeftOut()

    def run(self, actual, declared):
        """Fills in what is left out. `actual` and `declared` are both schemas' data; names in the default schema have none."""
        if self._name is None and self._object is None:
            return
        schemas = {}
        mine = {pair(table["name"]): place for place, table in enumerate(declared["tables"])}
        for place, table in enumerate(actual["tables"]):
            name = pair(table["name"])
            other = mine.pop(name, None)
            if name[0] not in schemas:
                schemas[name[0]] = self._named(name[0], "schema", {})
            if not schemas[name[0]] or not self._named(name[1], "table", {"schema_name": name[0]}):
                self.actual.tables.append(place)
                if other is not None:
                    self.declared.tables.append(other)
                continue
            self._existing(name, place, other)
        for name, other in mine.items():
            if name[0] not in schemas:
                schemas[name[0]] = self._named(name[0], "schema", {})
            table = self._models.table(declared["tables"][other]["name"])
            if not schemas[name[0]] or not self._wanted(table, name[1], "table", False, None):
                self.declared.tables.append(other)
                continue
            for position, index in enumerate(self._indexes(table)):
                if not self._wanted(index, index.name, "index", False, None):
                    self.declared.indexes.append([other, position])

    def _named(self, name, kind, parents):
        if self._name is None:
            return True
        if "schema_name" in parents:
            table = name if kind == "table" else parents.get("table_name")
            schema = parents["schema_name"]
            parents["schema_qualified_table_name"] = "%s.%s" % (schema, table) if schema else table
        return bool(self._name(name, kind, parents))

    def _wanted(self, item, name, kind, reflected, other):
        return self._object is None or bool(self._object(item, name, kind, reflected, other))

    def _existing(self, name, place, other):
        """A table of the database, and of the models when `other` is its place there."""
        data = self._reflected.data(name)
        theirs = self._reflected.table(name) if self._object is not None else None
        if other is None:
            if not self._wanted(theirs, name[1], "table", True, None):
                self.actual.tables.append(place)
                return
            if self._object is not None:
                self._indexes_of_gone(name, place, data)
            return
        ours = self._table(name)
        if not self._wanted(ours, name[1], "table", False, theirs):
            self.actual.tables.append(place)
            self.declared.tables.append(other)
            return
        self._columns(name, place, other, data, theirs, ours)
        self._parts(name, place, other, data, ours)

    def _table(self, name):
        return self._models.table({"schema": name[0], "name": name[1]} if name[0] else name[1])

    def _indexes(self, table):
        return self._models.converter.made_indexes(table)

    def _indexes_of_gone(self, name, place, data):
        for position in range(len(data.get("indexes", ()))):
            index = self._reflected.index(name, position)
            if not self._wanted(index, index.name, "index", True, None):
                self.actual.indexes.append([place, position])

    def _columns(self, name, place, other, data, theirs, ours):
        mine = {str(column.name): (position, column) for position, column in enumerate(ours.columns)}
        parents = {"table_name": name[1], "schema_name": name[0]}
        for position, column in enumerate(data["columns"]):
            column_name = plain(column["name"])
            of_model = mine.pop(column_name, None)
            keeps = self._named(column_name, "column", dict(parents))
            if keeps and self._object is not None:
                their_column = theirs.c[column_name]
                if of_model is None:
                    keeps = self._wanted(their_column, column_name, "column", True, None)
                else:
                    keeps = self._wanted(of_model[1], column_name, "column", False, their_column)
            if not keeps:
                self.actual.columns.append([place, position])
                if of_model is not None:
                    self.declared.columns.append([other, of_model[0]])
        for column_name, (position, column) in mine.items():
            if not self._wanted(column, column_name, "column", False, None):
                self.declared.columns.append([other, position])

    def _parts(self, name, place, other, data, ours):
        """Indexes and constraints, paired by name, those without a name by their columns."""
        theirs = []
        for position, index in enumerate(data.get("indexes", ())):
            theirs.append(("index", "indexes", position, index, _index_key(index)))
        for position, constraint in enumerate(data.get("constraints", ())):
            ((kind, fields),) = constraint.items()
            if kind in _CONSTRAINTS:
                theirs.append((_CONSTRAINTS[kind], "constraints", position, fields, _key(kind, fields)))
        mine = []
        for position, index in enumerate(self._indexes(ours)):
            mine.append(("index", "indexes", position, index))
        constraints = [one for one in constraints_of(ours) if self._models.converter.is_for(one)]
        for position, constraint in enumerate(constraints):
            kind = _VISITS.get(constraint.__visit_name__)
            if kind is not None:
                mine.append((_CONSTRAINTS[kind], "constraints", position, constraint))
        parents = {"table_name": name[1], "schema_name": name[0]}
        for kind, where, position, fields, key in theirs:
            their_name = plain(fields["name"]) if fields.get("name") is not None else None
            match = next((one for one in mine if one[0] == kind and _matches(one[3], their_name, key)), None)
            keeps = kind == "check_constraint" or self._named(their_name, kind, dict(parents))
            if keeps and self._object is not None:
                keeps = self._asked(name, kind, where, position, their_name, match)
            if match is not None:
                mine.remove(match)
            if not keeps:
                getattr(self.actual, where).append([place, position])
                if match is not None:
                    getattr(self.declared, where).append([other, match[2]])
        for kind, where, position, item in mine:
            if not self._wanted(item, _name(item), kind, False, None):
                getattr(self.declared, where).append([other, position])

    def _asked(self, name, kind, where, position, their_name, match):
        item = getattr(self._reflected, "index" if where == "indexes" else "constraint")(name, position)
        if item is None:
            return True
        if match is None:
            return self._wanted(item, their_name, kind, True, None)
        # Who asks for a name gets the one there is.
        return self._wanted(match[3], _name(match[3]) or their_name, kind, False, item)


def _name(item):
    return item.name if isinstance(item.name, str) else None


def _index_key(index):
    return [plain(value) for element in index["elements"] for value in element["key"].values()]


def _key(kind, fields):
    return None if kind == "check" else [plain(column) for column in fields["columns"]]


def _matches(item, name, key):
    """Whether an item of the model is the database's of that name, or of those columns where the model says no name."""
    own = _name(item)
    if own is not None and name is not None:
        return str(own) == name
    if key is None:
        return False
    columns = getattr(item, "columns", None)
    if columns is None:
        return False
    if hasattr(item, "elements"):
        return [element.parent.name for element in item.elements] == key
    return sorted(column.name for column in columns) == sorted(key)
