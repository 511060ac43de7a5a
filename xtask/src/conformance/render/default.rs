//! Server defaults from their `repr()`.

use limbeck::schema::{ColumnDefault, Computed, Identity, ModelOption};

use super::gaps::Gaps;
use super::python::{Call, Expression};

/// A default, or `None` where there is none.
pub(super) fn read(value: &Expression, gaps: &Gaps<'_>) -> Result<Option<ColumnDefault>, String> {
    Ok(match value {
        Expression::None => None,
        Expression::Text(text) => Some(ColumnDefault::Literal(text.clone())),
        Expression::Call(call) => Some(match call.last_name() {
            "DefaultClause" => match call.positional.first() {
                Some(Expression::Text(text)) => ColumnDefault::Literal(text.clone()),
                _ => ColumnDefault::Expression(gaps.clause().ok_or("the default's SQL is lost")?),
            },
            "Computed" => ColumnDefault::Computed(Computed {
                expression: gaps.computed().ok_or("the computed SQL is lost")?,
                persisted: call.keyword("persisted").and_then(Expression::boolean),
            }),
            "Identity" => ColumnDefault::Identity(identity(call)),
            other => return Err(format!("no default: {other}")),
        }),
        Expression::Other(_) => Some(ColumnDefault::Expression(
            gaps.clause().ok_or("the default's SQL is lost")?,
        )),
        _ => return Err(format!("no default: {value:?}")),
    })
}

fn identity(call: &Call) -> Identity {
    let mut identity = Identity::default();
    for (name, value) in &call.keywords {
        let options = &mut identity.options;
        let mut oracle = |name: &str| {
            identity.model_options.push(ModelOption {
                name: name.to_owned(),
                value: if value.boolean() == Some(true) {
                    "True"
                } else {
                    "False"
                }
                .to_owned(),
            });
        };
        match name.as_str() {
            "always" => match value.boolean() {
                Some(always) => identity.always = always,
                None => identity.model_options.push(ModelOption {
                    name: "always".to_owned(),
                    value: "None".to_owned(),
                }),
            },
            "start" => options.start = value.number(),
            "increment" => options.increment = value.number(),
            "minvalue" => options.minimum = value.number(),
            "maxvalue" => options.maximum = value.number(),
            "nominvalue" => options.no_minimum = value.boolean().unwrap_or(false),
            "nomaxvalue" => options.no_maximum = value.boolean().unwrap_or(false),
            "cycle" => options.cycle = value.boolean(),
            "cache" => options.cache = value.number(),
            "on_null" | "oracle_on_null" => oracle("oracle_on_null"),
            "order" | "oracle_order" => oracle("oracle_order"),
            _ => {}
        }
    }
    identity
}
