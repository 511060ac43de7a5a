//! Privileges: what is granted and what is revoked, and what an object that is created again gets back.
//!
//! A side that says nothing about privileges is content with those of the other side. So a model without any revokes none,
//! and what a revision drops and creates again has afterwards what it had before.

mod held;

use std::collections::{BTreeMap, BTreeSet};

use held::Held;

use super::{
    Change, Detected, Object,
    order::{Phase, Plan},
};
use crate::{
    operation::{GrantPrivileges, Operation, RevokePrivileges},
    schema::{Database, Grant, GrantTarget, Grantee, Grants, SinglePrivilege},
};

/// Privileges one by one, each with whether it may be granted on.
type Privileges = BTreeMap<SinglePrivilege, bool>;

/// What there is, under the names that tables and columns get, and before anything else happens.
pub(super) struct There {
    grants: Option<Grants>,
    held: Held,
    renames: Vec<Operation>,
}

impl There {
    /// Notes it; `None` where nobody has any.
    pub(super) fn of(renamed: &Database, wanted: &Database, renames: &[Change]) -> Option<There> {
        let has_any = |one: &&Grants| !one.given.is_empty() || !one.withheld.is_empty();
        let mut said = renamed.grants.iter().chain(&wanted.grants);
        said.find(has_any)?;
        let renames = renames.iter().flat_map(|change| &change.operations);
        Some(There {
            grants: renamed.grants.clone(),
            held: Held::of(renamed),
            renames: renames.cloned().collect(),
        })
    }
}

/// The privileges of one side.
#[derive(Clone)]
struct Side {
    given: Privileges,
    withheld: BTreeSet<SinglePrivilege>,
}

impl Side {
    /// What `grants` say of the objects in `held`, without what its owner has on an object.
    fn of(grants: &Grants, held: &Held, owners: &[&Grants]) -> Side {
        let is_owner = |single: &SinglePrivilege| match &single.to {
            Grantee::Role(role) => owners
                .iter()
                .any(|grants| grants.owner_of(&single.on) == Some(role)),
            _ => false,
        };
        let mut given = Privileges::new();
        for grant in &grants.given {
            for single in grant.singles() {
                if held.can_have(&single) && !is_owner(&single) {
                    *given.entry(single).or_default() |= grant.with_grant_option;
                }
            }
        }
        let withheld = grants.withheld.iter().flat_map(Grant::singles);
        Side {
            given,
            withheld: withheld.filter(|single| held.can_have(single)).collect(),
        }
    }

    fn retain(&mut self, stays: impl Fn(&SinglePrivilege) -> bool) {
        self.given.retain(|single, _| stays(single));
        self.withheld.retain(|single| stays(single));
    }
}

/// Plans what is granted and revoked, after everything else is planned.
pub(super) fn plan(there: &There, wanted: &Database, follow_objects: bool, plan: &mut Plan) {
    let shall_hold = Held::of(wanted);
    let said: Vec<&Grants> = there.grants.iter().chain(&wanted.grants).collect();
    let actual = there.grants.as_ref();
    let actual = actual.map(|grants| Side::of(grants, &there.held, &said));
    let speaks = wanted.grants.is_some();
    let shall = wanted.grants.as_ref();
    let shall = shall.map(|grants| Side::of(grants, &shall_hold, &said));
    let (mut before, mut after) = match (actual, shall) {
        (Some(actual), Some(shall)) => (actual, shall),
        (Some(one), None) | (None, Some(one)) => (one.clone(), one),
        (None, None) => return,
    };
    before.retain(|single| there.held.can_have(single));
    after.retain(|single| shall_hold.can_have(single));
    let created = Held::created(plan.operations());
    let mut now = before.clone();
    if follow_objects || !speaks {
        // With an object go its privileges; where they don't, they are nobody's concern.
        now.retain(|single| shall_hold.can_have(single));
    }
    if follow_objects {
        now.retain(|single| !created.is_new(single));
    } else {
        now.given = under_old_names(now.given, &there.renames);
        let is_routine = |on: &GrantTarget| matches!(on, GrantTarget::Routine { .. });
        now.retain(|single| !is_routine(&single.on) || !created.is_new(single));
    }
    let steps = Steps {
        before: &before,
        now: &now,
        after: &after,
    };
    steps.revoke(plan);
    steps.grant(plan);
}

/// Privileges that stay with the names their tables and columns had.
fn under_old_names(privileges: Privileges, renames: &[Operation]) -> Privileges {
    let old = |(mut single, option): (SinglePrivilege, bool)| {
        for rename in renames.iter().rev() {
            match (rename, &mut single.on) {
                (Operation::RenameTable(rename), GrantTarget::Table(name))
                    if *name == rename.table.sibling(rename.new_name.clone()) =>
                {
                    name.clone_from(&rename.table);
                }
                (Operation::AlterColumn(alter), GrantTarget::Table(name))
                    if *name == alter.table && single.column == alter.new_name =>
                {
                    single.column = single.column.and(Some(alter.column.clone()));
                }
                _ => {}
            }
        }
        (single, option)
    };
    privileges.into_iter().map(old).collect()
}

/// From what there is when all else is done to what shall be.
struct Steps<'a> {
    /// What there was at first.
    before: &'a Side,
    /// What is left of it.
    now: &'a Side,
    after: &'a Side,
}

impl Steps<'_> {
    fn revoke(&self, plan: &mut Plan) {
        let (now, after) = (&self.now.given, &self.after.given);
        let gone = now.keys().filter(|single| !after.contains_key(single));
        let gone = gone.chain(self.after.withheld.difference(&self.now.withheld));
        let (told, silent): (Vec<_>, Vec<_>) = gone.partition(|single| self.is_news(single));
        let options = now.iter().filter(|(single, option)| {
            let stays = after.get(single);
            **option && stays == Some(&false)
        });
        let options = options.map(|(single, _)| single).collect();
        for (singles, told, only_option) in [
            (told, true, false),
            (silent, false, false),
            (options, true, true),
        ] {
            for grant in grouped(singles, |_| false) {
                let what = Detected::Removed {
                    object: object(&grant, only_option),
                };
                let operation = RevokePrivileges { grant, only_option };
                push(plan, operation, told.then_some(what));
            }
        }
    }

    fn grant(&self, plan: &mut Plan) {
        let (now, after) = (&self.now.given, &self.after.given);
        // To revoke a privilege on a table is to revoke it on every column.
        let swept = |single: &SinglePrivilege| {
            let mut whole = single.clone();
            whole.column.take().is_some() && now.contains_key(&whole) && !after.contains_key(&whole)
        };
        let missing = |single: &SinglePrivilege| !now.contains_key(single) || swept(single);
        let new = after.keys().filter(|single| missing(single));
        let new = new.chain(self.now.withheld.difference(&self.after.withheld));
        let (told, silent): (Vec<_>, Vec<_>) = new.partition(|single| self.is_news(single));
        let options = after.iter().filter(|(single, option)| {
            **option && !missing(single) && now.get(single) == Some(&false)
        });
        let options = options.map(|(single, _)| single).collect();
        let option = |single: &SinglePrivilege| after.get(single).copied().unwrap_or(false);
        for (singles, told, only_option) in [
            (silent, false, false),
            (told, true, false),
            (options, true, true),
        ] {
            for grant in grouped(singles, option) {
                let what = Detected::Added {
                    object: object(&grant, only_option),
                };
                let operation = GrantPrivileges { grant, only_option };
                push(plan, operation, told.then_some(what));
            }
        }
    }

    /// Whether a privilege was there and shall not be, or the other way round; otherwise it is only put back.
    fn is_news(&self, single: &SinglePrivilege) -> bool {
        let (before, after) = (self.before, self.after);
        before.given.get(single) != after.given.get(single)
            || before.withheld.contains(single) != after.withheld.contains(single)
    }
}

fn grouped(
    singles: Vec<&SinglePrivilege>,
    option: impl Fn(&SinglePrivilege) -> bool,
) -> Vec<Grant> {
    let singles = singles.into_iter();
    Grant::grouped(singles.map(|single| (single.clone(), option(single))))
}

fn object(grant: &Grant, only_option: bool) -> Object {
    Object::Grant {
        grant: grant.clone(),
        only_option,
    }
}

fn push(plan: &mut Plan, operation: impl Into<Operation>, what: Option<Detected>) {
    let change = Change {
        operations: vec![operation.into()],
        what: what.into_iter().collect(),
        hazards: Vec::new(),
    };
    plan.push(Phase::Privileges, change);
}
