//! An order in which everything comes after what it needs, as far as there is one.

use std::collections::BTreeSet;

/// What one thing needs of the others, by their places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependencies {
    /// It cannot be made without these. They never form a circle.
    pub(crate) hard: BTreeSet<usize>,
    /// It should come after these; where they form a circle, something else closes it afterwards.
    pub(crate) soft: BTreeSet<usize>,
}

/// The places in an order that respects the dependencies. Among those that could come next, the first comes next; a
/// circle is broken where the first thing on it comes before what it needs softly.
pub(crate) fn ordered(dependencies: &[Dependencies]) -> Vec<usize> {
    let count = dependencies.len();
    let components = components(dependencies);
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut missing: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for (place, needs) in dependencies.iter().enumerate() {
        for need in needs.hard.union(&needs.soft) {
            if *need != place && *need < count {
                if let Some(users) = users.get_mut(*need) {
                    users.push(place);
                }
                if let Some(missing) = missing.get_mut(place) {
                    missing.insert(*need);
                }
            }
        }
    }
    let empty = BTreeSet::new();
    let mut ready: BTreeSet<usize> = (0..count)
        .filter(|place| missing.get(*place).is_none_or(BTreeSet::is_empty))
        .collect();
    let mut waiting: BTreeSet<usize> = (0..count).filter(|place| !ready.contains(place)).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(next) = ready.pop_first().or_else(|| {
        let on_circle = |place: &usize| {
            let open = missing.get(*place).unwrap_or(&empty);
            let own = components.get(*place);
            open.iter().all(|need| {
                components.get(*need) == own
                    && dependencies
                        .get(*place)
                        .is_some_and(|needs| !needs.hard.contains(need))
            })
        };
        let broken = waiting.iter().find(|place| on_circle(place));
        broken.or_else(|| waiting.first()).copied()
    }) {
        waiting.remove(&next);
        order.push(next);
        for user in users.get(next).into_iter().flatten() {
            if let Some(missing) = missing.get_mut(*user) {
                missing.remove(&next);
                if missing.is_empty() && waiting.remove(user) {
                    ready.insert(*user);
                }
            }
        }
    }
    order
}

/// For each place the number of the circle it is on (Tarjan's strongly connected components, without recursion).
fn components(dependencies: &[Dependencies]) -> Vec<usize> {
    let count = dependencies.len();
    let edges: Vec<Vec<usize>> = dependencies
        .iter()
        .map(|needs| {
            let all = needs.hard.union(&needs.soft).copied();
            all.filter(|need| *need < count).collect()
        })
        .collect();
    let mut walk = Walk {
        edges: &edges,
        number: vec![None; count],
        low: vec![0; count],
        on_stack: vec![false; count],
        stack: Vec::new(),
        component: vec![0; count],
        next: 0,
        components: 0,
    };
    for place in 0..count {
        if walk.number.get(place) == Some(&None) {
            walk.from(place);
        }
    }
    walk.component
}

struct Walk<'a> {
    edges: &'a [Vec<usize>],
    number: Vec<Option<usize>>,
    low: Vec<usize>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    component: Vec<usize>,
    next: usize,
    components: usize,
}

#[allow(
    clippy::indexing_slicing,
    reason = "every vector has one entry per place, and edges lead to places only"
)]
impl Walk<'_> {
    fn enter(&mut self, place: usize) {
        self.number[place] = Some(self.next);
        self.low[place] = self.next;
        self.next += 1;
        self.stack.push(place);
        self.on_stack[place] = true;
    }

    fn from(&mut self, start: usize) {
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        self.enter(start);
        while let Some((place, edge)) = path.last().copied() {
            if let Some(need) = self.edges[place].get(edge).copied() {
                if let Some(last) = path.last_mut() {
                    last.1 += 1;
                }
                match self.number[need] {
                    None => {
                        self.enter(need);
                        path.push((need, 0));
                    }
                    Some(number) if self.on_stack[need] => {
                        self.low[place] = self.low[place].min(number);
                    }
                    Some(_) => {}
                }
                continue;
            }
            path.pop();
            if let Some((before, _)) = path.last() {
                self.low[*before] = self.low[*before].min(self.low[place]);
            }
            if self.number[place] == Some(self.low[place]) {
                while let Some(member) = self.stack.pop() {
                    self.on_stack[member] = false;
                    self.component[member] = self.components;
                    if member == place {
                        break;
                    }
                }
                self.components += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn soft(edges: &[&[usize]]) -> Vec<Dependencies> {
        edges
            .iter()
            .map(|needs| Dependencies {
                hard: BTreeSet::new(),
                soft: needs.iter().copied().collect(),
            })
            .collect()
    }

    #[test]
    fn needs_come_first_and_else_the_order_stays() {
        assert_eq!(ordered(&soft(&[&[], &[], &[]])), [0, 1, 2]);
        assert_eq!(ordered(&soft(&[&[2], &[], &[1], &[]])), [1, 2, 0, 3]);
        assert_eq!(ordered(&soft(&[&[0]])), [0]);
    }

    #[test]
    fn a_circle_is_broken_on_the_circle() {
        // 0 only hangs on the circle of 1 and 2.
        assert_eq!(ordered(&soft(&[&[1], &[2], &[1]])), [1, 0, 2]);
        let mut edges = soft(&[&[1], &[0]]);
        edges[0].hard.insert(1);
        assert_eq!(ordered(&edges), [1, 0]);
    }
}
