"""`target_metadata` as data: what the models want the database to contain."""

from limbeck_autogenerate.names import compact, pair
from limbeck_autogenerate.schema_data import Converter, sequence_options
from limbeck_autogenerate.type_data import NoType, variants_of
from sqlalchemy import types


class Models:
    """One or several `MetaData` as one wanted schema, with the way back from data to the model's own objects."""

    def __init__(self, metadata, dialect, prefix="sa.", default_schema=None):
        self.metadata = list(metadata) if isinstance(metadata, (list, tuple)) else [metadata]
        self.dialect = dialect
        self._types = {}
        self._converter = Converter(dialect, True, self._remember, prefix, default_schema)
        self._tables = None

    def _remember(self, module, text, given):
        self._types[module, text] = given

    @property
    def converter(self):
        """What makes data of the model's objects."""
        return self._converter

    @property
    def tables(self):
        """The tables by schema and name; those of the default schema have none.

        Raises `ValueError` when two metadata have the same table.
        """
        if self._tables is None:
            self._tables = {}
            for metadata in self.metadata:
                for table in metadata.tables.values():
                    key = pair(self._converter.qualified(table.name, table.schema))
                    if key in self._tables:
                        raise ValueError(
                            "Duplicate table keys across multiple MetaData objects: \"%s\"" % (table.key,)
                        )
                    self._tables[key] = table
        return self._tables

    def renames(self):
        """What tables and columns were called before: `info={"renamed_from": "old"}`."""
        found = []
        for (schema, name), table in self.tables.items():
            place = [schema] if schema else []
            before = table.info.get("renamed_from")
            if before:
                found.append({"from": place + [str(before)], "to": place + [name]})
            for column in table.columns:
                old = column.info.get("renamed_from")
                if old:
                    owner = place + [name]
                    found.append({"from": owner + [str(old)], "to": owner + [column.name]})
        return found

    def type_of(self, module, text):
        """The type that was converted to those words; None where none was."""
        return self._types.get((module, text))

    def column(self, table, name):
        """A column of the model by the qualified name of its table; None where there is none."""
        found = self.table(table)
        if found is None:
            return None
        for column in found.columns:
            if column.name == name:
                return column
        return None

    def table(self, name):
        """A table of the model by its qualified name, in data; None where there is none."""
        schema, name = pair(name)
        return self.tables.get((schema, name))

    def database(self):
        """The whole as data."""
        found = {"tables": [self._table(table) for table in self.tables.values() if not is_view(table)]}
        schemas = {schema for schema, _ in self.tables if schema}
        if self.dialect.name == "postgresql":
            enums, domains = self._own_types()
            schemas |= {pair(one["name"])[0] for one in enums + domains} - {None}
            found.update(compact(enums=enums, domains=domains))
        if self.dialect.name in ("postgresql", "mariadb"):
            sequences = self._sequences()
            schemas |= {pair(one["name"])[0] for one in sequences} - {None}
            found.update(compact(sequences=sequences))
        found.update(compact(schemas=[{"name": schema} for schema in sorted(schemas)]))
        return found

    def _table(self, table):
        try:
            found = self._converter.table(table)
            if self.dialect.name == "postgresql":
                for column in found["columns"]:
                    _without_type(column["data_type"])
            return found
        except NoType:
            untyped = [column.name for column in table.columns if type(column.type).__name__ == "NullType"]
            raise NoType("%s.%s has no type in the model" % (table.fullname, ", ".join(untyped) or "?"))

    def _own_types(self):
        """The enums and domains that the columns have."""
        enums, domains = {}, {}
        for table in self.tables.values():
            for column in table.columns:
                for given in self._defined(column.type):
                    name = self._converter.qualified(given.name, given.schema)
                    if given.__visit_name__ == "DOMAIN":
                        domains.setdefault(pair(name), self._domain(given, name))
                    else:
                        enums.setdefault(pair(name), {"name": name, "values": list(given.enums)})
        return list(enums.values()), list(domains.values())

    def _defined(self, given):
        """The types of the database's own within a type."""
        variants = variants_of(given)
        if variants is not None:
            base, others = variants
            yield from self._defined(others.get(self.dialect.name, base))
            return
        if hasattr(given, "enums"):
            if given.native_enum and given.name:
                yield given
        elif given.__visit_name__ == "DOMAIN":
            yield given
        elif hasattr(given, "item_type"):
            yield from self._defined(given.item_type)
        elif isinstance(given, types.TypeDecorator):
            inner = given.type_engine(self.dialect)
            if inner is not given:
                yield from self._defined(inner)

    def _domain(self, given, name):
        checks = []
        if given.check is not None:
            check = compact(name=given.constraint_name)
            check["condition"] = {"expression": self._converter.text(given.check)}
            checks.append(check)
        return dict(
            compact(
                collation=given.collation,
                default=self._converter.default(given.default),
                not_null=bool(given.not_null),
                checks=checks,
            ),
            name=name,
            data_type=Converter(self.dialect).type(given.data_type),
        )

    def _sequences(self):
        found = {}
        for metadata in self.metadata:
            for sequence in (getattr(metadata, "_sequences", None) or {}).values():
                if getattr(sequence, "optional", False) and self.dialect.name == "postgresql":
                    continue
                name = self._converter.qualified(sequence.name, sequence.schema)
                one = dict(compact(options=sequence_options(sequence)), name=name)
                if sequence.data_type is not None:
                    one["data_type"] = Converter(self.dialect).type(sequence.data_type)
                found[pair(name)] = one
        return [found[key] for key in sorted(found, key=str)]


def _without_type(data):
    """Enum types are listed for themselves, so that no table brings one along."""
    if not isinstance(data, dict):
        return
    ((kind, fields),) = data.items()
    if kind == "enum":
        if fields.get("native", True) and fields.get("name") is not None:
            fields["create_type"] = False
    elif kind == "array":
        _without_type(fields["item"])
    elif kind == "modelled":
        _without_type(fields["data_type"])
    elif kind == "variants":
        _without_type(fields["base"])
        for other in fields["by_dialect"].values():
            _without_type(other)


def is_view(table):
    """Whether a table stands for a view that somebody else makes: the mark of Alembic's cookbook."""
    return bool(table.info.get("is_view"))
