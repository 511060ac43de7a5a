//! What the `GRANT` and `REVOKE` statements of a model come to, without running them: what is granted on a database outlives it.

use std::collections::BTreeSet;

use super::inspect::{relation, routine};
use crate::{
    dialect::{
        DialectName, InspectError, Query, ServerVersion,
        inspect::{Cells, read},
    },
    schema::{
        Database, Grant, GrantTarget, Grantee, Grants, Identifier, QualifiedName, SinglePrivilege,
    },
    script::sql::{Token, TokenKind, Tokenizer},
};

/// The privileges that statements give, one statement after the other.
pub(crate) struct StatedGrants<'a> {
    dialect: DialectName,
    version: ServerVersion,
    /// What the model builds.
    built: &'a Database,
    given: BTreeSet<SinglePrivilege>,
    speaks: bool,
    names_roles: bool,
}

/// A statement while it is read.
struct Reader<'s> {
    sql: &'s str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> StatedGrants<'a> {
    /// Those of a model that has said nothing yet.
    pub(crate) fn new(dialect: DialectName, version: ServerVersion, built: &'a Database) -> Self {
        StatedGrants {
            dialect,
            version,
            built,
            given: BTreeSet::new(),
            speaks: false,
            names_roles: false,
        }
    }

    /// Takes a statement; one that is about no object of a database says nothing here.
    pub(crate) fn take(&mut self, sql: &str, default: &str) {
        let mut tokens = Tokenizer::new(sql, self.dialect).filter(|token| !token.is_trivia());
        let Some(first) = tokens.next() else {
            return;
        };
        let revokes = first.is_keyword(sql, "REVOKE");
        if revokes || first.is_keyword(sql, "GRANT") {
            let mut reader = Reader {
                sql,
                tokens: tokens.collect(),
                at: 0,
            };
            self.read(&mut reader, default, revokes);
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>, default: &str, revokes: bool) -> Option<()> {
        if revokes && reader.word("IF") {
            reader.word("EXISTS");
        }
        let privileges = reader.privileges()?;
        let on = self.target(reader, default)?;
        let mut grantees = Vec::new();
        loop {
            let to = reader.grantee(self.dialect)?;
            self.names_roles |= matches!(to, Grantee::Role(_));
            grantees.push(to);
            if !reader.until_comma() {
                break;
            }
        }
        let option = !revokes && reader.has_option();
        self.speaks = true;
        for to in grantees {
            let mut singles = Vec::new();
            let mut single = |privilege: &str, column: Option<&Identifier>| {
                singles.push(SinglePrivilege {
                    on: on.clone(),
                    to: to.clone(),
                    column: column.cloned(),
                    privilege: privilege.to_owned(),
                });
            };
            for (privilege, columns) in &privileges {
                let names: Vec<&str> = match privilege.as_str() {
                    "ALL" | "ALL PRIVILEGES" if columns.is_empty() => self.all(&on),
                    "ALL" | "ALL PRIVILEGES" => vec!["SELECT", "INSERT", "UPDATE", "REFERENCES"],
                    "USAGE" => Vec::new(),
                    one => vec![one],
                };
                for name in names {
                    if columns.is_empty() {
                        single(name, None);
                    }
                    columns.iter().for_each(|column| single(name, Some(column)));
                }
            }
            if option {
                single("GRANT OPTION", None);
            }
            for single in singles {
                match revokes {
                    true => self.given.remove(&single),
                    false => self.given.insert(single),
                };
            }
        }
        Some(())
    }

    /// What the privileges are for; `None` for everything on the server, a pattern of names, or somebody else's database.
    fn target(&self, reader: &mut Reader<'_>, default: &str) -> Option<GrantTarget> {
        let kind = ["FUNCTION", "PROCEDURE"]
            .into_iter()
            .find(|kind| reader.word(kind));
        reader.word("TABLE");
        if reader.sign("*") {
            return (!reader.sign(".")).then_some(GrantTarget::DefaultSchema(None));
        }
        let first = reader.name()?;
        let (schema, name) = match reader.sign(".") {
            true => (Some(first), reader.sign("*")),
            false => return self.object(kind, None, &first),
        };
        let schema = schema.filter(|schema| schema != default);
        if name {
            return match schema {
                Some(pattern) if pattern.contains(['%', '\\']) => None,
                Some(schema) => Some(GrantTarget::Schema(Identifier::new(schema))),
                None => Some(GrantTarget::DefaultSchema(None)),
            };
        }
        let name = reader.name()?;
        self.object(kind, schema.as_deref(), &name)
    }

    fn object(&self, kind: Option<&str>, schema: Option<&str>, name: &str) -> Option<GrantTarget> {
        let name = QualifiedName {
            schema: schema.map(Identifier::new),
            name: Identifier::new(name),
        };
        match kind {
            Some(kind) => routine(self.built, kind, name.name.as_str()),
            None => Some(relation(self.built, name)),
        }
    }

    /// What `ALL` means.
    fn all(&self, on: &GrantTarget) -> Vec<&'static str> {
        let mariadb = self.dialect == DialectName::Mariadb;
        let mut all = vec!["ALTER ROUTINE", "EXECUTE"];
        let shows_code = mariadb && self.version.is_at_least(11, 3);
        let schema = matches!(on, GrantTarget::DefaultSchema(_) | GrantTarget::Schema(_));
        if shows_code && !matches!(on, GrantTarget::Table(_) | GrantTarget::Sequence(_)) {
            all.push("SHOW CREATE ROUTINE");
        }
        if matches!(on, GrantTarget::Routine { .. }) {
            return all;
        }
        match schema {
            true => all.extend([
                "CREATE ROUTINE",
                "CREATE TEMPORARY TABLES",
                "EVENT",
                "LOCK TABLES",
            ]),
            false => all.clear(),
        }
        all.extend([
            "ALTER",
            "CREATE",
            "CREATE VIEW",
            "DELETE",
            "DROP",
            "INDEX",
            "INSERT",
            "REFERENCES",
            "SELECT",
            "SHOW VIEW",
            "TRIGGER",
            "UPDATE",
        ]);
        if mariadb {
            all.push("DELETE HISTORY");
        }
        all
    }

    /// Whether a name without a host stands for a role or an account, which only the server knows (MariaDB).
    pub(crate) fn names_roles(&self) -> bool {
        self.names_roles
    }

    /// Asks the server which names are roles; any other is an account from anywhere.
    ///
    /// # Errors
    /// [`InspectError`] when the server refuses to tell.
    pub(crate) async fn resolve_roles(
        &mut self,
        query: &mut dyn Query,
    ) -> Result<(), InspectError> {
        let sql = "SELECT User FROM mysql.user WHERE is_role = 'Y'";
        let rows = read(query, "the roles", sql, &[]).await?;
        let roles: Vec<String> = rows
            .into_iter()
            .map(|row| Cells::from(row).text())
            .collect();
        let resolved = std::mem::take(&mut self.given)
            .into_iter()
            .map(|mut single| {
                if let Grantee::Role(name) = &single.to
                    && !roles.iter().any(|role| role == name.as_str())
                {
                    single.to = Grantee::Account {
                        user: name.as_str().to_owned(),
                        host: "%".to_owned(),
                    };
                }
                single
            });
        self.given = resolved.collect();
        Ok(())
    }

    /// The privileges; `None` where no statement was about any.
    pub(crate) fn into_grants(self) -> Option<Grants> {
        let given = self.given.into_iter().map(|single| (single, false));
        self.speaks.then(|| Grants {
            given: Grant::grouped(given),
            ..Grants::default()
        })
    }
}

impl Reader<'_> {
    fn token(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn text(&self) -> &str {
        self.token().map_or("", |token| token.text(self.sql))
    }

    /// Goes behind a keyword, if it comes next.
    fn word(&mut self, word: &str) -> bool {
        let found = self
            .token()
            .is_some_and(|token| token.is_keyword(self.sql, word));
        self.at += usize::from(found);
        found
    }

    /// Goes behind a sign, if it comes next.
    fn sign(&mut self, sign: &str) -> bool {
        let found = self.text() == sign;
        self.at += usize::from(found);
        found
    }

    /// A name, quoted or not.
    fn name(&mut self) -> Option<String> {
        let text = self.text();
        let name = match self.token()?.kind {
            TokenKind::Word => text.to_owned(),
            TokenKind::QuotedIdentifier | TokenKind::String => {
                let quote = text.chars().next()?;
                let inside = text.get(1..text.len().checked_sub(1)?)?;
                inside.replace(&format!("{quote}{quote}"), &quote.to_string())
            }
            _ => return None,
        };
        self.at += 1;
        Some(name)
    }

    /// Privileges with their columns, up to and with ON.
    fn privileges(&mut self) -> Option<Vec<(String, Vec<Identifier>)>> {
        let mut all = Vec::new();
        loop {
            let mut words: Vec<String> = Vec::new();
            while self.token()?.kind == TokenKind::Word && !self.text().eq_ignore_ascii_case("ON") {
                words.push(self.text().to_uppercase());
                self.at += 1;
            }
            let mut columns = Vec::new();
            if self.sign("(") {
                loop {
                    columns.push(Identifier::new(self.name()?));
                    if !self.sign(",") {
                        break;
                    }
                }
                self.sign(")").then_some(())?;
            }
            (!words.is_empty()).then_some(())?;
            all.push((words.join(" "), columns));
            if !self.sign(",") {
                break;
            }
        }
        self.word("ON").then_some(all)
    }

    /// Who has the privileges, behind TO, FROM or a comma. A bare name is a role until somebody knows better (MariaDB).
    fn grantee(&mut self, dialect: DialectName) -> Option<Grantee> {
        let _ = self.word("TO") || self.word("FROM");
        if self.word("PUBLIC") {
            return Some(Grantee::Public);
        }
        if self.text().to_uppercase().starts_with("CURRENT_") {
            return None;
        }
        let user = self.name()?;
        let host = match self.sign("@") {
            true => self.host()?,
            false if dialect == DialectName::Mariadb => {
                return Some(Grantee::Role(Identifier::new(user)));
            }
            false => "%".to_owned(),
        };
        Some(Grantee::Account { user, host })
    }

    /// A host, which may be written without quotes.
    fn host(&mut self) -> Option<String> {
        let quoted = self.token()?.kind != TokenKind::Word;
        if quoted && self.token()?.kind != TokenKind::Number {
            return self.name();
        }
        let start = self.token()?.start;
        let mut end = start;
        while self
            .token()
            .is_some_and(|token| token.start == end && token.kind != TokenKind::Comma)
        {
            end = self.token()?.end;
            self.at += 1;
        }
        self.sql.get(start..end).map(str::to_owned)
    }

    /// Goes behind the next comma that another account follows: past how this one proves who it is.
    fn until_comma(&mut self) -> bool {
        while let Some(token) = self.token() {
            if token.is_keyword(self.sql, "WITH") || token.is_keyword(self.sql, "REQUIRE") {
                return false;
            }
            self.at += 1;
            if self
                .tokens
                .get(self.at - 1)
                .is_some_and(|one| one.kind == TokenKind::Comma)
            {
                return true;
            }
        }
        false
    }

    fn has_option(&self) -> bool {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        rest.windows(2).any(|pair| match pair {
            [one, other] => {
                one.is_keyword(self.sql, "GRANT") && other.is_keyword(self.sql, "OPTION")
            }
            _ => false,
        })
    }
}
