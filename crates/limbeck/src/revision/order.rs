//! The order in which revisions are listed and undone: newest first, branch by branch.
//! Must not know why they were selected.
//!
//! Several lines are walked at once, each with the revision it has reached. One line is followed
//! until its next revision is still needed by another line; then that other line is followed,
//! the first such one. So a branch is closed before what lies below its branch point goes on.

use super::RevisionGraph;
use super::leads::Leads;
use super::least::NONE;
use super::walk::Marks;

impl RevisionGraph {
    /// `members` with every revision before all that it needs. Begins with the lines of `tops`
    /// in file order.
    pub(super) fn newest_first(&self, members: &Marks, tops: &[u32]) -> Vec<u32> {
        let mut todo = members.clone();
        let mut tops: Vec<u32> = tops.iter().copied().filter(|&top| todo.has(top)).collect();
        let mut order = Vec::new();
        while !tops.is_empty() {
            tops.sort_unstable();
            tops.dedup();
            Walk::new(self, &mut todo, &tops).run(&mut order);
            // A range may hold revisions that no top leads to; they follow on their own.
            let mut free = todo.clone();
            todo.iter()
                .flat_map(|node| self.parents.of(node))
                .for_each(|&n| free.remove(n));
            tops = free.iter().collect();
        }
        order
    }
}

struct Walk<'a> {
    graph: &'a RevisionGraph,
    /// Members not yet listed.
    todo: &'a mut Marks,
    /// For every revision how many of those that need it directly are not listed yet.
    open: Vec<u32>,
    lines: Lines,
    /// The line that has reached a revision, or `NONE`.
    line_at: Vec<u32>,
    /// The tops and all that they need: where a line can come.
    within: Marks,
    /// Made when it is first asked for: a graph without branches never does.
    leads: Option<Leads>,
}

impl<'a> Walk<'a> {
    fn new(graph: &'a RevisionGraph, todo: &'a mut Marks, tops: &[u32]) -> Self {
        let nodes = graph.revisions.len();
        let mut open = vec![0; nodes];
        let within = graph.ancestors(tops);
        for needing in within.iter() {
            for &needed in graph.parents.of(needing) {
                open[needed as usize] += 1;
            }
        }
        let mut walk = Self {
            graph,
            todo,
            open,
            lines: Lines::default(),
            line_at: vec![NONE; nodes],
            within,
            leads: None,
        };
        tops.iter().for_each(|&top| walk.append(top));
        walk
    }

    fn run(mut self, order: &mut Vec<u32>) {
        let mut following = self.lines.open_from(0);
        while let Some(line) = following {
            let node = self.lines.at[line as usize];
            if let Some(needing) = self.first_line_above(node) {
                following = Some(needing);
                continue;
            }
            order.push(node);
            self.todo.remove(node);
            self.stand(NONE, node);
            following = self.go_on(line, node);
        }
    }

    /// Moves `line` below `node` and returns the line to follow.
    fn go_on(&mut self, line: u32, node: u32) -> Option<u32> {
        let mut moved = false;
        for &parent in self.graph.parents.of(node) {
            self.open[parent as usize] -= 1;
            if !self.todo.has(parent) || self.line_at[parent as usize] != NONE {
                continue;
            }
            if moved {
                self.append(parent);
            } else {
                moved = true;
                self.lines.at[line as usize] = parent;
                self.stand(line, parent);
            }
        }
        if moved {
            return Some(line);
        }
        self.lines.close(line);
        self.lines
            .open_before(line)
            .or_else(|| self.lines.open_from(0))
    }

    fn append(&mut self, at: u32) {
        let line = self.lines.append(at);
        self.stand(line, at);
    }

    fn stand(&mut self, line: u32, node: u32) {
        self.line_at[node as usize] = line;
        if let Some(leads) = &mut self.leads {
            leads.stand(line, node);
        }
    }

    /// The first line that leads to `node` without having reached it.
    fn first_line_above(&mut self, node: u32) -> Option<u32> {
        if self.open[node as usize] == 0 {
            return None;
        }
        self.leads
            .get_or_insert_with(|| Leads::new(self.graph, &self.within, &self.line_at))
            .first(node)
    }
}

/// The lines in order. They are only appended and closed, so a line's number is its rank.
#[derive(Default)]
struct Lines {
    /// The revision that each line has reached.
    at: Vec<u32>,
    /// For an open line itself; for a closed one a later line, all between being closed.
    later: Vec<u32>,
    /// For an open line itself; for a closed one an earlier line or `NONE`, likewise.
    earlier: Vec<u32>,
}

impl Lines {
    fn append(&mut self, at: u32) -> u32 {
        let line = self.at.len() as u32;
        self.at.push(at);
        self.later.push(line);
        self.earlier.push(line);
        line
    }

    fn close(&mut self, line: u32) {
        self.later[line as usize] = line + 1;
        self.earlier[line as usize] = line.checked_sub(1).unwrap_or(NONE);
    }

    /// The first open line from `line` on.
    fn open_from(&mut self, line: u32) -> Option<u32> {
        follow(&mut self.later, line)
    }

    /// The last open line up to `line`.
    fn open_before(&mut self, line: u32) -> Option<u32> {
        follow(&mut self.earlier, line)
    }
}

/// Follows pointers to the one that points at itself, shortening the way for the next time.
fn follow(pointers: &mut [u32], from: u32) -> Option<u32> {
    let mut at = from;
    loop {
        let next = *pointers.get(at as usize)?;
        if next == at {
            return Some(at);
        }
        let &after = pointers.get(next as usize)?;
        pointers[at as usize] = after;
        at = next;
    }
}
