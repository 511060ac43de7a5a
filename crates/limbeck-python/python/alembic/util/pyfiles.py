"""Files of a project."""


def coerce_resource_to_filename(fname):
    """A path, also from `package:directory`."""
    import os
    from pathlib import Path

    text = os.fspath(fname)
    if os.path.isabs(text) or ":" not in text:
        return Path(text)
    import importlib

    package, *rest = text.split(":")
    module = importlib.import_module(package)
    return Path(os.path.dirname(module.__file__), *rest)


def load_python_file(dir_, filename):
    """Runs a file of the project and gives its module."""
    import importlib.machinery
    import importlib.util
    import os
    import re

    path = os.path.join(os.fspath(dir_), filename)
    module_id = re.sub(r"\W", "_", filename)
    loader = importlib.machinery.SourceFileLoader(module_id, path)
    spec = importlib.util.spec_from_loader(module_id, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def template_to_file(template_file, dest, output_encoding, *, append_with_newlines=False, **kw):
    from limbeck_runtime.missing import NotProvided

    raise NotProvided("alembic.util.template_to_file")
