"""Changes to generated operations before they are written."""

from alembic.util.langhelpers import Dispatcher, to_list


class Rewriter:
    """Functions by class of operation: each gives an operation, several, or none in its place."""

    _chained = ()

    def __init__(self):
        self.dispatch = Dispatcher()

    def chain(self, other):
        """This one, and another after it."""
        joined = self.__class__.__new__(self.__class__)
        joined.__dict__.update(self.__dict__)
        joined._chained = self._chained + (other,)
        return joined

    def rewrites(self, operator):
        """A decorator for a function of the context, the revision and an operation."""
        return self.dispatch.dispatch_for(operator)

    def __call__(self, context, revision, directives):
        self.process_revision_directives(context, revision, directives)
        for other in self._chained:
            other(context, revision, directives)

    def process_revision_directives(self, context, revision, directives):
        """Rewrites a list of scripts, and everything in them, in place."""
        self._rewrite_list(context, revision, directives)

    def _rewrite_list(self, context, revision, directives):
        rewritten = []
        for directive in directives:
            rewritten.extend(self._rewrite(context, revision, directive))
        directives[:] = rewritten

    def _rewrite(self, context, revision, directive):
        found = list(self._replaced(context, revision, directive))
        for one in found:
            if hasattr(one, "upgrade_ops_list"):
                one.upgrade_ops = self._single(context, revision, one.upgrade_ops_list)
                one.downgrade_ops = self._single(context, revision, one.downgrade_ops_list)
            elif hasattr(one, "ops"):
                self._rewrite_list(context, revision, one.ops)
        return found

    def _single(self, context, revision, containers):
        rewritten = []
        for container in containers:
            found = self._rewrite(context, revision, container)
            if len(found) != 1:
                raise ValueError("Can only return single object for %s traverse" % type(container).__name__)
            rewritten.append(found[0])
        return rewritten

    def _replaced(self, context, revision, directive):
        try:
            function = self.dispatch.dispatch(directive)
        except ValueError:
            yield directive
            return
        done = getattr(directive, "_mutations", frozenset())
        if self in done:
            yield directive
            return
        for one in to_list(function(context, revision, directive), []):
            one._mutations = done | {self}
            yield one
