//! Which line is the first that leads to a revision. Must not know why lines are followed.
//!
//! All revisions lie chain by chain in one row, the lowest of a chain first. Each has a slot for
//! the line that stands at it, and one more for every revision on another chain that needs it.
//! Whatever leads to a revision stands in, or comes in through, a slot from there to the end of
//! its chain, so the first line is the least number in that range.
//!
//! Lines only move down and new ones come last, so the first line that leads to a revision is
//! never an earlier one later on. A slot may therefore say too little. That is put right when it
//! would be the answer, and not before: a slot that nobody asks for costs nothing.

use std::ops::Range;

use super::RevisionGraph;
use super::least::{Least, NONE};
use super::walk::Marks;

pub(super) struct Leads {
    /// The lines, by slot.
    lines: Least,
    /// For every slot the revision through which lines come in; `NONE` where one stands.
    through: Vec<u32>,
    /// For every revision the slot of the line that stands at it; its other slots follow.
    start: Vec<u32>,
    /// For every revision where its chain ends.
    end: Vec<u32>,
}

impl Leads {
    /// `within` holds all revisions to which a line can ever lead; `line_at` the line that stands
    /// at each, or `NONE`.
    pub(super) fn new(graph: &RevisionGraph, within: &Marks, line_at: &[u32]) -> Self {
        let positions = graph.positions();
        let mut row: Vec<u32> = within.iter().collect();
        row.sort_unstable_by_key(|&node| positions[node as usize].on_chain());
        let (mut lines, mut through) = (Vec::new(), Vec::new());
        let mut start = vec![0; positions.len()];
        let mut end = start.clone();
        for chain in
            row.chunk_by(|&a, &b| positions[a as usize].shares_chain(&positions[b as usize]))
        {
            for &node in chain {
                start[node as usize] = lines.len() as u32;
                lines.push(line_at[node as usize]);
                through.push(NONE);
                let needing = graph
                    .all_children
                    .of(node)
                    .iter()
                    .copied()
                    .filter(|&needing| {
                        let here = &positions[node as usize];
                        within.has(needing) && !here.shares_chain(&positions[needing as usize])
                    });
                through.extend(needing);
                lines.resize(through.len(), 0);
            }
            for &node in chain {
                end[node as usize] = lines.len() as u32;
            }
        }
        Self {
            lines: Least::new(&lines),
            through,
            start,
            end,
        }
    }

    /// Says that `line` now stands at `node`, or with `NONE` that no line does.
    pub(super) fn stand(&mut self, line: u32, node: u32) {
        self.lines.set(self.start[node as usize] as usize, line);
    }

    /// The first line that leads to `node` without standing at it.
    pub(super) fn first(&mut self, node: u32) -> Option<u32> {
        let all = self.slots(node);
        let mut range = all.start + 1..all.end;
        // The slots through which the search came to `range`, all with one number, and the range
        // that each is in.
        let mut way: Vec<(usize, Range<usize>)> = Vec::new();
        let mut expected = NONE;
        loop {
            let least = self.lines.last_least(range.clone());
            let line = least.map_or(NONE, |(_, line)| line);
            if line != expected
                && let Some((slot, outer)) = way.pop()
            {
                self.lines.set(slot, line);
                range = outer;
                continue;
            }
            let (slot, line) = least?;
            let needing = self.through[slot];
            if needing == NONE {
                return Some(line);
            }
            expected = line;
            let inner = self.slots(needing);
            way.push((slot, std::mem::replace(&mut range, inner)));
        }
    }

    fn slots(&self, node: u32) -> Range<usize> {
        self.start[node as usize] as usize..self.end[node as usize] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::graph;
    use super::*;

    #[test]
    fn follows_lines_down_to_the_first_that_leads_there() {
        let graph = graph("a; b < a; c < a; d < b, c; e; f < e ~ c; g < f");
        let at = |id: &str| graph.find(id).unwrap();
        let mut line_at = vec![NONE; graph.len()];
        line_at[at("g") as usize] = 0;
        line_at[at("d") as usize] = 1;
        let within = graph.ancestors(&[at("g"), at("d")]);
        let mut leads = Leads::new(&graph, &within, &line_at);
        let first = |leads: &mut Leads, ids: &str| -> Vec<Option<u32>> {
            ids.chars()
                .map(|id| leads.first(at(&id.to_string())))
                .collect()
        };
        let (zero, one) = (Some(0), Some(1));
        assert_eq!(
            first(&mut leads, "abcdefg"),
            [zero, one, zero, None, zero, zero, None]
        );
        // The first line goes down to e: what f needs is left to the second.
        leads.stand(NONE, at("g"));
        leads.stand(0, at("e"));
        assert_eq!(first(&mut leads, "abce"), [one, one, one, None]);
        // The second goes down to b, and a third begins at c.
        leads.stand(NONE, at("d"));
        leads.stand(1, at("b"));
        leads.stand(2, at("c"));
        assert_eq!(first(&mut leads, "abc"), [one, None, None]);
        leads.stand(NONE, at("b"));
        leads.stand(1, at("a"));
        assert_eq!(first(&mut leads, "a"), [Some(2)]);
    }
}
