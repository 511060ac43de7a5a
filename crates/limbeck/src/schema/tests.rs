use std::collections::BTreeMap;

use super::*;

fn convention(key: NamingKey, template: &str) -> NamingConvention {
    NamingConvention::new(BTreeMap::from([(key, template.to_owned())]))
}

fn name_of(template: &str, constraint: Constraint) -> Option<String> {
    let key = match constraint.kind() {
        ConstraintKind::PrimaryKey => NamingKey::PrimaryKey,
        ConstraintKind::Unique => NamingKey::Unique,
        ConstraintKind::Check => NamingKey::Check,
        _ => NamingKey::ForeignKey,
    };
    let table = QualifiedName::new("account").in_schema("app");
    convention(key, template)
        .constraint_name(&table, &constraint)
        .unwrap()
        .map(|name| name.to_string())
}

#[test]
fn templates_are_filled_from_the_constraint() {
    let unique = Constraint::Unique(Unique::new(["a", "b"]));
    let foreign = Constraint::ForeignKey(ForeignKey::new(["x"], "other", ["id"]));
    let names = [
        name_of("uq_%(table_name)s_%(column_0_name)s", unique.clone()),
        name_of("uq_%(column_0_N_name)s", unique.clone()),
        name_of("uq_%(column_0N_name)s", unique.clone()),
        name_of("uq_%(column_1_label)s", unique.clone()),
        name_of("uq_%(column_7_name)s", unique),
        name_of(
            "fk_%(referred_table_name)s_%(referred_column_0_name)s",
            foreign,
        ),
    ];
    let expected = [
        "uq_account_a",
        "uq_a_b",
        "uq_ab",
        "uq_app_account_b",
        "uq_",
        "fk_other_id",
    ];
    assert_eq!(names.map(Option::unwrap), expected);
}

#[test]
fn a_given_name_stays_unless_the_template_wraps_it() {
    let check = Constraint::Check(Check::new("a > 0").named("positive"));
    assert_eq!(
        name_of("ck_%(table_name)s", check.clone()).unwrap(),
        "positive"
    );
    assert_eq!(
        name_of("ck_%(table_name)s_%(constraint_name)s", check).unwrap(),
        "ck_account_positive"
    );
    let last =
        Constraint::Check(Check::new("a > 0").named(Identifier::new("ck").shortened_to_fit()));
    assert_eq!(name_of("x_%(constraint_name)s", last).unwrap(), "ck");
}

#[test]
fn a_template_that_cannot_be_filled_says_why() {
    let table = QualifiedName::new("t");
    let check = Constraint::Check(Check::new("a > 0"));
    let nameless =
        convention(NamingKey::Check, "%(constraint_name)s").constraint_name(&table, &check);
    assert!(matches!(nameless, Err(ConventionError::NameWanted { .. })));
    let unknown = convention(NamingKey::Check, "%(colum_0_name)s").constraint_name(&table, &check);
    assert!(
        unknown
            .unwrap_err()
            .to_string()
            .contains("unknown token '%(colum_0_name)s'")
    );
}

#[test]
fn an_index_is_named_after_schema_table_and_column() {
    let table = QualifiedName::new("account").in_schema("app");
    let mut index = Index::new("given", ["id"]);
    index.name = None;
    let name = NamingConvention::default()
        .index_name(&table, &index)
        .unwrap()
        .unwrap();
    assert_eq!(name.as_str(), "ix_app_account_id");
    assert!(name.may_be_shortened());
}

#[test]
fn json_says_only_what_was_said() {
    let mut column = Column::new("id", DataType::Integer).not_null();
    column.comment = Some("key".to_owned());
    let table = Table::new(QualifiedName::new("account").in_schema("app"), vec![column])
        .with_constraint(Constraint::PrimaryKey(PrimaryKey::new(["id"]).named("pk")));
    let json = serde_json::to_string(&table).unwrap();
    assert_eq!(
        json,
        r#"{"name":{"schema":"app","name":"account"},"columns":[{"name":"id","data_type":"integer","nullable":false,"comment":"key"}],"constraints":[{"primary_key":{"name":"pk","columns":["id"]}}]}"#
    );
    assert_eq!(serde_json::from_str::<Table>(&json).unwrap(), table);
}

#[test]
fn variants_are_chosen_by_dialect() {
    let data_type = DataType::Variants {
        base: Box::new(DataType::Json),
        by_dialect: BTreeMap::from([("postgresql".to_owned(), DataType::named("JSONB"))]),
    };
    assert_eq!(
        data_type.for_dialect("postgresql"),
        &DataType::named("jsonb")
    );
    assert_eq!(data_type.for_dialect("sqlite"), &DataType::Json);
}

#[test]
fn a_variant_for_mysql_is_one_for_mariadb() {
    let long = DataType::named("MEDIUMTEXT");
    let data_type = |others: &[(&str, &DataType)]| DataType::Variants {
        base: Box::new(DataType::Json),
        by_dialect: (others.iter())
            .map(|(name, other)| ((*name).to_owned(), (*other).clone()))
            .collect(),
    };
    let one = data_type(&[("mysql", &long)]);
    assert_eq!(one.for_dialect("mariadb"), &long);
    assert_eq!(one.for_dialect("mysql"), &long);
    let both = data_type(&[("mysql", &long), ("mariadb", &DataType::Json)]);
    assert_eq!(both.for_dialect("mariadb"), &DataType::Json);
    let other = data_type(&[("mariadb", &long)]);
    assert_eq!(other.for_dialect("mysql"), &DataType::Json);
}
