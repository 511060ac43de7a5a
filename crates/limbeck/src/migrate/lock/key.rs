//! The name of a run's lock.

/// The lock key of one history: the database, the schema its version table is in, and the table's name.
///
/// Two histories in one database have two version tables and so two locks: they may run at the same time, as they
/// would in two databases. Tenants that differ in their `search_path` don't wait for each other either.
pub(super) fn lock_key(database: &str, schema: &str, table: &str) -> u64 {
    // FNV-1a, 64 bits: the key must be the same in every version of this program, so it is not left to a library.
    format!("limbeck\0{database}\0{schema}\0{table}")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn histories_that_share_a_database_have_their_own_keys() {
        let key = lock_key("shop", "public", "alembic_version");
        assert_ne!(key, lock_key("shop", "tenant", "alembic_version"));
        assert_ne!(key, lock_key("shop", "public", "billing_version"));
        assert_ne!(key, lock_key("forum", "public", "alembic_version"));
    }

    #[test]
    fn keys_never_change_between_releases() {
        assert_eq!(
            lock_key("shop", "public", "alembic_version"),
            16_071_786_032_563_575_811
        );
    }
}
