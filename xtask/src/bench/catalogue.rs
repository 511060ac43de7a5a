//! The catalogue queries of an inspection, written down as they are asked, so that a database's own client can ask them again.

use limbeck::{
    dialect::{BoxFuture, Dialect, Query, QueryError, Row},
    migrate::Session,
    models,
    schema::Value,
};

/// A session that remembers what it was asked.
struct Recorder<'s> {
    session: &'s mut Session<'static>,
    language: Box<dyn Dialect>,
    asked: Vec<String>,
}

/// The script of all queries that reading the default schema takes, with their parameters in the text.
///
/// # Errors
/// What the database says.
pub(crate) async fn queries(session: &mut Session<'static>) -> Result<String, String> {
    let language = session.server().language();
    let mut recorder = Recorder {
        language: session.server().language(),
        session,
        asked: Vec::new(),
    };
    models::read(language.as_ref(), &mut recorder, &[])
        .await
        .map_err(|error| error.to_string())?;
    Ok(recorder.asked.join(";\n") + ";\n")
}

impl Recorder<'_> {
    fn note(&mut self, sql: &str, parameters: &[Value]) {
        let mut text = sql.to_owned();
        // From the last one on, so that $1 is not found in $10.
        for (place, value) in parameters.iter().enumerate().rev() {
            let literal = self.language.literal(value).unwrap_or_default();
            let mark = self.language.placeholder(place + 1);
            text = match mark.as_str() {
                "?" => text
                    .rsplit_once('?')
                    .map(|(before, after)| format!("{before}{literal}{after}"))
                    .unwrap_or(text),
                mark => text.replace(mark, &literal),
            };
        }
        self.asked.push(text);
    }
}

impl Query for Recorder<'_> {
    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Vec<Row>, QueryError>> {
        self.note(sql, parameters);
        self.session.query(sql, parameters)
    }

    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<u64, QueryError>> {
        self.note(sql, parameters);
        self.session.execute(sql, parameters)
    }
}
