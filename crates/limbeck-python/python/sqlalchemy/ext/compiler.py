"""``@compiles``: SQL text for an element, given by the script."""


def compiles(class_, *dialects):
    """Registers the decorated function as the text of `class_`, for some dialects or for all."""

    def register(fn):
        known = class_.__dict__.get("_compiler_dispatcher")
        if known is None:
            inherited = getattr(class_, "_compiler_dispatcher", None)
            known = _Dispatcher(getattr(class_, "_compiler_dispatch", None) if inherited is None else None, inherited)
            class_._compiler_dispatcher = known
            class_._compiler_dispatch = lambda self, compiler, **options: known(self, compiler, **options)
            class_._compiler_dispatch_original = known.plain
        for dialect in dialects or ("default",):
            known.specs[dialect] = fn
        return fn

    return register


def deregister(class_):
    """Takes all texts of a class away."""
    if "_compiler_dispatcher" in class_.__dict__:
        del class_._compiler_dispatcher
        del class_._compiler_dispatch


class _Dispatcher:
    """The texts of one class by dialect."""

    def __init__(self, plain, inherited):
        self.plain = plain
        self.specs = dict(inherited.specs) if inherited is not None else {}
        if inherited is not None:
            self.plain = inherited.plain

    def text_for(self, dialect):
        """What the script says for a dialect, or for all."""
        return self.specs.get(dialect) or self.specs.get("default")

    def __call__(self, element, compiler, **options):
        fn = self.text_for(compiler.dialect.name)
        if fn is not None:
            return fn(element, compiler, **options)
        if self.plain is None:
            from sqlalchemy.exc import CompileError

            raise CompileError(
                f"{type(element)} construct has no default compilation handler."
            )
        return self.plain(element, compiler, **options)
