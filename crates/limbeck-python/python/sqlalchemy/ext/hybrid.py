"""``hybrid_property`` and ``hybrid_method``: Python on objects, SQL on the class."""


class _ExtensionType:
    def __init__(self, name):
        self.value = name

    def __repr__(self):
        return self.value


HYBRID_METHOD = _ExtensionType("HYBRID_METHOD")
HYBRID_PROPERTY = _ExtensionType("HYBRID_PROPERTY")


class hybrid_method:
    """A method that may answer differently on the class."""

    is_attribute = False
    extension_type = HYBRID_METHOD

    def __init__(self, func, expr=None):
        self.func = func
        self.expr = expr if expr is not None else func

    def __get__(self, instance, owner):
        if instance is None:
            return self.expr.__get__(owner, type(owner))
        return self.func.__get__(instance, owner)

    def expression(self, expr):
        """Gives the SQL side."""
        self.expr = expr
        return self

    @property
    def inplace(self):
        return self


class hybrid_property:
    """A property that may answer differently on the class."""

    is_attribute = False
    extension_type = HYBRID_PROPERTY

    def __init__(self, fget, fset=None, fdel=None, expr=None, custom_comparator=None, update_expr=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.expr = expr
        self.custom_comparator = custom_comparator
        self.update_expr = update_expr
        self.__name__ = getattr(fget, "__name__", None)
        self.__doc__ = getattr(fget, "__doc__", None)

    def __get__(self, instance, owner):
        if instance is not None:
            return self.fget(instance)
        if owner is None:
            return self
        if self.custom_comparator is not None:
            return self.custom_comparator(owner)
        made = (self.expr or self.fget)(owner)
        if getattr(made, "is_attribute", False) or not hasattr(made, "label"):
            return made
        return _Named(made, self.__name__, owner)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("can't delete attribute")
        self.fdel(instance)

    def _copy(self, **changes):
        values = {
            "fset": self.fset, "fdel": self.fdel, "expr": self.expr, "custom_comparator": self.custom_comparator,
            "update_expr": self.update_expr,
        }
        fget = changes.pop("fget", self.fget)
        values.update(changes)
        return type(self)(fget, **values)

    def getter(self, fget):
        return self._copy(fget=fget)

    def setter(self, fset):
        return self._copy(fset=fset)

    def deleter(self, fdel):
        return self._copy(fdel=fdel)

    def expression(self, expr):
        return self._copy(expr=_function(expr))

    def comparator(self, comparator):
        return self._copy(custom_comparator=_function(comparator))

    def update_expression(self, meth):
        return self._copy(update_expr=_function(meth))

    @property
    def overrides(self):
        return self

    @property
    def inplace(self):
        return _InPlace(self)


def _function(value):
    return value.__func__ if isinstance(value, classmethod) else value


class _InPlace:
    """``@x.inplace.setter``: changes the property itself, so that the method may have its own name."""

    def __init__(self, prop):
        self.prop = prop

    def _set(self, name, fn):
        setattr(self.prop, name, _function(fn))
        return self.prop

    def getter(self, fn):
        return self._set("fget", fn)

    def setter(self, fn):
        return self._set("fset", fn)

    def deleter(self, fn):
        return self._set("fdel", fn)

    def expression(self, fn):
        return self._set("expr", fn)

    def comparator(self, fn):
        return self._set("custom_comparator", fn)

    def update_expression(self, fn):
        return self._set("update_expr", fn)


class _Named:
    """An expression that goes by the hybrid's name when it is selected."""

    is_clause_element = False
    is_hybrid = True

    def __init__(self, element, name, owner):
        self._element = element
        self.key = name
        self.owner = owner

    def __clause_element__(self):
        return self._element

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._element, name)

    def __hash__(self):
        return id(self)

    def __str__(self):
        return str(self._element)


def _forward(name):
    return lambda self, *others: getattr(self._element, name)(*others)


for _name in (
    "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ "
    "__rtruediv__ __mod__ __neg__ __invert__ __and__ __or__ __getitem__"
).split():
    setattr(_Named, _name, _forward(_name))


class Comparator:
    """A base for comparators of hybrids."""

    is_clause_element = False

    def __init__(self, expression):
        self.expression = expression

    def __clause_element__(self):
        element = self.expression
        while hasattr(element, "__clause_element__") and not getattr(element, "is_clause_element", False):
            element = element.__clause_element__()
        return element

    def operate(self, op, *other, **kwargs):
        return op(self.__clause_element__(), *other, **kwargs)

    def __getattr__(self, name):
        if name.startswith("__") or name == "expression":
            raise AttributeError(name)
        return getattr(self.__clause_element__(), name)


def _operated(name):
    def method(self, *others):
        from sqlalchemy.sql import operators

        if type(self).operate is not Comparator.operate:
            return self.operate(getattr(operators, name.strip("_")), *others)
        return getattr(self.__clause_element__(), name)(*others)

    return method


for _name in "__eq__ __ne__ __lt__ __le__ __gt__ __ge__".split():
    setattr(Comparator, _name, _operated(_name))
Comparator.__hash__ = lambda self: id(self)
ExprComparator = Comparator
