//! What the databases' languages have in common: standard DDL, with values for what differs.
//!
//! Must not know any one database. A dialect's [`Grammar`] says how it writes a column, an index and what follows a
//! table; everything else is written here after its [`Capabilities`](super::Capabilities).

mod alter;
mod column;
mod constraint;
mod cursor;
mod data;
mod grammar;
mod grant;
mod index;
mod name;
mod object;
mod plain;
mod quoting;
mod statements;
mod table;
mod types;

pub(super) use alter::{
    alter_column, comment as comment_clause, data_type as type_clause, default as default_clause,
    nullability as nullability_clause, position, rename as rename_clause,
};
pub(super) use column::{
    autoincrement_column, computed, default_text, identity, needs_parentheses,
};
pub(super) use constraint::constraint_text;
pub(super) use cursor::{Cursor, Spelling};
pub(super) use data::literal;
pub(super) use grammar::{Grammar, Surroundings};
pub(super) use grant::privileges;
pub(super) use index::{
    IndexHead, create_index, create_index_head, drop_index, if_exists, index_elements,
    index_nulls_distinct, qualified_index,
};
pub(super) use name::{alter_table, constraint_name, index_name, list, phrase};
pub(super) use object::routine_word;
pub(super) use plain::{each_has_its_like, left_over, refuse_null_in_keys, same_constraint};
pub(super) use quoting::Quoting;
pub(super) use statements::statements;
pub(super) use types::{generic_type, named_type, with_arguments};
