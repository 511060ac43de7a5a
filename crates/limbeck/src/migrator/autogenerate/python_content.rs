//! The functions of a `.py` revision, for a project whose scripts are in Python and whose model is not.

use super::{Difference, way::one_line};
use crate::{
    migrator::MigratorError,
    operation::Operation,
    render::{DialectText, PythonRenderer, Step},
    script::{Direction, python::UNDECIDED, write::PythonContent},
};

impl Difference {
    /// The bodies of `upgrade()` and `downgrade()`, with what is left to decide as marks that keep the script from running.
    ///
    /// # Errors
    /// [`MigratorError::Render`] for what neither Alembic nor the database has words for.
    pub fn python_content(&self) -> Result<PythonContent, MigratorError> {
        let mut content = PythonContent::default();
        let ways = [
            (Direction::Upgrade, "upgrades"),
            (Direction::Downgrade, "downgrades"),
        ];
        for (direction, name) in ways {
            let sql = DialectText(self.language());
            let renderer = PythonRenderer {
                settings: None,
                sql: Some(&sql),
                items: None,
            };
            let body = renderer.steps(&self.steps(direction))?;
            content.bodies.insert(name.to_owned(), body.text);
            content.imports.extend(body.imports);
        }
        Ok(content)
    }

    fn steps(&self, direction: Direction) -> Vec<Step> {
        let way = self.way(direction);
        let mut lines: Vec<String> = way
            .findings
            .iter()
            .map(|finding| format!("# Careful: {}.", one_line(finding)))
            .collect();
        let mark = |lines: &mut Vec<String>, reason: &str| {
            lines.push(format!("{UNDECIDED}{reason}"));
            lines.push(format!(
                "raise RuntimeError({:?})",
                format!("undecided: {reason}")
            ));
        };
        if let Some(reason) = way.missing_values() {
            mark(&mut lines, &reason);
        }
        let steps = |operations: Vec<Operation>| operations.into_iter().map(Step::Operation);
        let Some(renamed) = &way.renamed else {
            let mut all = vec![Step::Lines(lines)];
            all.extend(steps(way.apart.into_operations()));
            return all;
        };
        mark(&mut lines, &way.possible_renames().unwrap_or_default());
        lines.push("# Keep one of the two parts, and delete the other with the two lines above. Or delete this file and write".to_owned());
        lines.push(format!(
            "# it again with {}, or with --accept-drop.",
            way.rename_options()
        ));
        lines.push("# EITHER renamed, and what is stored stays:".to_owned());
        let mut all = vec![Step::Lines(lines)];
        all.extend(steps(renamed.clone().into_operations()));
        let or = "# OR dropped with all that is stored, and something new has taken the place:";
        all.push(Step::Lines(vec![or.to_owned()]));
        all.extend(steps(way.apart.into_operations()));
        all
    }
}
