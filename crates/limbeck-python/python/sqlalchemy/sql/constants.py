"""`NULL`, `true` and `false`, each one object."""

from .elements import ColumnElement, _boolean_type


class _Constant(ColumnElement):
    _is_singleton_constant = True
    _singleton = None

    def __new__(cls):
        if cls.__dict__.get("_singleton") is None:
            cls._singleton = super().__new__(cls)
        return cls._singleton

    @classmethod
    def _instance(cls):
        return cls()

    def _clone(self):
        return self

    def get_children(self, **kw):
        return ()


class Null(_Constant):
    """`NULL`."""

    __visit_name__ = "null"


class True_(_Constant):
    """`true`, or 1 where the dialect has no such word."""

    __visit_name__ = "true"

    def _default_type(self):
        return _boolean_type()

    def _negate(self):
        return False_()


class False_(_Constant):
    """`false`, or 0 where the dialect has no such word."""

    __visit_name__ = "false"

    def _default_type(self):
        return _boolean_type()

    def _negate(self):
        return True_()
