"""Values that go beside a statement."""

from .base import NO_ARG
from .elements import KeyedColumnElement
from .names import _anonymous_label, quoted_name


class BindParameter(KeyedColumnElement):
    """A value that goes beside the statement, not into its text."""

    __visit_name__ = "bindparam"
    _is_bind_parameter = True
    _is_crud = False

    def __init__(
        self,
        key,
        value=NO_ARG,
        type_=None,
        unique=False,
        required=NO_ARG,
        quote=None,
        callable_=None,
        expanding=False,
        isoutparam=False,
        literal_execute=False,
        _compared_to_operator=None,
        _compared_to_type=None,
        _is_crud=False,
    ):
        if required is NO_ARG:
            required = value is NO_ARG and callable_ is None
        if value is NO_ARG:
            value = None
        if quote is not None:
            key = quoted_name.construct(key, quote)
        if unique:
            plain = key is not None and not isinstance(key, _anonymous_label)
            self.key = _anonymous_label.safe_construct(
                id(self), key if plain else "param", sanitize_key=True
            )
        elif key:
            self.key = key
        else:
            self.key = _anonymous_label.safe_construct(id(self), "param")
        self._orig_key = key or "param"
        self.unique = unique
        self.value = value
        self.callable = callable_
        self.required = required
        self.expanding = expanding
        self.expand_op = None
        self.isoutparam = isoutparam
        self.literal_execute = literal_execute
        if _is_crud:
            self._is_crud = True
        if type_ is not None:
            self.type = type_() if isinstance(type_, type) else type_
            return
        from .type_affinity import coerce_compared, type_of_value

        sample = value
        if expanding:
            sample = value[0] if value else NO_ARG
        if _compared_to_type is not None:
            self.type = coerce_compared(_compared_to_type, _compared_to_operator, sample)
        else:
            self.type = type_of_value(sample)

    @property
    def effective_value(self):
        return self.callable() if self.callable else self.value

    def get_children(self, **kw):
        return ()

    def render_literal_execute(self):
        copy = self._clone(maintain_key=True)
        copy.literal_execute = True
        return copy

    def _with_value(self, value, maintain_key=False, required=NO_ARG):
        copy = self._clone(maintain_key=maintain_key)
        copy.value = value
        copy.callable = None
        copy.required = self.required if required is NO_ARG else required
        from .type_affinity import is_null_type, type_of_value

        if is_null_type(copy.type):
            copy.type = type_of_value(value)
        return copy

    def _clone(self, maintain_key=False):
        copy = super()._clone()
        if not maintain_key and self.unique:
            copy.key = _anonymous_label.safe_construct(
                id(copy), self._orig_key or "param", sanitize_key=True
            )
        return copy

    def _convert_to_unique(self):
        if not self.unique:
            self.unique = True
            self.key = _anonymous_label.safe_construct(
                id(self), self._orig_key or "param", sanitize_key=True
            )

    def _negate_in_binary(self, negated_op, original_op):
        if self.expand_op is original_op:
            copy = self._clone()
            copy.expand_op = negated_op
            return copy
        return self

    def _with_binary_element_type(self, type_):
        copy = self._clone(maintain_key=True)
        copy.type = type_
        return copy

    def __repr__(self):
        return "%s(%r, %r, type_=%r)" % (type(self).__name__, self.key, self.value, self.type)
