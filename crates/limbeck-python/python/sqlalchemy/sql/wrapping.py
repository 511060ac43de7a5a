"""Expressions around another one: with a name, in parentheses."""

from . import operators
from .columns import NamedColumn
from .elements import ColumnElement, _instance, _null_type
from .names import _anonymous_label


class Label(NamedColumn):
    """An expression with a name."""

    __visit_name__ = "label"

    def __init__(self, name, element, type_=None):
        from .coercion import expression

        element = expression(element)
        while isinstance(element, Label):
            element = element._element
        if not name:
            name = _anonymous_label.safe_construct(
                id(self), getattr(element, "name", None) or "anon"
            )
        self.name = self.key = name
        self._element = element
        self.type = _instance(type_) if type_ is not None else element.type
        self._proxies = [element]

    @property
    def element(self):
        return self._element.self_group(against=operators.as_)

    @property
    def _is_implicitly_boolean(self):
        return self._element._is_implicitly_boolean

    @property
    def primary_key(self):
        return self._element.primary_key

    @property
    def foreign_keys(self):
        return self._element.foreign_keys

    @property
    def _order_by_label_element(self):
        return self

    @property
    def _from_objects(self):
        return self._element._from_objects

    def _bind_param(self, operator, value, type_=None, expanding=False):
        return ColumnElement._bind_param(self, operator, value, type_, expanding)

    def self_group(self, against=None):
        return self._around(self._element.self_group(against=against))

    def _negate(self):
        return self._around(self._element._negate())

    def _around(self, element):
        if element is self._element:
            return self
        return Label(self.name, element, type_=self.type)

    def _make_proxy(self, selectable, name=None, key=None):
        name = name or self.name
        _key, proxy = self.element._make_proxy(selectable, name=name)
        proxy._proxies = list(proxy._proxies) + [self]
        proxy.type = self.type
        proxy.key = name
        return name, proxy


class Grouping(ColumnElement):
    """An expression in parentheses."""

    __visit_name__ = "grouping"

    def __init__(self, element):
        self.element = element
        self.type = getattr(element, "type", None) or _null_type()

    def self_group(self, against=None):
        return self

    def _ungroup(self):
        return self.element._ungroup()

    @property
    def key(self):
        return getattr(self.element, "key", None)

    @property
    def name(self):
        return getattr(self.element, "name", None)

    @property
    def _proxies(self):
        return [self.element] if self.element._is_column_element else []

    @property
    def _is_implicitly_boolean(self):
        return self.element._is_implicitly_boolean

    @property
    def _from_objects(self):
        return self.element._from_objects

    def _with_binary_element_type(self, type_):
        return type(self)(self.element._with_binary_element_type(type_))

    def __getattr__(self, attribute):
        if attribute == "element" or attribute[:2] == "__":
            raise AttributeError(attribute)
        return getattr(self.element, attribute)
