"""The object behind `context.get_impl()`: what a project may ask about a database's DDL. The DDL itself is the engine's."""

from alembic.ddl.operations import SchemaChanges

_TRANSACTIONAL = ("postgresql", "mssql")


class DefaultImpl(SchemaChanges):
    """What is asked about a dialect. A subclass with `__dialect__` is remembered, as plug-ins for other databases expect."""

    __dialect__ = "default"
    transactional_ddl = False
    command_terminator = ";"
    type_synonyms = ({"NUMERIC", "DECIMAL"},)
    _subclasses = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        name = cls.__dict__.get("__dialect__")
        if name:
            DefaultImpl._subclasses[name] = cls

    def __init__(self, context):
        self.context = context
        self.dialect = context.dialect
        self.as_sql = context.as_sql
        self.context_opts = context.opts
        # What was done in this run and is not done again.
        self.memo = {}
        self.literal_binds = context.opts.get("literal_binds", False)
        given = context.opts.get("transactional_ddl")
        self.transactional_ddl = self.dialect.name in _TRANSACTIONAL if given is None else given

    @property
    def connection(self):
        return self.context.connection

    @property
    def bind(self):
        return self.context.connection

    @property
    def output_buffer(self):
        return self.context.output_buffer

    def _exec(self, construct, execution_options=None, multiparams=(), params=None):
        return self.context._execute(construct, execution_options)

    def execute(self, sql, execution_options=None):
        """Runs a statement, or writes it down."""
        from limbeck_runtime.rows import execute

        execute(self.context, sql, execution_options)

    def static_output(self, text):
        """Text for the script that `--sql` writes."""
        self.context._write(text + "\n\n")

    def emit_begin(self):
        """`BEGIN` for the script that `--sql` writes."""
        self.static_output("BEGIN" + self.command_terminator)

    def emit_commit(self):
        """`COMMIT` for the script that `--sql` writes."""
        self.static_output("COMMIT" + self.command_terminator)

    def version_table_impl(self, *, version_table, version_table_schema, version_table_pk, **kw):
        """The version table as Alembic declares it."""
        from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table

        table = Table(version_table, MetaData(), Column("version_num", String(32), nullable=False), schema=version_table_schema)
        if version_table_pk:
            table.append_constraint(PrimaryKeyConstraint("version_num", name="%s_pkc" % version_table))
        return table



class SQLiteImpl(DefaultImpl):
    __dialect__ = "sqlite"


class PostgresqlImpl(DefaultImpl):
    __dialect__ = "postgresql"
    transactional_ddl = True


class MySQLImpl(DefaultImpl):
    __dialect__ = "mysql"


class MariaDBImpl(MySQLImpl):
    __dialect__ = "mariadb"
