"""What the engine asks of one `context.run_migrations()`, as questions and answers of plain data."""

from limbeck_autogenerate.entities import add_entities
from limbeck_autogenerate.models import Models


class Session:
    """The models of a migration context. `kept` is a list, at first empty, that lives as long as the command."""

    def __init__(self, context, kept):
        self._context = context
        self._kept = kept
        self._models = None
        self._declared = None

    def answer(self, question):
        """The answer to `{"ask": "wanted" | "judge" | "write" | "template", …}`."""
        return getattr(self, "_" + question["ask"])(question)

    def _wanted(self, question):
        """What the models want: `default_schema` is the database's."""
        opts = self._context.opts
        default_schema = question.get("default_schema")
        metadata = opts.get("target_metadata")
        if metadata is None:
            script = getattr(self._context, "script", None)
            place = getattr(script, "env_py_location", "env.py")
            from alembic.util import CommandError

            raise CommandError(
                "Can't proceed with --autogenerate option; environment script %s does not provide a MetaData object or "
                "sequence of objects to the context." % (place,)
            )
        self._models = Models(metadata, self._context.dialect, _prefix(opts), default_schema)
        self._declared = self._models.database()
        complete = add_entities(self._declared, opts.get("include_object"), default_schema)
        return {
            "database": self._declared,
            "complete": complete,
            "renames": self._models.renames(),
            "settings": self.settings(),
        }

    def settings(self):
        """What `context.configure()` says about comparing and writing, as far as data can say it."""
        opts = self._context.opts
        asked = ("include_name", "include_object")
        return {
            "include_schemas": bool(opts.get("include_schemas")),
            "compare_type": bool(opts.get("compare_type", True)),
            "compare_server_default": bool(opts.get("compare_server_default", False)),
            "judges": any(opts.get(name) is not None for name in asked)
            or any(callable(opts.get(name)) for name in ("compare_type", "compare_server_default")),
            "render_as_batch": bool(opts.get("render_as_batch")),
            "sqlalchemy_module_prefix": _prefix(opts),
            "alembic_module_prefix": opts.get("alembic_module_prefix") or "op.",
            "user_module_prefix": opts.get("user_module_prefix"),
        }

    def _judge(self, question):
        """What the project leaves out of the comparison with `actual`, and what it says of columns that are in both."""
        from limbeck_autogenerate.filters import Filters
        from limbeck_autogenerate.reflected import Reflected
        from limbeck_autogenerate.verdicts import verdicts

        actual = question["actual"]
        reflected = Reflected(actual, self._context.dialect, self._models)
        filters = Filters(self._context.opts, self._models, reflected)
        filters.run(actual, self._declared)
        return {
            "actual": filters.actual.data(),
            "declared": filters.declared.data(),
            "verdicts": verdicts(
                self._context, actual, self._declared, self._models, reflected, filters.actual
            ),
        }

    def _write(self, question):
        """The scripts that are to be written, after the project's hooks have seen them."""
        from limbeck_autogenerate.operation_data import OperationConverter
        from limbeck_autogenerate.operation_objects import Objects
        from limbeck_autogenerate.scripts import Scripts

        models = self._models
        if models is None:
            from sqlalchemy import MetaData

            # Nothing was compared: the script begins empty.
            models = Models(self._context.opts.get("target_metadata") or MetaData(), self._context.dialect)
        converter = OperationConverter(models.converter, self._context)
        objects = Objects(models, self._context.dialect, converter)
        scripts = Scripts(self._kept)
        scripts.add(self._context, objects, question)
        return {
            "scripts": scripts.data(self._context, objects),
            "variables": _variables(self._context.opts.get("template_args")),
        }

    def _template(self, question):
        """What env.py gives to the template of a script that it has no say in."""
        return {"scripts": [], "variables": _variables(self._context.opts.get("template_args"))}


def _prefix(opts):
    return opts.get("sqlalchemy_module_prefix") or "sa."


def _variables(given):
    """What env.py passes to the template, as far as data can say it."""
    return {name: value for name, value in (given or {}).items() if name != "config" and _is_data(value)}


def _is_data(value):
    if value is None or isinstance(value, (bool, int, float, str)):
        return True
    if isinstance(value, (list, tuple)):
        return all(_is_data(one) for one in value)
    return isinstance(value, dict) and all(isinstance(key, str) and _is_data(one) for key, one in value.items())
