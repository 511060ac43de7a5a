//! Scratch databases that nobody will drop any more, because whoever made them was killed.
//!
//! A name tells the server, the account and the connection that made it. The server shows every account its own
//! connections, whatever rights it has, and gives a number to one connection at a time: a database of this account whose
//! connection is not among them is abandoned. When in doubt it is not.

use crate::dialect::{
    Query,
    inspect::{Cells, InspectError, read},
};

/// Who makes scratch databases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Maker {
    /// Eight digits that stand for the server and the account. A cluster's nodes count connections each for itself.
    mark: String,
    connection: i64,
}

impl Maker {
    /// The columns of a query that [`Maker::read`] reads.
    pub(super) const COLUMNS: &str = "LEFT(SHA1(CONCAT_WS(' ', @@hostname, @@port, @@server_id, CURRENT_USER())), 8), CONNECTION_ID()";

    pub(super) fn read(cells: &mut Cells) -> Maker {
        Maker {
            mark: cells.text(),
            connection: cells.number().unwrap_or_default(),
        }
    }

    /// What the names of its databases have behind their prefix, where `tag` is what no other has.
    pub(crate) fn tag(&self, tag: &str) -> String {
        format!("{}_{}_{tag}", self.mark, self.connection)
    }

    /// The connection that made a database, where this server and account did.
    fn connection_of(&self, name: &str, prefix: &str) -> Option<i64> {
        let mut parts = name.strip_prefix(prefix)?.split('_');
        let mark = parts.next()?;
        let connection = parts.next()?.parse().ok()?;
        let rest = (parts.next()?, parts.next()?, parts.next());
        let is_number = |text: &str| text.chars().all(|one| one.is_ascii_digit());
        let is_tag = |text: &str| text.chars().all(|one| one.is_ascii_hexdigit());
        let of_ours = matches!(rest, (tag, number, None) if is_tag(tag) && is_number(number));
        (of_ours && mark.len() == 8 && mark == self.mark).then_some(connection)
    }

    /// Those of the databases that are abandoned.
    ///
    /// # Errors
    /// [`InspectError`] when the server does not tell its connections.
    pub(crate) async fn abandoned<'d>(
        &self,
        query: &mut dyn Query,
        prefix: &str,
        databases: &'d [String],
    ) -> Result<Vec<&'d String>, InspectError> {
        let made = |name: &'d String| Some((name, self.connection_of(name, prefix)?));
        let made: Vec<(&String, i64)> = databases.iter().filter_map(made).collect();
        if made.is_empty() {
            return Ok(Vec::new());
        }
        let rows = read(query, "the connections", "SHOW PROCESSLIST", &[]).await?;
        let open = rows.into_iter().map(|row| Cells::from(row).number());
        Ok(self.without_maker(made, &open.flatten().collect::<Vec<i64>>()))
    }

    fn without_maker<'d>(&self, made: Vec<(&'d String, i64)>, open: &[i64]) -> Vec<&'d String> {
        // Behind a proxy the numbers may not be the server's: then this one is not there either.
        if !open.contains(&self.connection) {
            return Vec::new();
        }
        let gone = made
            .into_iter()
            .filter(|(_, connection)| !open.contains(connection));
        gone.map(|(name, _)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_databases_of_this_account_whose_connection_is_gone_are_abandoned() {
        let maker = Maker {
            mark: "00c0ffee".to_owned(),
            connection: 7,
        };
        let name = format!("scratch_{}_0", maker.tag("0123456789ab"));
        assert_eq!(maker.connection_of(&name, "scratch_"), Some(7));
        for other in [
            "shop",
            "scratch_0123456789ab_0",
            "scratch_00c0ffee_7",
            "scratch_00c0ffee_7_0123456789ab_0_more",
            "scratch_00c0ffee_7_of mine_0",
            "scratch_0badcafe_7_0123456789ab_0",
        ] {
            assert_eq!(maker.connection_of(other, "scratch_"), None, "{other}");
        }
        let gone = |open: &[i64]| maker.without_maker(vec![(&name, 8)], open).len();
        assert_eq!(gone(&[7, 9]), 1);
        assert_eq!(gone(&[7, 8]), 0);
        assert_eq!(gone(&[9]), 0, "the numbers are others");
    }
}
