# Passed to `python -c`. Takes the driver's modules from the pipe, so that nothing is written to disk and nothing has to be installed.
import sys

# The directory we were started in comes last: its files must not hide modules of the standard library.
sys.path[:] = [entry for entry in sys.path if entry]


def bootstrap(reader, writer, lifeline):
    import json
    import linecache
    import os
    import struct
    import types
    from importlib.machinery import ModuleSpec

    def exactly(count):
        parts = []
        while count:
            part = os.read(reader, count)
            if not part:
                os._exit(1)
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    (length,) = struct.unpack(">I", exactly(4))
    sources = json.loads(exactly(length).decode())
    for name in ("limbeck_driver", "limbeck_autogenerate"):
        package = types.ModuleType(name)
        package.__path__ = []
        sys.modules[name] = package

    class Finder:
        """Finds the modules of our packages in what came through the pipe."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            if name in sources:
                return ModuleSpec(name, Finder, origin="<limbeck>/%s.py" % name.replace(".", "/"))
            return None

        @staticmethod
        def create_module(spec):
            return None

        @staticmethod
        def exec_module(module):
            origin = module.__spec__.origin
            source = sources[module.__name__]
            module.__file__ = origin
            linecache.cache[origin] = (len(source), None, source.splitlines(True), origin)
            exec(compile(source, origin, "exec"), module.__dict__)

    sys.meta_path.insert(0, Finder)
    sys.path.append(os.getcwd())
    from limbeck_driver.main import main

    main(reader, writer, lifeline)


bootstrap(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
