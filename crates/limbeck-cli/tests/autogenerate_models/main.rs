//! `revision --autogenerate` and `check` of Alembic projects: every function that env.py may have, read natively and in a
//! Python that has Alembic.
#![cfg(feature = "python")]
#![allow(clippy::unwrap_used)]

mod entities;
mod functions;
mod models;
mod printed;
mod project;
mod scripts;
