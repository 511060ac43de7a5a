//! Runs a plan on a database, or writes it as SQL. The only room that sends statements.
