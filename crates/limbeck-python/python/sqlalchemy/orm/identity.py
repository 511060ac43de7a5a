"""The objects of a session by identity; objects that nobody holds are let go."""


class IdentityMap:
    """Maps identity keys to objects."""

    def __init__(self):
        self._states = {}

    def get(self, key, default=None):
        state = self._states.get(key)
        if state is None:
            return default
        obj = state.obj()
        return default if obj is None else obj

    def __getitem__(self, key):
        obj = self.get(key)
        if obj is None:
            raise KeyError(key)
        return obj

    def __contains__(self, key):
        return self.get(key) is not None

    def __len__(self):
        return len(self.values())

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return [key for key, state in list(self._states.items()) if state.obj() is not None]

    def values(self):
        found = [state.obj() for state in list(self._states.values())]
        return [obj for obj in found if obj is not None]

    def items(self):
        return [(key, state.obj()) for key, state in list(self._states.items()) if state.obj() is not None]

    def all_states(self):
        return [state for state in list(self._states.values()) if state.obj() is not None]
