//! Views.

use super::Scope;
use crate::{
    dialect::{
        Query,
        inspect::{InspectError, Part},
    },
    schema::View,
};

/// Reads the views; without their queries where those are not asked for.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    names: Vec<String>,
) -> Result<Vec<View>, InspectError> {
    if !scope.request.wants(Part::Options) || names.is_empty() {
        let views = names.iter().map(|name| View::new(scope.own(name), ""));
        return Ok(views.collect());
    }
    let sql = "SELECT TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, SECURITY_TYPE FROM information_schema.VIEWS \
         WHERE {filter} ORDER BY TABLE_NAME";
    let filter = ("TABLE_SCHEMA", Some("TABLE_NAME"));
    let rows = scope.rows(query, "the views", sql, filter).await?;
    let views = rows.into_iter().map(|mut cells| {
        let name = scope.own(&cells.text());
        let text = cells.text();
        let mut view = View::new(
            name,
            match scope.request.schema {
                None => without_schema(&text, &scope.default),
                Some(_) => text,
            },
        );
        view.check_option = cells.maybe().filter(|option| option != "NONE");
        if cells.text() == "INVOKER" {
            view.prefixes.push("SQL SECURITY INVOKER".to_owned());
        }
        view
    });
    Ok(views.collect())
}

/// The query without the database's name before its own tables and columns, which the server writes everywhere.
fn without_schema(query: &str, schema: &str) -> String {
    let prefix = format!("`{}`.", schema.replace('`', "``"));
    let mut text = String::with_capacity(query.len());
    let mut rest = query;
    while let Some(at) = rest.find(['\'', '`']) {
        let (before, quoted) = rest.split_at(at);
        text.push_str(before);
        // A name that follows a dot is no schema.
        if let Some(after) = quoted.strip_prefix(prefix.as_str())
            && !text.ends_with('.')
        {
            rest = after;
            continue;
        }
        let end = closing(quoted);
        let (inside, after) = quoted.split_at(end);
        text.push_str(inside);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Where the quoted text that `text` begins with ends. A doubled quote counts as an end and a new beginning.
fn closing(text: &str) -> usize {
    let mut letters = text.char_indices();
    let quote = letters.next().map(|(_, quote)| quote);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if quote == Some('\'') => {
                letters.next();
            }
            _ if Some(letter) == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_schema_of_names_goes() {
        assert_eq!(
            without_schema(
                "select `d`.`t`.`d` AS `d`,'`d`.\\'x' from `d`.`t` join `e`.`d`",
                "d"
            ),
            "select `t`.`d` AS `d`,'`d`.\\'x' from `t` join `e`.`d`"
        );
    }
}
