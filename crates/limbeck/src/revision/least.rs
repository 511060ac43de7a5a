//! A row of numbers that knows the least of any part of it. Must not know what the numbers mean.

use std::ops::Range;

/// More than any number that is kept.
pub(super) const NONE: u32 = u32::MAX;

/// A segment tree: a number is changed, and the least of a range found, in logarithmic time.
#[derive(Debug)]
pub(super) struct Least {
    /// A power of two; the numbers themselves begin here.
    width: usize,
    /// Each is the least of the two at twice its place and beside that. The first, which no range
    /// reaches, stays `NONE`.
    tree: Vec<u32>,
}

impl Least {
    pub(super) fn new(numbers: &[u32]) -> Self {
        let width = numbers.len().next_power_of_two();
        let mut tree = vec![NONE; 2 * width];
        tree[width..][..numbers.len()].copy_from_slice(numbers);
        for at in (1..width).rev() {
            tree[at] = tree[2 * at].min(tree[2 * at + 1]);
        }
        Self { width, tree }
    }

    pub(super) fn set(&mut self, at: usize, number: u32) {
        let mut at = at + self.width;
        self.tree[at] = number;
        while at > 1 {
            at /= 2;
            let least = self.tree[2 * at].min(self.tree[2 * at + 1]);
            if self.tree[at] == least {
                break;
            }
            self.tree[at] = least;
        }
    }

    /// The least number in `range`, and where it last stands;
    /// `None` when there is none.
    pub(super) fn last_least(&self, range: Range<usize>) -> Option<(usize, u32)> {
        let mut from = range.start + self.width;
        let mut to = range.end + self.width;
        // The best on either side of a middle towards which both ends move.
        let (mut left, mut right) = (0, 0);
        while from < to {
            if from % 2 == 1 {
                if self.tree[from] <= self.tree[left] {
                    left = from;
                }
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                if self.tree[to] < self.tree[right] {
                    right = to;
                }
            }
            from /= 2;
            to /= 2;
        }
        let mut at = match self.tree[right] <= self.tree[left] {
            true => right,
            false => left,
        };
        let least = self.tree[at];
        if least == NONE {
            return None;
        }
        while at < self.width {
            at = 2 * at + usize::from(self.tree[2 * at + 1] == least);
        }
        Some((at - self.width, least))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_the_last_least_of_every_range(
            mut numbers in prop::collection::vec(0u32..6, 1..40),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0u32..6), 0..8),
        ) {
            let none = |number: u32| if number == 5 { NONE } else { number };
            numbers.iter_mut().for_each(|number| *number = none(*number));
            let mut row = Least::new(&numbers);
            for (at, number) in changes {
                let at = at.index(numbers.len());
                numbers[at] = none(number);
                row.set(at, none(number));
            }
            for from in 0..=numbers.len() {
                for to in from..=numbers.len() {
                    let part = numbers.iter().copied().enumerate().take(to).skip(from);
                    let wanted = part
                        .filter(|&(_, number)| number != NONE)
                        .min_by_key(|&(at, number)| (number, std::cmp::Reverse(at)));
                    prop_assert_eq!(row.last_least(from..to), wanted);
                }
            }
        }
    }
}
