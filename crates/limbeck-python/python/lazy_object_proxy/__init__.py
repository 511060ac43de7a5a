"""The proxy of the package of this name, which scripts use for types that depend on the database."""


class Proxy:
    """Whatever a function gives, asked for when it is first used."""

    __slots__ = ("__factory__", "__target__")

    def __init__(self, factory):
        object.__setattr__(self, "__factory__", factory)

    @property
    def __wrapped__(self):
        try:
            return object.__getattribute__(self, "__target__")
        except AttributeError:
            target = object.__getattribute__(self, "__factory__")()
            object.__setattr__(self, "__target__", target)
            return target

    @property
    def __class__(self):
        return self.__wrapped__.__class__

    def __getattr__(self, name):
        return getattr(self.__wrapped__, name)

    def __setattr__(self, name, value):
        setattr(self.__wrapped__, name, value)

    def __call__(self, *args, **kwargs):
        return self.__wrapped__(*args, **kwargs)

    def __repr__(self):
        return repr(self.__wrapped__)

    def __str__(self):
        return str(self.__wrapped__)

    def __bool__(self):
        return bool(self.__wrapped__)

    def __eq__(self, other):
        return self.__wrapped__ == other

    def __hash__(self):
        return hash(self.__wrapped__)

    def __iter__(self):
        return iter(self.__wrapped__)

    def __len__(self):
        return len(self.__wrapped__)

    def __getitem__(self, key):
        return self.__wrapped__[key]

    def __mro_entries__(self, bases):
        return (self.__wrapped__,)
