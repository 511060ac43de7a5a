//! What a database contains, as text: its schema by catalogue queries, and its rows.
//!
//! Must not know Limbeck: it judges what Limbeck has left behind.

use std::fmt::Write as _;

mod mariadb;
mod postgresql;
mod sqlite;

pub(crate) use self::{mariadb::mariadb, postgresql::postgresql, sqlite::sqlite};

/// Everything in one database.
pub(crate) struct Dump {
    chapters: Vec<Chapter>,
}

/// One kind of thing, or the rows of one table.
struct Chapter {
    title: String,
    /// Whether the text is the same on every version of the server.
    pinned: bool,
    lines: Vec<String>,
}

impl Dump {
    /// All chapters.
    pub(crate) fn full(&self) -> String {
        text(&self.chapters, |_| true)
    }

    /// The chapters that don't depend on the version of the server.
    pub(crate) fn pinned(&self) -> String {
        text(&self.chapters, |chapter| chapter.pinned)
    }
}

fn text(chapters: &[Chapter], wanted: impl Fn(&Chapter) -> bool) -> String {
    let mut text = String::new();
    for chapter in chapters.iter().filter(|chapter| wanted(chapter)) {
        writeln!(text, "## {}", chapter.title).unwrap();
        for line in &chapter.lines {
            writeln!(text, "{}", line.trim_end()).unwrap();
        }
        text.push('\n');
    }
    text
}

/// A kind of thing and the query that lists it in one column of text.
struct Listing {
    title: &'static str,
    pinned: bool,
    query: &'static str,
}

const fn pinned(title: &'static str, query: &'static str) -> Listing {
    Listing {
        title,
        pinned: true,
        query,
    }
}

const fn compared(title: &'static str, query: &'static str) -> Listing {
    Listing {
        title,
        pinned: false,
        query,
    }
}

/// Collects the chapters of one database; what has no lines is left out.
struct Collector<Ask> {
    ask: Ask,
    chapters: Vec<Chapter>,
}

impl<Ask: AsyncFnMut(&str) -> Vec<String>> Collector<Ask> {
    fn new(ask: Ask) -> Self {
        Collector {
            ask,
            chapters: Vec::new(),
        }
    }

    async fn schema(&mut self, listings: &[Listing]) {
        for listing in listings {
            self.add(listing.title, listing.pinned, listing.query).await;
        }
    }

    /// The rows of every table that `tables` names: each line a title, a tab, and the query for the rows.
    async fn rows(&mut self, tables: &str) {
        for line in (self.ask)(tables).await {
            let (title, query) = line.split_once('\t').unwrap();
            self.add(&format!("rows of {title}"), true, query).await;
        }
    }

    async fn add(&mut self, title: &str, pinned: bool, query: &str) {
        let lines = (self.ask)(query).await;
        if !lines.is_empty() {
            self.chapters.push(Chapter {
                title: title.to_owned(),
                pinned,
                lines,
            });
        }
    }

    fn finish(self) -> Dump {
        Dump {
            chapters: self.chapters,
        }
    }
}
