"""Comparison of models with a database: what projects register for it. The comparison itself is not done here."""

from alembic.util.langhelpers import Dispatcher

renderers = Dispatcher()
comparators = Dispatcher(uselist=True)


def __getattr__(name):
    if name == "Rewriter":
        from alembic.autogenerate.rewriter import Rewriter

        return Rewriter
    if name == "AutogenContext":
        from alembic.autogenerate.api import AutogenContext

        return AutogenContext
    if name in ("compare_metadata", "produce_migrations", "render_python_code", "render_op_text", "RevisionContext"):
        from limbeck_runtime.missing import NotProvided

        def refuse(*args, **kwargs):
            raise NotProvided("alembic.autogenerate." + name)

        return refuse
    raise AttributeError("module 'alembic.autogenerate' has no attribute %r" % (name,))
