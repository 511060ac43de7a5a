//! The order in which revisions are listed and undone: newest first, branch by branch.
//! Must not know why they were selected.
//!
//! Several lines are walked at once, each with the revision it has reached. One line is followed
//! until its next revision is still needed by another line; then that other line is followed,
//! the first such one. So a branch is closed before what lies below its branch point goes on.
//!
//! "Still needed by which line?" is the expensive question. For every revision the first line
//! that needs it can only move further back in the list as the walk goes on, because lines only
//! shrink and new ones are appended. So a lower bound, once found, stays true, and is only raised
//! where a question touches it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::RevisionGraph;
use super::walk::Marks;

/// No line.
const NONE: u32 = u32::MAX;

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
    /// Everything that the lines lead to, members or not.
    region: Marks,
    listed: Marks,
    lines: Vec<Line>,
    first: u32,
    last: u32,
    /// The line that has reached a revision.
    line_at: Vec<u32>,
    /// A lower bound of the first line that leads to a revision or has reached it.
    bound: Vec<u32>,
    /// For a revision the ones that need it, by their bound as it was when last looked at.
    needed_by: HashMap<u32, BinaryHeap<Reverse<(u32, u32)>>>,
}

/// A line in the list of lines. Its number is its rank: lines are only appended and removed.
struct Line {
    at: u32,
    before: u32,
    after: u32,
}

impl<'a> Walk<'a> {
    fn new(graph: &'a RevisionGraph, todo: &'a mut Marks, tops: &[u32]) -> Self {
        let nodes = graph.revisions.len();
        let mut walk = Self {
            graph,
            todo,
            region: graph.ancestors(tops),
            listed: Marks::none(graph),
            lines: Vec::new(),
            first: NONE,
            last: NONE,
            line_at: vec![NONE; nodes],
            bound: vec![0; nodes],
            needed_by: HashMap::new(),
        };
        tops.iter().for_each(|&top| walk.append(top));
        walk
    }

    fn run(mut self, order: &mut Vec<u32>) {
        let mut line = self.first;
        while line != NONE {
            let node = self.lines[line as usize].at;
            let needing = self.first_line_above(node);
            if needing != NONE {
                line = needing;
                continue;
            }
            order.push(node);
            self.todo.remove(node);
            self.listed.add(node);
            self.line_at[node as usize] = NONE;
            line = self.go_on(line, node);
        }
    }

    /// Moves `line` below `node` and returns the line to follow.
    fn go_on(&mut self, line: u32, node: u32) -> u32 {
        let mut moved = false;
        for &parent in self.graph.parents.of(node) {
            if !self.todo.has(parent) || self.line_at[parent as usize] != NONE {
                continue;
            }
            if moved {
                self.append(parent);
            } else {
                moved = true;
                self.lines[line as usize].at = parent;
                self.line_at[parent as usize] = line;
            }
        }
        if moved { line } else { self.remove(line) }
    }

    fn append(&mut self, at: u32) {
        let line = self.lines.len() as u32;
        self.lines.push(Line {
            at,
            before: self.last,
            after: NONE,
        });
        match self.last {
            NONE => self.first = line,
            last => self.lines[last as usize].after = line,
        }
        self.last = line;
        self.line_at[at as usize] = line;
    }

    /// Takes a finished line out and returns the one before it, else the first.
    fn remove(&mut self, line: u32) -> u32 {
        let Line { before, after, .. } = self.lines[line as usize];
        match before {
            NONE => self.first = after,
            before => self.lines[before as usize].after = after,
        }
        match after {
            NONE => self.last = before,
            after => self.lines[after as usize].before = before,
        }
        if before == NONE { self.first } else { before }
    }

    /// The first line that leads to `node` without having reached it.
    fn first_line_above(&mut self, node: u32) -> u32 {
        let mut path = vec![node];
        while let Some(&at) = path.last() {
            let (above, next) = self.least_bound_above(at);
            if at == node {
                if above == NONE {
                    return NONE;
                }
                path.push(next);
                continue;
            }
            let own = self.line_at[at as usize];
            let bound = own.min(above);
            if bound > self.bound[at as usize] {
                self.bound[at as usize] = bound;
                path.pop();
            } else if own <= above {
                return own;
            } else {
                path.push(next);
            }
        }
        NONE
    }

    /// Among the revisions that need `node`, the one with the least bound, bound first.
    fn least_bound_above(&mut self, node: u32) -> (u32, u32) {
        let above = self.graph.all_children.of(node);
        let open = |&above: &u32| self.region.has(above) && !self.listed.has(above);
        if !above.iter().any(open) {
            return (NONE, NONE);
        }
        let heap = self.needed_by.entry(node).or_insert_with(|| {
            above
                .iter()
                .copied()
                .filter(open)
                .map(|n| Reverse((self.bound[n as usize], n)))
                .collect()
        });
        while let Some(mut entry) = heap.peek_mut() {
            let Reverse((seen, above)) = *entry;
            let bound = self.bound[above as usize];
            if bound == NONE || self.listed.has(above) {
                std::collections::binary_heap::PeekMut::pop(entry);
            } else if bound > seen {
                *entry = Reverse((bound, above));
            } else {
                return (bound, above);
            }
        }
        (NONE, NONE)
    }
}
