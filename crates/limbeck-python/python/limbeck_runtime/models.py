"""Answers what the engine asks about the models of env.py, while env.py waits in `run_migrations()`."""

from limbeck_runtime import environment, placeholders

# What is kept of the scripts that are to be written, from one database to the next.
_kept = []


def ask(question):
    """The answer of the package `limbeck_autogenerate` to a question about the models under way."""
    from limbeck_autogenerate.session import Session

    context = environment.current().get_context()
    session = context.__dict__.get("_limbeck_models")
    if session is None:
        session = context._limbeck_models = Session(context, _kept)
    if question["ask"] == "wanted":
        _refuse_placeholders(context)
    return session.answer(question)


def _refuse_placeholders(context):
    """Models in which something is missing would be compared as if it was not wanted."""
    given = context.opts.get("target_metadata")
    for metadata in given if isinstance(given, (list, tuple)) else [given]:
        missing = placeholders.name_of(metadata)
        if missing is not None:
            raise placeholders.NeedsApplication(missing)
    if placeholders.touched:
        raise placeholders.NeedsApplication(placeholders.touched[0])
