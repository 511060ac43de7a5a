//! Views and materialized views: what changes, what is in the way of changes, and their order.

use std::collections::BTreeSet;

use super::{
    Change, Detected, Equivalence, Object,
    context::Context,
    order::{Dependencies, Mentions, Phase, Plan, ordered},
    pairing::{pair, qualified},
    parts::{Matching, side_by_side},
    table::plan_indexes,
    watch::Watched,
};
use crate::{
    operation::{CreateMaterializedView, CreateView, DropMaterializedView, DropView, Operation},
    schema::{Database, Identifier, MaterializedView, QualifiedName, View},
};

/// A view of either kind.
#[derive(Clone, Copy)]
pub(super) enum AnyView<'a> {
    Plain(&'a View),
    Materialized(&'a MaterializedView),
}

impl<'a> AnyView<'a> {
    fn all(database: &'a Database) -> Vec<AnyView<'a>> {
        let plain = database.views.iter().map(AnyView::Plain);
        let materialized = database.materialized_views.iter();
        let mut all: Vec<AnyView<'a>> = plain
            .chain(materialized.map(AnyView::Materialized))
            .collect();
        all.sort_by(|a, b| a.name().cmp(b.name()));
        all
    }

    fn name(&self) -> &'a QualifiedName {
        match self {
            AnyView::Plain(view) => &view.name,
            AnyView::Materialized(view) => &view.name,
        }
    }

    fn query(&self) -> &'a str {
        match self {
            AnyView::Plain(view) => &view.query,
            AnyView::Materialized(view) => &view.query,
        }
    }

    fn object(&self) -> Object {
        match self {
            AnyView::Plain(view) => Object::View(view.name.clone()),
            AnyView::Materialized(view) => Object::MaterializedView(view.name.clone()),
        }
    }

    fn same(&self, wanted: &AnyView<'_>, equivalence: &dyn Equivalence) -> bool {
        match (self, wanted) {
            (AnyView::Plain(a), AnyView::Plain(b)) => {
                equivalence.same_definition(&a.query, &b.query)
                    && a.columns == b.columns
                    && a.options == b.options
                    && a.check_option == b.check_option
                    && a.prefixes == b.prefixes
            }
            (AnyView::Materialized(a), AnyView::Materialized(b)) => {
                equivalence.same_definition(&a.query, &b.query)
                    && a.columns == b.columns
                    && a.parameters == b.parameters
                    && a.tablespace == b.tablespace
            }
            _ => false,
        }
    }

    fn create(&self) -> Operation {
        match self {
            AnyView::Plain(view) => CreateView {
                view: (*view).clone(),
                or_replace: false,
                replaced: None,
            }
            .into(),
            AnyView::Materialized(view) => CreateMaterializedView {
                view: (*view).clone(),
                if_not_exists: false,
            }
            .into(),
        }
    }

    fn drop(&self) -> Operation {
        match self {
            AnyView::Plain(view) => DropView {
                view: view.name.clone(),
                if_exists: false,
                cascade: false,
                original: Some((*view).clone()),
            }
            .into(),
            AnyView::Materialized(view) => DropMaterializedView {
                view: view.name.clone(),
                if_exists: false,
                cascade: false,
                original: Some((*view).clone()),
            }
            .into(),
        }
    }
}

/// What happens to a view.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Stays,
    Changes,
    SetAside,
}

/// Plans the views; gives back the names of those that are dropped, for good or to come back.
pub(super) fn plan(
    actual: &Database,
    wanted: &Database,
    watched: &Watched<'_>,
    context: Context<'_>,
    plan: &mut Plan,
) -> Vec<QualifiedName> {
    let equivalence = context.language.equivalence;
    let (before, after) = (AnyView::all(actual), AnyView::all(wanted));
    let pairs = pair(&before, &after, equivalence, |view| qualified(view.name()));
    let routines = Mentions::of_names(equivalence, context.touched.routines());
    let fate = |from: &AnyView<'_>, to: &AnyView<'_>| {
        if !from.same(to, equivalence) {
            Fate::Changes
        } else if watched.holds(from.query(), None) || !routines.within(from.query()).is_empty() {
            Fate::SetAside
        } else {
            Fate::Stays
        }
    };
    let mut both: Vec<(&AnyView<'_>, &AnyView<'_>, Fate)> = pairs
        .both
        .iter()
        .map(|(from, to)| (*from, *to, fate(from, to)))
        .collect();
    let mut dropped: Vec<QualifiedName> = pairs.removed.iter().map(|v| v.name().clone()).collect();
    let moving = both.iter().filter(|(_, _, fate)| *fate != Fate::Stays);
    dropped.extend(moving.map(|(from, _, _)| from.name().clone()));
    // A view of a view that goes has to go, too.
    if context.capabilities().views_hold_columns {
        let names = both.iter().enumerate();
        let names = names.map(|(place, (from, _, _))| (from.name().clone(), place));
        let uses = Uses::of(&both, &Mentions::of(equivalence, names));
        let gone = Mentions::of_names(equivalence, &dropped);
        let mut open: Vec<usize> = (0..both.len()).collect();
        while let Some(place) = open.pop() {
            if let Some((from, _, fate)) = both.get_mut(place)
                && *fate == Fate::Stays
            {
                let moves = !gone.within(from.query()).is_empty() || uses.moving(place, &dropped);
                if moves {
                    *fate = Fate::SetAside;
                    dropped.push(from.name().clone());
                    open.extend(uses.users(place));
                }
            }
        }
    }
    let mut going: Vec<AnyView<'_>> = pairs.removed.iter().map(|view| **view).collect();
    let moving = both.iter().filter(|(_, _, fate)| *fate != Fate::Stays);
    going.extend(moving.map(|(from, _, _)| **from));
    going.sort_by(|a, b| a.name().cmp(b.name()));
    let removed: BTreeSet<&QualifiedName> = pairs.removed.iter().map(|view| view.name()).collect();
    for view in in_order(&going, equivalence).into_iter().rev() {
        let what = removed.contains(view.name()).then(|| Detected::Removed {
            object: view.object(),
        });
        plan.push(
            Phase::DropViews,
            Change {
                operations: vec![view.drop()],
                what: what.into_iter().collect(),
                hazards: Vec::new(),
            },
        );
    }
    let mut coming: Vec<AnyView<'_>> = pairs.added.iter().map(|view| **view).collect();
    let moving = both.iter().filter(|(_, _, fate)| *fate != Fate::Stays);
    coming.extend(moving.map(|(_, to, _)| **to));
    coming.sort_by(|a, b| a.name().cmp(b.name()));
    for view in in_order(&coming, equivalence) {
        let added = pairs.added.iter().any(|one| one.name() == view.name());
        let changed = both
            .iter()
            .any(|(_, to, fate)| *fate == Fate::Changes && to.name() == view.name());
        let object = view.object();
        let what = match (added, changed) {
            (true, _) => Some(Detected::Added { object }),
            (_, true) => Some(Detected::Changed {
                object,
                differences: Vec::new(),
            }),
            _ => None,
        };
        plan.push(
            Phase::CreateViews,
            Change {
                operations: vec![view.create()],
                what: what.into_iter().collect(),
                hazards: Vec::new(),
            },
        );
    }
    for (from, to, fate) in &both {
        if let (AnyView::Materialized(from), AnyView::Materialized(to), Fate::Stays) =
            (from, to, fate)
        {
            indexes(from, to, context, plan);
        }
    }
    dropped
}

/// Which views use which.
struct Uses {
    needs: Vec<Vec<(usize, QualifiedName)>>,
}

impl Uses {
    fn of(both: &[(&AnyView<'_>, &AnyView<'_>, Fate)], mentions: &Mentions<'_>) -> Self {
        let needs = both.iter().enumerate().map(|(place, (from, _, _))| {
            let found = mentions.within(from.query()).into_iter();
            let others = found.filter(|other| *other != place);
            others
                .filter_map(|other| Some((other, both.get(other)?.0.name().clone())))
                .collect()
        });
        Uses {
            needs: needs.collect(),
        }
    }

    fn moving(&self, place: usize, dropped: &[QualifiedName]) -> bool {
        let needs = self.needs.get(place).into_iter().flatten();
        needs.into_iter().any(|(_, name)| dropped.contains(name))
    }

    fn users(&self, place: usize) -> impl Iterator<Item = usize> {
        let users = self.needs.iter().enumerate();
        users
            .filter(move |(_, needs)| needs.iter().any(|(other, _)| *other == place))
            .map(|(user, _)| user)
    }
}

/// The views, each after those that it uses.
fn in_order<'a>(views: &[AnyView<'a>], equivalence: &dyn Equivalence) -> Vec<AnyView<'a>> {
    let names = views.iter().enumerate();
    let names = names.map(|(place, view)| (view.name().clone(), place));
    let mentions = Mentions::of(equivalence, names);
    let needs: Vec<Dependencies> = views
        .iter()
        .enumerate()
        .map(|(place, view)| {
            let found = mentions.within(view.query()).into_iter();
            Dependencies {
                soft: found.filter(|other| *other != place).collect(),
                ..Dependencies::default()
            }
        })
        .collect();
    let order = ordered(&needs);
    order
        .into_iter()
        .filter_map(|place| views.get(place).copied())
        .collect()
}

fn indexes(from: &MaterializedView, to: &MaterializedView, context: Context<'_>, plan: &mut Plan) {
    let equivalence = context.language.equivalence;
    let name: &dyn Fn(&crate::schema::Index) -> Option<Identifier> = &|index| index.name.clone();
    let matching = Matching {
        equivalence,
        actual_name: name,
        wanted_name: name,
        same: &|a, b| super::index::same(equivalence, a, b),
        can_rename: true,
    };
    let parts = side_by_side(&from.indexes, &to.indexes, &matching);
    plan_indexes(&to.name, &parts, context, plan);
}
