"""Classes of a dialect that most connections never need: what compiles expressions is most of the package."""

import sys


class Later:
    """A class attribute whose value is in a module that is imported by its first use."""

    def __init__(self, module, name):
        self._module = module
        self._name = name
        self._value = None

    def __get__(self, instance, owner):
        if self._value is None:
            __import__(self._module)
            self._value = getattr(sys.modules[self._module], self._name)
        return self._value
