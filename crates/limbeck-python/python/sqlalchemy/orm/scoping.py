"""``scoped_session``: one session for each thread (or whatever ``scopefunc`` tells apart)."""


class scoped_session:
    """Passes everything on to the current session."""

    def __init__(self, session_factory, scopefunc=None):
        self.session_factory = session_factory
        self.scopefunc = scopefunc
        self._sessions = {}
        self.registry = self

    def __class_getitem__(cls, _):
        return cls

    def _mark(self):
        if self.scopefunc is not None:
            return self.scopefunc()
        import _thread

        return _thread.get_ident()

    def has(self):
        return self._mark() in self._sessions

    def __call__(self, **options):
        mark = self._mark()
        if mark not in self._sessions:
            self._sessions[mark] = self.session_factory(**options)
        elif options:
            from sqlalchemy.exc import InvalidRequestError

            raise InvalidRequestError("Scoped session is already present; no new arguments may be specified.")
        return self._sessions[mark]

    def remove(self):
        """Closes and forgets the current session."""
        found = self._sessions.pop(self._mark(), None)
        if found is not None:
            found.close()

    def configure(self, **options):
        self.session_factory.configure(**options)

    def query_property(self, query_cls=None):
        """A class attribute that is a query of the class."""
        scope = self

        class QueryProperty:
            def __get__(self, instance, owner):
                if query_cls is not None:
                    return query_cls((owner,), scope())
                return scope().query(owner)

        return QueryProperty()

    def __contains__(self, instance):
        return instance in self()

    def __iter__(self):
        return iter(self())

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self(), name)
