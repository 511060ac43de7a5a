"""The scripts that are to be written, as the project's `process_revision_directives` sees and changes them."""

from alembic.operations import ops
from limbeck_autogenerate.operation_data import NotConvertible
from limbeck_autogenerate.rendered import Rendered


class Scripts:
    """The scripts of one command. What is kept of them lives from one `context.run_migrations()` to the next."""

    def __init__(self, kept):
        if not kept:
            kept.extend(([], {}))
        self.directives, self._objects = kept

    def add(self, context, objects, new):
        """Adds what is to be done on one database: `new` has the script's arguments, `upgrade` and `downgrade` lists of
        operations, and the heads of the database."""
        opts = context.opts
        upgrade = ops.UpgradeOps(objects.containers(new["upgrade"]), opts.get("upgrade_token", "upgrades"))
        downgrade = ops.DowngradeOps(objects.containers(new["downgrade"]), opts.get("downgrade_token", "downgrades"))
        for container in (upgrade, downgrade):
            self._objects[id(container)] = (container, objects)
        if not self.directives:
            script = new["script"]
            self.directives.append(
                ops.MigrationScript(
                    rev_id=script["rev_id"],
                    message=script["message"],
                    imports=set(),
                    upgrade_ops=upgrade,
                    downgrade_ops=downgrade,
                    head=script["head"],
                    splice=script["splice"],
                    branch_label=script["branch_label"],
                    version_path=script["version_path"],
                    depends_on=script["depends_on"],
                )
            )
        else:
            last = self.directives[-1]
            last.upgrade_ops = list(last.upgrade_ops_list) + [upgrade]
            last.downgrade_ops = list(last.downgrade_ops_list) + [downgrade]
        hook = opts.get("process_revision_directives")
        if hook is not None:
            hook(context, tuple(new["heads"]), self.directives)
        return objects

    def data(self, context, objects):
        """The scripts as data. `objects` knows how operations are read that the hook has made."""
        rendered = Rendered(context, objects)
        return [self._script(script, objects, rendered) for script in self.directives]

    def _script(self, script, objects, rendered):
        rendered.begin()
        return {
            "rev_id": script.rev_id,
            "message": script.message,
            "head": _text(script.head),
            "splice": bool(script.splice),
            "branch_label": _texts(script.branch_label),
            "version_path": None if script.version_path is None else str(script.version_path),
            "depends_on": _texts(script.depends_on),
            "upgrades": [self._body(one, one.upgrade_token, objects, rendered) for one in script.upgrade_ops_list],
            "downgrades": [self._body(one, one.downgrade_token, objects, rendered) for one in script.downgrade_ops_list],
            "items": rendered.items,
            "imports": sorted(set(script.imports or ()) | rendered.imports()),
        }

    def _body(self, container, token, objects, rendered):
        known = self._objects.get(id(container))
        own = known[1] if known is not None else objects
        steps = []
        for op in _flat(container):
            try:
                data = self._data(op, own)
                text = rendered.own_text(op)
            except NotConvertible:
                data, text = None, rendered.text(op)
            if text is not None:
                steps.append({"text": text})
                continue
            rendered.look(op, data)
            steps.append({"operation": data})
        return {"token": token, "steps": steps}

    def _data(self, op, own):
        for _, objects in self._objects.values():
            if objects is not own and objects.knows(op):
                return objects.data_of(op)
        return own.data_of(op)


def _flat(container):
    for op in container.ops:
        if hasattr(op, "ops"):
            yield from _flat(op)
        else:
            yield op


def _text(value):
    return value if isinstance(value, str) else value[0] if value else "head"


def _texts(value):
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(one) for one in value]
