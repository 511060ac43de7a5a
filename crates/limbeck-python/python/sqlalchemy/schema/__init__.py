"""Tables, columns, constraints and the statements that make them, by their public names."""

from sqlalchemy.schema.column import Column, insert_sentinel
from sqlalchemy.schema.constraint import (
    CheckConstraint,
    ColumnCollectionConstraint,
    ColumnCollectionMixin,
    Constraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.schema.default import (
    ColumnDefault,
    Computed,
    DefaultClause,
    DefaultGenerator,
    FetchedValue,
    Identity,
    IdentityOptions,
    Sequence,
)
from sqlalchemy.schema.foreign_key import ForeignKey, ForeignKeyConstraint
from sqlalchemy.schema.index import Index
from sqlalchemy.schema.item import (
    BLANK_SCHEMA,
    NULL_UNSPECIFIED,
    RETAIN_SCHEMA,
    DialectKWArgs,
    SchemaConst,
    SchemaItem,
    get_table_key,
)
from sqlalchemy.schema.naming import _NONE_NAME, DEFAULT_NAMING_CONVENTION
from sqlalchemy.types.schema_type import SchemaEventTarget, SchemaType

HasSchemaAttr = SchemaItem
SchemaVisitable = SchemaItem
_get_table_key = get_table_key

_LATER = {"Table": "table", "MetaData": "metadata"}
_DDL = (
    "AddConstraint BaseDDLElement CreateColumn CreateIndex CreateSchema CreateSequence CreateTable DDL DDLElement "
    "DropColumnComment DropConstraint DropIndex DropSchema DropSequence DropTable DropTableComment "
    "ExecutableDDLElement SetColumnComment SetTableComment _CreateDropBase sort_tables sort_tables_and_constraints"
)
_LATER.update((name, "ddl") for name in _DDL.split())


def __getattr__(name):
    module = _LATER.get(name)
    if module is None:
        if name == "conv":
            from sqlalchemy.sql.elements import conv

            return conv
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "sqlalchemy.schema." + module
    value = getattr(__import__(module, fromlist=[name]), name)
    globals()[name] = value
    return value
