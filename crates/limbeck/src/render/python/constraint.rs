//! Constraints, within `create_table` and by directives of their own.

use super::{Call, Item, Writer, literal};
use crate::{
    operation::{AddConstraint, DropConstraint},
    schema::{
        Check, Constraint, ConstraintKind, Deferral, Exclude, ForeignKey, Identifier, IndexKey,
        PrimaryKey, QualifiedName, Unique,
    },
};

/// What stands before a `drop_constraint` that cannot run, as in Alembic.
const UNNAMED: [&str; 3] = [
    "# WARNING: constraint name is None; this directive will fail as",
    "# rendered.  Add a name, or use a naming convention; see",
    "# https://alembic.sqlalchemy.org/en/latest/naming.html",
];

/// Whether SQLAlchemy has words for everything the constraint says.
pub(super) fn has_words(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Check(check) => !check.no_inherit && !check.not_enforced,
        Constraint::Exclude(exclude) => exclude
            .elements
            .iter()
            .all(|element| element.operator_class.is_none() || column_of(&element.key).is_some()),
        _ => true,
    }
}

fn column_of(key: &IndexKey) -> Option<&Identifier> {
    match key {
        IndexKey::Column(column) => Some(column),
        IndexKey::Expression(_) => None,
    }
}

fn names(columns: &[Identifier]) -> impl Iterator<Item = &str> {
    columns.iter().map(Identifier::as_str)
}

impl Writer<'_> {
    /// A constraint within `create_table`; `None` where there is nothing to write.
    pub(super) fn table_constraint(&mut self, constraint: &Constraint) -> Option<String> {
        if let Some(own) = self.item(Item::Constraint(constraint)) {
            return own;
        }
        match constraint {
            Constraint::PrimaryKey(key) if key.columns.is_empty() => None,
            Constraint::PrimaryKey(key) => Some(self.primary_key(key)),
            Constraint::Unique(unique) => Some(self.unique(unique)),
            Constraint::Check(check) => Some(self.check(check)),
            Constraint::ForeignKey(key) => Some(self.foreign_key(key)),
            Constraint::Exclude(exclude) => Some(self.exclude(exclude)),
        }
    }

    fn primary_key(&self, key: &PrimaryKey) -> String {
        let mut call = Call::new(self.sqlalchemy("PrimaryKeyConstraint"));
        for column in names(&key.columns) {
            call.argument(literal::string(column));
        }
        let name = key.name.as_ref().map(|name| self.final_name(name));
        call.keyword_if("name", name);
        self.primary_key_options(&mut call, key);
        call.text()
    }

    fn primary_key_options(&self, call: &mut Call, key: &PrimaryKey) {
        deferral(call, &key.deferral);
        include(call, &key.include);
        call.keyword_if("mysql_using", key.using.as_deref().map(literal::string));
        on_conflict(call, key.on_conflict.as_deref());
    }

    fn unique(&self, unique: &Unique) -> String {
        let mut call = Call::new(self.sqlalchemy("UniqueConstraint"));
        for column in names(&unique.columns) {
            call.argument(literal::string(column));
        }
        deferral(&mut call, &unique.deferral);
        let name = unique.name.as_ref().map(|name| self.final_name(name));
        call.keyword_if("name", name);
        unique_options(&mut call, unique);
        call.text()
    }

    /// `sa.CheckConstraint(…)`
    pub(super) fn check(&self, check: &Check) -> String {
        let mut call = Call::new(self.sqlalchemy("CheckConstraint"));
        call.argument(literal::sql(&self.condition(check)));
        let name = check.name.as_ref().map(|name| self.final_name(name));
        call.keyword_if("name", name);
        check_options(&mut call, check);
        call.text()
    }

    /// Alembic leaves the comma where there is no option.
    fn foreign_key(&self, key: &ForeignKey) -> String {
        let mut options = Call::new("");
        let name = key.name.as_ref().map(|name| self.final_name(name));
        options.keyword_if("name", name);
        foreign_key_options(&mut options, key, false);
        let options = options.text();
        let options = options
            .strip_prefix('(')
            .and_then(|options| options.strip_suffix(')'))
            .unwrap_or_default();
        let targets = key
            .target_columns
            .iter()
            .map(|column| format!("{}.{column}", key.target));
        format!(
            "{}({}, {}, {options})",
            self.sqlalchemy("ForeignKeyConstraint"),
            literal::list(names(&key.columns)),
            literal::list(targets),
        )
    }

    /// `sa.ForeignKey(…)` within a column.
    pub(super) fn column_foreign_key(&self, key: &ForeignKey) -> String {
        let column = key.target_columns.first();
        let target = match column {
            Some(column) => format!("{}.{column}", key.target),
            None => key.target.to_string(),
        };
        let mut call = Call::new(self.sqlalchemy("ForeignKey"));
        call.argument(literal::string(&target));
        let name = key.name.as_ref().map(|name| self.final_name(name));
        call.keyword_if("name", name);
        foreign_key_options(&mut call, key, false);
        call.text()
    }

    fn exclude(&mut self, exclude: &Exclude) -> String {
        let name = self.of_dialect("postgresql", "ExcludeConstraint");
        let mut call = Call::new(name);
        self.exclude_elements(&mut call, exclude);
        deferral(&mut call, &exclude.deferral);
        call.keyword("using", literal::string(&exclude.using));
        let name = exclude.name.as_ref().map(|name| self.final_name(name));
        call.keyword_if("name", name);
        operator_classes(&mut call, exclude);
        call.text()
    }

    fn exclude_elements(&self, call: &mut Call, exclude: &Exclude) {
        for element in &exclude.elements {
            let key = match &element.key {
                IndexKey::Column(column) => format!(
                    "{}({})",
                    self.sqlalchemy("column"),
                    literal::string(column.as_str())
                ),
                IndexKey::Expression(sql) => self.sql_expression(sql),
            };
            call.argument(format!("({key}, {})", literal::string(&element.operator)));
        }
        if let Some(predicate) = &exclude.predicate {
            call.keyword("where", self.sql_expression(predicate));
        }
    }

    /// The directive that adds a constraint.
    pub(super) fn add_constraint(&self, add: &AddConstraint) -> String {
        let name = self.final_name_or_none(add.constraint.name());
        let begin = |directive: &str| {
            let mut call = Call::new(self.directive(directive));
            call.argument(name.clone());
            if !self.in_batch {
                call.argument(literal::string(add.table.name.as_str()));
            }
            call
        };
        let schema = |call: &mut Call| {
            if !self.in_batch {
                call.keyword_if("schema", self.schema_of(&add.table));
            }
        };
        match &add.constraint {
            Constraint::PrimaryKey(key) => {
                let mut call = begin("create_primary_key");
                call.argument(literal::list(names(&key.columns)));
                schema(&mut call);
                self.primary_key_options(&mut call, key);
                call.text()
            }
            Constraint::Unique(unique) => {
                let mut call = begin("create_unique_constraint");
                call.argument(literal::list(names(&unique.columns)));
                deferral(&mut call, &unique.deferral);
                schema(&mut call);
                unique_options(&mut call, unique);
                call.text()
            }
            Constraint::Check(check) => {
                let mut call = begin("create_check_constraint");
                call.argument(literal::sql(&self.condition(check)));
                schema(&mut call);
                check_options(&mut call, check);
                call.text()
            }
            Constraint::ForeignKey(key) => {
                let mut call = begin("create_foreign_key");
                self.referent(&mut call, &add.table, key);
                call.text()
            }
            Constraint::Exclude(exclude) => {
                let mut call = begin("create_exclude_constraint");
                self.exclude_elements(&mut call, exclude);
                deferral(&mut call, &exclude.deferral);
                call.keyword("using", literal::string(&exclude.using));
                schema(&mut call);
                operator_classes(&mut call, exclude);
                call.text()
            }
        }
    }

    fn referent(&self, call: &mut Call, table: &QualifiedName, key: &ForeignKey) {
        call.argument(literal::string(key.target.name.as_str()));
        call.argument(literal::list(names(&key.columns)));
        call.argument(literal::list(names(&key.target_columns)));
        if !self.in_batch {
            call.keyword_if("source_schema", self.schema_of(table));
        }
        call.keyword_if("referent_schema", self.schema_of(&key.target));
        foreign_key_options(call, key, true);
    }

    /// `op.drop_constraint(…)`, with a warning before one that has no name.
    pub(super) fn drop_constraint(&self, drop: &DropConstraint) -> Vec<String> {
        let mut call = Call::new(self.directive("drop_constraint"));
        call.argument(self.final_name_or_none(drop.name.as_ref()));
        if !self.in_batch {
            call.argument(literal::string(drop.table.name.as_str()));
            call.keyword_if("schema", self.schema_of(&drop.table));
        }
        let kind = match drop.kind {
            Some(ConstraintKind::PrimaryKey) => Some("'primary'"),
            Some(ConstraintKind::Unique) => Some("'unique'"),
            Some(ConstraintKind::Check) => Some("'check'"),
            Some(ConstraintKind::ForeignKey) => Some("'foreignkey'"),
            Some(ConstraintKind::Exclude) | None => None,
        };
        call.keyword_if("type_", kind);
        call.flag("if_exists", drop.if_exists);
        let mut lines = Vec::new();
        if drop.name.is_none() {
            lines.extend(UNNAMED.map(ToOwned::to_owned));
        }
        lines.push(call.text());
        lines
    }
}

/// `explicit`: also says what is not so, as the directives do and the constraints in a table do not.
fn foreign_key_options(call: &mut Call, key: &ForeignKey, explicit: bool) {
    let text = |text: &Option<String>| text.as_deref().map(literal::string);
    call.keyword_if("onupdate", text(&key.on_update));
    call.keyword_if("ondelete", text(&key.on_delete));
    call.keyword_if("initially", text(&key.deferral.initially));
    let deferrable = key.deferral.deferrable.filter(|yes| explicit || *yes);
    call.keyword_if("deferrable", deferrable.map(literal::boolean));
    call.flag("use_alter", key.added_later);
    call.keyword_if("match", text(&key.matching));
    call.flag("postgresql_not_valid", key.not_valid);
}

fn check_options(call: &mut Call, check: &Check) {
    deferral(call, &check.deferral);
    call.flag("postgresql_not_valid", check.not_valid);
    on_conflict(call, check.on_conflict.as_deref());
}

fn unique_options(call: &mut Call, unique: &Unique) {
    include(call, &unique.include);
    let distinct = unique.nulls_distinct.map(|distinct| !distinct);
    call.keyword_if(
        "postgresql_nulls_not_distinct",
        distinct.map(literal::boolean),
    );
    on_conflict(call, unique.on_conflict.as_deref());
}

fn deferral(call: &mut Call, deferral: &Deferral) {
    let deferrable = deferral.deferrable.filter(|yes| *yes);
    call.keyword_if("deferrable", deferrable.map(literal::boolean));
    call.keyword_if(
        "initially",
        deferral.initially.as_deref().map(literal::string),
    );
}

fn include(call: &mut Call, columns: &[Identifier]) {
    if !columns.is_empty() {
        call.keyword("postgresql_include", literal::list(names(columns)));
    }
}

fn on_conflict(call: &mut Call, action: Option<&str>) {
    call.keyword_if("sqlite_on_conflict", action.map(literal::string));
}

fn operator_classes(call: &mut Call, exclude: &Exclude) {
    let classes: Vec<String> = exclude
        .elements
        .iter()
        .filter_map(|element| {
            let column = column_of(&element.key)?;
            let class = element.operator_class.as_deref()?;
            let column = literal::string(column.as_str());
            Some(format!("{column}: {}", literal::string(class)))
        })
        .collect();
    if !classes.is_empty() {
        call.keyword("ops", format!("{{{}}}", classes.join(", ")));
    }
}
