"""`ScriptDirectory`: the revisions, which Rust has read from the headers of the scripts; none of them is run for this."""

import os

from alembic.script.revision import Revision, RevisionMap
from alembic.util.exc import CommandError
from alembic.util.langhelpers import path_text


class ScriptDirectory:
    """The directory with env.py, and the revisions of its version directories."""

    def __init__(self, dir, file_template="%(rev)s_%(slug)s", truncate_slug_length=40, version_locations=None, **others):
        self.dir = path_text(dir)
        self.file_template = file_template
        self.truncate_slug_length = truncate_slug_length or 40
        self.version_locations = [path_text(path) for path in version_locations or ()]
        self._configured = list(self.version_locations)
        self._map = None
        self._read_from = None

    @classmethod
    def _of_command(cls, found):
        return cls(found.get("script_location") or ".", version_locations=found.get("version_locations"))

    @classmethod
    def from_config(cls, config):
        """The directory that the settings name."""
        location = config.get_alembic_option("script_location")
        if location is None:
            raise CommandError("No 'script_location' key found in configuration.")
        from alembic.util.pyfiles import coerce_resource_to_filename

        return cls(coerce_resource_to_filename(location), version_locations=config.get_version_locations_list())

    def _changed_locations(self):
        """The version directories, when env.py has set others than the settings say."""
        if self.version_locations == self._configured:
            return None
        return [path_text(path) for path in self.version_locations]

    @property
    def revision_map(self):
        """The revisions and how they follow each other."""
        locations = [path_text(path) for path in self.version_locations]
        if self._map is None or self._read_from != locations:
            import _limbeck

            self._read_from = locations
            self._map = RevisionMap([Script(self, found) for found in _limbeck.revisions(locations)])
        return self._map

    @property
    def versions(self):
        """The single version directory."""
        if len(self.version_locations) > 1:
            raise CommandError("Multiple version_locations present")
        return self.version_locations[0] if self.version_locations else os.path.join(os.path.abspath(self.dir), "versions")

    @property
    def env_py_location(self):
        return os.path.join(self.dir, "env.py")

    def walk_revisions(self, base="base", head="heads"):
        """The revisions, newest first."""
        return self.revision_map.iterate_revisions(head, base, inclusive=True)

    def iterate_revisions(self, upper, lower, **kw):
        """The revisions from `upper` down to `lower`, newest first."""
        return self.revision_map.iterate_revisions(upper, lower, **kw)

    def get_revision(self, id_):
        """A revision by id, part of an id, label or symbol."""
        return self.revision_map.get_revision(id_)

    def get_revisions(self, id_):
        """The revisions that a symbol stands for."""
        return self.revision_map.get_revisions(id_)

    def as_revision_number(self, id_):
        """The id that a symbol stands for; None for the base."""
        found = tuple(revision.revision for revision in self.revision_map.get_revisions(id_))
        if not found:
            return None
        return found if id_ == "heads" else found[0]

    def get_current_head(self):
        """The single head."""
        heads = self.revision_map.heads
        if len(heads) > 1:
            raise CommandError(
                "The script directory has multiple heads (due to branching).Please use get_heads(), or merge the branches "
                "using alembic merge."
            )
        return heads[0] if heads else None

    def get_heads(self, consider_depends_on=False):
        """All heads."""
        return list(self.revision_map._real_heads if consider_depends_on else self.revision_map.heads)

    def get_bases(self):
        """All bases."""
        return list(self.revision_map.bases)

    def get_base(self):
        """The single base."""
        bases = self.get_bases()
        if len(bases) > 1:
            raise CommandError("The script directory has multiple bases. Please use get_bases().")
        return bases[0] if bases else None


class Script(Revision):
    """A revision's script. Its module is only loaded when it is asked for."""

    def __init__(self, directory, found):
        super().__init__(
            found["revision"],
            found["down_revision"],
            found.get("depends_on"),
            found.get("branch_labels"),
        )
        self._directory = directory
        self.path = found["path"]
        self.doc = found.get("doc", "")
        self.longdoc = found.get("longdoc", "")
        self._module = None

    @property
    def module(self):
        """The script as a module."""
        if self._module is None:
            from limbeck_runtime.loader import load

            self._module = load(self.path)
        return self._module

    @property
    def log_entry(self):
        """The revision in full, as `show` prints it."""
        marks = "".join(
            (
                " (head)" if self.is_head else "",
                " (branchpoint)" if self.is_branch_point else "",
                " (mergepoint)" if self.is_merge_point else "",
            )
        )
        lines = ["Rev: %s%s" % (self.revision, marks)]
        downs = ", ".join(self._versioned_down_revisions) or "<base>"
        lines.append(("Merges: %s" if self.is_merge_point else "Parent: %s") % downs)
        if self.dependencies:
            lines.append("Also depends on: %s" % ", ".join(self._resolved_dependencies))
        if self.is_branch_point:
            lines.append("Branches into: %s" % ", ".join(self.nextrev))
        if self.branch_labels:
            lines.append("Branch names: %s" % ", ".join(self.branch_labels))
        lines.append("Path: %s" % self.path)
        text = "\n".join("    %s" % line for line in self.longdoc.splitlines())
        return "%s\n\n%s\n" % ("\n".join(lines), text)

    def __str__(self):
        downs = ", ".join(self._versioned_down_revisions) or "<base>"
        return "%s -> %s%s, %s" % (downs, self.revision, " (head)" if self.is_head else "", self.doc)
