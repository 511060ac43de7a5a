"""`sqlalchemy.engine`: each name found when it is first used."""

_WHERE = {}
for _module, _names in (
    ("base", "Connection NestedTransaction RootTransaction Transaction TwoPhaseTransaction"),
    ("create", "Engine OptionEngine create_engine engine_from_config create_mock_engine create_pool_from_url"),
    ("mock", "MockConnection"),
    ("url", "URL make_url"),
    ("cursor", "CursorResult BaseCursorResult BufferedRowResultProxy LegacyCursorResult"),
    (
        "result",
        "ChunkedIteratorResult FrozenResult IteratorResult MappingResult MergedResult Result "
        "ScalarResult result_tuple",
    ),
    ("row", "Row RowMapping"),
    ("default", "DefaultDialect Dialect TypeCompiler"),
    ("reflection", "Inspector ObjectKind ObjectScope"),
):
    for _name in _names.split():
        _WHERE[_name] = _module
_MODULES = "base create cursor default interfaces mock reflection result row url".split()


def __getattr__(name):
    import sys

    if name in _MODULES:
        module = "sqlalchemy.engine." + name
        __import__(module)
        return sys.modules[module]
    module = _WHERE.get(name)
    if module is None:
        if name == "Compiled":
            from ..sql.compiler import Compiled

            return Compiled
        raise AttributeError("module 'sqlalchemy.engine' has no attribute %r" % name)
    module = "sqlalchemy.engine." + module
    __import__(module)
    found = getattr(sys.modules[module], "DefaultDialect" if name == "Dialect" else name)
    globals()[name] = found
    return found
