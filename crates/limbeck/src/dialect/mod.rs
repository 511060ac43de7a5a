//! Operations to statements, one room per database. A dialect never imports another dialect.
