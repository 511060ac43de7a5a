"""SQLAlchemy's tables, columns, constraints and indexes as the JSON of Limbeck's schema. Used by `operations_to_json.py`."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import elements, functions, operators
from sqlalchemy.sql.schema import SchemaConst
from type_to_json import TypeConverter, compact, identifier, qualified


class SchemaConverter(TypeConverter):
    """Converts tables and their parts for one dialect."""

    # -- expressions

    def expression(self, clause, **options):
        if isinstance(clause, str):
            return clause
        return self.ddl.sql_compiler.process(
            clause, include_table=False, literal_binds=True, **options
        )

    def default(self, default):
        """A server default: `None`, text, expression, computed or identity."""
        if default is None:
            return None
        if isinstance(default, sa.Computed):
            return {
                "computed": compact(expression=self.expression(default.sqltext))
                | ({} if default.persisted is None else {"persisted": default.persisted})
            }
        if isinstance(default, sa.Identity):
            return {
                "identity": compact(
                    always=bool(default.always), options=self.sequence_options(default)
                )
            }
        if isinstance(default, sa.DefaultClause):
            default = default.arg
        if isinstance(default, str):
            return {"literal": str(default)}
        return {"expression": self.ddl.sql_compiler.process(default, literal_binds=True)}

    @staticmethod
    def sequence_options(options):
        return {
            name: value
            for name, value in {
                "increment": options.increment,
                "start": options.start,
                "minimum": options.minvalue,
                "maximum": options.maxvalue,
                "no_minimum": options.nominvalue,
                "no_maximum": options.nomaxvalue,
                "cache": options.cache,
                "cycle": options.cycle,
            }.items()
            if value is not None
        }

    # -- columns

    def column(self, column):
        fields = {
            "name": identifier(column.name),
            "data_type": self.type(column.type),
            "nullable": bool(column.nullable),
        }
        unstated = column._user_defined_nullable is SchemaConst.NULL_UNSPECIFIED
        fields |= compact(
            nullable_unstated=unstated,
            default=self.default(column.server_default),
            comment=column.comment,
            checks=[self.check(check) for check in column.constraints],
            on_conflict=column.dialect_options["sqlite"]["on_conflict_not_null"],
        )
        if isinstance(column.autoincrement, bool):
            fields["autoincrement"] = column.autoincrement
        return fields

    # -- constraints

    @staticmethod
    def deferral(constraint):
        fields = {}
        if constraint.deferrable is not None:
            fields["deferrable"] = constraint.deferrable
        if constraint.initially is not None:
            fields["initially"] = constraint.initially
        return fields

    def postgresql(self, item, name):
        return item.dialect_options["postgresql"][name]

    def check(self, check):
        fields = compact(name=identifier(check.name), deferral=self.deferral(check))
        if check._type_bound:
            column = list(check.columns)[0]
            own = column.type
            fields["of_type"] = True
            if isinstance(own, sa.Enum):
                fields["condition"] = {
                    "one_of": {"column": identifier(column.name), "values": list(own.enums)}
                }
            else:
                fields["condition"] = {"zero_or_one": {"column": identifier(column.name)}}
        else:
            fields["condition"] = {"expression": self.expression(check.sqltext)}
        return fields | compact(
            not_valid=self.postgresql(check, "not_valid"),
            on_conflict=check.dialect_options["sqlite"]["on_conflict"],
        )

    def constraint(self, constraint):
        common = compact(name=identifier(constraint.name), deferral=self.deferral(constraint))
        if isinstance(constraint, sa.PrimaryKeyConstraint):
            columns = (
                constraint.columns_autoinc_first
                if constraint._implicit_generated
                else constraint.columns
            )
            using = constraint.get_dialect_option(
                self.dialect, "using", deprecated_fallback="mysql"
            ) if self.dialect.name in ("mysql", "mariadb") else None
            return {
                "primary_key": common
                | {"columns": [identifier(column.name) for column in columns]}
                | compact(
                    include=self.names(self.postgresql(constraint, "include")),
                    using=using,
                    on_conflict=self.conflict(constraint, "on_conflict_primary_key"),
                )
            }
        if isinstance(constraint, sa.UniqueConstraint):
            distinct = self.nulls_not_distinct(constraint)
            return {
                "unique": common
                | {"columns": [identifier(column.name) for column in constraint.columns]}
                | ({} if distinct is None else {"nulls_distinct": not distinct})
                | compact(
                    include=self.names(self.postgresql(constraint, "include")),
                    on_conflict=self.conflict(constraint, "on_conflict_unique"),
                )
            }
        if isinstance(constraint, sa.ForeignKeyConstraint):
            return {"foreign_key": common | self.foreign_key(constraint)}
        if isinstance(constraint, postgresql.ExcludeConstraint):
            return {"exclude": common | self.exclude(constraint)}
        return {"check": self.check(constraint)}

    def nulls_not_distinct(self, constraint):
        """PostgreSQL's option: meant for no other dialect."""
        if self.dialect.name != "postgresql":
            return None
        return self.postgresql(constraint, "nulls_not_distinct")

    @staticmethod
    def conflict(constraint, option):
        """SQLite's conflict clause: the constraint's own, or the option of its only column."""
        action = constraint.dialect_options["sqlite"]["on_conflict"]
        if action is None and len(constraint.columns) == 1:
            action = list(constraint)[0].dialect_options["sqlite"][option]
        return action

    @staticmethod
    def names(columns):
        return [identifier(getattr(column, "name", column)) for column in columns or []]

    def foreign_key(self, key):
        target = key.elements[0].column.table
        return {
            "columns": [identifier(element.parent.name) for element in key.elements],
            "target": qualified(target.name, target.schema),
            "target_columns": [identifier(element.column.name) for element in key.elements],
        } | compact(
            on_delete=key.ondelete,
            on_update=key.onupdate,
            matching=key.match,
            not_valid=self.postgresql(key, "not_valid"),
            added_later=bool(key.use_alter),
        )

    def exclude(self, exclude):
        parts = []
        for clause, _name, operator in exclude._render_exprs:
            part = {"key": self.index_key(clause), "operator": operator}
            if getattr(clause, "key", None) in exclude.ops:
                part["operator_class"] = exclude.ops[clause.key]
            parts.append(part)
        where = exclude.where
        return compact(
            using=exclude.using,
            elements=parts,
            predicate=None if where is None else self.expression(where),
        )

    # -- indexes

    def index_key(self, clause):
        if isinstance(clause, elements.ColumnClause) and not clause.is_literal:
            return {"column": identifier(clause.name)}
        if self.dialect.name in ("mysql", "mariadb") and self.wants_group(clause):
            clause = elements.Grouping(clause)
        elif self.dialect.name == "postgresql":
            clause = clause.self_group()
        return {"expression": self.expression(clause)}

    @staticmethod
    def wants_group(clause):
        ordering = (operators.desc_op, operators.asc_op)
        return (
            isinstance(clause, (elements.BinaryExpression, functions.FunctionElement))
            or isinstance(clause, elements.UnaryExpression)
            and clause.modifier not in ordering
        )

    def index(self, index):
        fields = compact(
            name=identifier(index.name),
            elements=[self.index_element(index, clause) for clause in index.expressions],
            unique=bool(index.unique),
        )
        if self.dialect.name in ("mysql", "mariadb"):
            fields |= compact(
                prefix=index.get_dialect_option(self.dialect, "prefix"),
                parser=index.get_dialect_option(
                    self.dialect, "with_parser", deprecated_fallback="mysql"
                ),
                using=index.get_dialect_option(self.dialect, "using", deprecated_fallback="mysql"),
            )
        elif self.dialect.name == "postgresql":
            options = index.dialect_options["postgresql"]
            where = options["where"]
            fields |= compact(
                using=options["using"] or None,
                include=self.names(options["include"]),
                parameters={key: str(value) for key, value in (options["with"] or {}).items()},
                tablespace=identifier(options["tablespace"]),
                predicate=None if where is None else self.expression(where),
            )
            if options["nulls_not_distinct"] is not None:
                fields["nulls_distinct"] = not options["nulls_not_distinct"]
        else:
            where = index.dialect_options["sqlite"]["where"]
            fields |= compact(predicate=None if where is None else self.expression(where))
        return fields

    def indexes(self, table):
        """A table's indexes by name: SQLAlchemy keeps a set, whose order changes from run to run."""
        return [self.index(one) for one in sorted(table.indexes, key=lambda one: one.name or "")]

    def index_element(self, index, clause):
        element = {"key": self.index_key(clause)}
        key = getattr(clause, "key", None)
        if self.dialect.name == "postgresql":
            ops_of = index.dialect_options["postgresql"]["ops"]
            element |= compact(operator_class=ops_of.get(key))
        elif self.dialect.name in ("mysql", "mariadb"):
            length = index.get_dialect_option(self.dialect, "length")
            if isinstance(length, dict):
                length = length.get(getattr(clause, "name", None))
            element |= compact(length=length)
        return element

    # -- tables

    def table(self, table, wanted):
        columns = [column for column in table.columns if column.name in wanted]
        constraints = [table.primary_key] if table.primary_key.columns else []
        constraints += [one for one in table._sorted_constraints if one is not table.primary_key]
        return {"name": qualified(table.name, table.schema)} | compact(
            columns=[self.column(column) for column in columns],
            constraints=[self.constraint(one) for one in constraints],
            indexes=self.indexes(table),
            comment=table.comment,
            prefixes=list(table._prefixes),
            options=self.table_options(table),
        )

    @staticmethod
    def table_options(table):
        lite, pg = table.dialect_options["sqlite"], table.dialect_options["postgresql"]
        inherits = pg["inherits"] or []
        inherits = inherits if isinstance(inherits, (list, tuple)) else [inherits]
        postgres = compact(
            inherits=[qualified(name) for name in inherits],
            partition_by=pg["partition_by"],
            using=pg["using"],
            on_commit=pg["on_commit"],
            tablespace=identifier(pg["tablespace"]),
        )
        if pg["with_oids"] is not None:
            postgres["with_oids"] = pg["with_oids"]

        def prefixed(prefix):
            return [
                {"name": key[len(prefix) :].upper(), "value": str(value)}
                for key, value in table.kwargs.items()
                if key.startswith(prefix)
            ]

        return compact(
            sqlite=compact(
                strict=lite["strict"],
                without_rowid=not lite["with_rowid"],
                autoincrement=lite["autoincrement"],
            ),
            postgresql=postgres,
            mysql=prefixed("mysql_"),
            mariadb=prefixed("mariadb_"),
        )
