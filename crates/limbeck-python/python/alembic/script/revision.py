"""The revisions of a script directory as a graph, for what scripts and env.py ask of it. Plans are made in Rust."""

from alembic.util.exc import CommandError
from alembic.util.langhelpers import to_tuple


class RevisionError(Exception):
    """A revision is wrong or missing."""


class ResolutionError(RevisionError):
    """A symbol stands for no revision."""

    def __init__(self, message, argument=None):
        super().__init__(message)
        self.argument = argument


class MultipleHeads(RevisionError):
    """One head is wanted and there are several."""


class Revision:
    """A revision: its parents, what it depends on, and its labels."""

    def __init__(self, revision, down_revision, dependencies=None, branch_labels=None):
        self.revision = revision
        downs = to_tuple(down_revision, default=())
        self.down_revision = downs[0] if len(downs) == 1 else (downs or None)
        self._versioned_down_revisions = downs
        depends = to_tuple(dependencies, default=())
        self.dependencies = depends[0] if len(depends) == 1 else (depends or None)
        self._resolved_dependencies = depends
        self.branch_labels = set(branch_labels or ())
        self.nextrev = ()
        self._all_nextrev = ()

    @property
    def is_head(self):
        return not self.nextrev

    @property
    def is_base(self):
        return self.down_revision is None

    @property
    def is_branch_point(self):
        return len(self.nextrev) > 1

    @property
    def is_merge_point(self):
        return len(self._versioned_down_revisions) > 1

    def __repr__(self):
        return "%s(%r, %r)" % (self.__class__.__name__, self.revision, self.down_revision)


class RevisionMap:
    """Revisions by id, given newest first."""

    def __init__(self, revisions):
        self._order = list(revisions)
        self._by_id = {revision.revision: revision for revision in self._order}
        for revision in reversed(self._order):
            for down in revision._versioned_down_revisions:
                parent = self._by_id.get(down)
                if parent is not None:
                    parent.nextrev += (revision.revision,)
                    parent._all_nextrev += (revision.revision,)
            for needed in revision._resolved_dependencies:
                parent = self._find(needed)
                if parent is not None:
                    parent._all_nextrev += (revision.revision,)

    @property
    def heads(self):
        return tuple(one.revision for one in self._order if not one.nextrev)

    @property
    def _real_heads(self):
        return tuple(one.revision for one in self._order if not one._all_nextrev)

    @property
    def bases(self):
        return tuple(one.revision for one in self._order if not one._versioned_down_revisions)

    def get_current_head(self, branch_label=None):
        heads = self.heads if branch_label is None else self._heads_of(branch_label)
        if len(heads) > 1:
            raise MultipleHeads("several heads: %s" % ", ".join(heads))
        return heads[0] if heads else None

    def get_revision(self, id_):
        """The revision, or None for the base."""
        found = self.get_revisions(id_)
        if len(found) > 1:
            raise CommandError(
                "Multiple head revisions are present for given argument '%s'; please specify a specific target revision, "
                "'<branchname>@%s' to narrow to a specific head, or 'heads' for all heads" % (id_, id_)
            )
        return found[0] if found else None

    def get_revisions(self, id_):
        """The revisions that an id, a symbol, or several of them stand for."""
        if id_ is None or id_ == "base" or id_ == ():
            return ()
        if not isinstance(id_, str):
            return tuple(revision for one in id_ for revision in self.get_revisions(one))
        label, _, symbol = id_.rpartition("@")
        if symbol in ("head", "heads"):
            heads = self._heads_of(label) if label else self.heads
            if symbol == "head" and len(heads) > 1:
                raise CommandError(
                    "Multiple head revisions are present for given argument '%s'; please specify a specific target "
                    "revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads" % id_
                )
            return tuple(self._by_id[head] for head in heads)
        if symbol == "base":
            return ()
        found = self._find(symbol)
        if found is None:
            raise CommandError("Can't locate revision identified by '%s'" % id_)
        return (found,)

    def _find(self, text):
        found = self._by_id.get(text)
        if found is not None:
            return found
        labelled = [one for one in self._order if text in one.branch_labels]
        if labelled:
            return labelled[-1]
        partial = [one for one in self._order if one.revision.startswith(text)] if len(text) > 3 else []
        return partial[0] if len(partial) == 1 else None

    def _heads_of(self, label):
        start = self._find(label)
        if start is None:
            raise CommandError("No such branch: '%s'" % label)
        reached = self._reached([start.revision], lambda one: one.nextrev)
        return tuple(head for head in self.heads if head in reached)

    def _reached(self, ids, follow):
        reached = set()
        waiting = list(ids)
        while waiting:
            one = waiting.pop()
            if one in reached or one not in self._by_id:
                continue
            reached.add(one)
            waiting.extend(follow(self._by_id[one]))
        return reached

    def iterate_revisions(self, upper, lower, inclusive=False, **kw):
        """The revisions from `upper` down to `lower`, newest first."""

        def parents(one):
            needed = [self._find(text) for text in one._resolved_dependencies]
            return one._versioned_down_revisions + tuple(one.revision for one in needed if one is not None)

        above = [one.revision for one in self.get_revisions(upper)]
        below = [one.revision for one in self.get_revisions(lower)]
        wanted = self._reached(above, parents)
        left_out = self._reached(below, parents)
        if inclusive:
            left_out.difference_update(below)
        return iter([one for one in self._order if one.revision in wanted and one.revision not in left_out])
