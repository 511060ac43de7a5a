//! `revision --autogenerate` and `check` of Alembic projects: every function that env.py may have, read natively and in a
//! Python that has Alembic.
#![cfg(feature = "python")]
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../support/database.rs"]
mod database;

mod diff;
mod entities;
mod functions;
mod grants;
mod mariadb;
mod models;
mod printed;
mod project;
mod scripts;
