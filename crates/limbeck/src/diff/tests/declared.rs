//! A model's own words.

use super::*;
use crate::schema::{EnumType, ModelType, Unique};

#[test]
fn what_is_created_is_described_as_its_model_does() {
    let dialect = dialect(DialectName::Postgresql, None);
    let language = Language {
        capabilities: dialect.capabilities(),
        equivalence: &TextEquality,
    };
    let modelled = |expression: &str, data_type: DataType| {
        DataType::Modelled(ModelType::new("shop", expression, data_type))
    };
    let actual = database(vec![table("old", &["a"])]);
    let wanted = with(&actual, |database| {
        let old = &mut database.tables[0];
        old.columns[1].data_type = DataType::string(40);
        old.columns.push(text("b"));
        old.constraints
            .push(Constraint::Unique(Unique::new(["b"]).named("old_b_key")));
        let mut new = table("new", &[]);
        new.columns.push(Column::new(
            "state",
            DataType::Enum(EnumType {
                create_type: false,
                ..EnumType::new("state", &["x"])
            }),
        ));
        database.tables.push(new);
        database.enums = vec![EnumType::new("state", &["x"])];
    });
    let declared = with(&wanted, |database| {
        let old = &mut database.tables[0];
        old.columns[1].data_type = modelled("Short()", DataType::string(40));
        old.columns[2].data_type = modelled("Long()", DataType::text());
        old.constraints[1].set_name(None);
        let new = &mut database.tables[1];
        new.constraints[0].set_name(None);
        new.columns[1].data_type = DataType::Enum(EnumType::new("state", &["x"]));
    });
    let sides = Sides {
        declared: Some(&declared),
        ..Sides::new(&actual, &wanted)
    };
    let found = compare(sides, language, &Decisions::default());
    let json: Vec<String> = found
        .operations()
        .map(|operation| serde_json::to_string(operation).unwrap())
        .collect();
    insta::assert_snapshot!(json.join("\n"), @r#"
    {"operation":"create_enum","enum_type":{"name":{"name":"state"},"values":["x"]}}
    {"operation":"create_table","table":{"name":{"name":"new"},"columns":[{"name":"id","data_type":"integer","nullable":false},{"name":"state","data_type":{"enum":{"name":{"name":"state"},"values":["x"],"create_type":false}},"nullable":true}],"constraints":[{"primary_key":{"columns":["id"]}}]}}
    {"operation":"add_column","table":{"name":"old"},"column":{"name":"b","data_type":{"modelled":{"module":"shop","expression":"Long()","data_type":{"text":{}}}},"nullable":true}}
    {"operation":"alter_column","table":{"name":"old"},"column":"a","data_type":{"modelled":{"module":"shop","expression":"Short()","data_type":{"string":{"length":40}}}},"existing":{"data_type":{"text":{}},"nullable":true,"default":null}}
    {"operation":"add_constraint","table":{"name":"old"},"constraint":{"unique":{"columns":["b"]}}}
    "#);
}
