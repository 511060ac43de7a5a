"""Database URLs."""

from .. import exc


def _unquote(text):
    if text is None or "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


def _escape(text, safe=" +"):
    text = str(text)
    if not _UNRESERVED.issuperset(text):
        text = "".join(
            one if one in _UNRESERVED or one in safe else "".join("%%%02X" % byte for byte in one.encode("utf-8"))
            for one in text
        )
    return text


_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


class URL(tuple):
    """A URL in its parts; it never changes, `set()` gives another one."""

    __slots__ = ()

    def __new__(cls, *parts, **named):
        names = ("drivername", "username", "password", "host", "port", "database", "query")
        given = dict(zip(names, parts), **named)
        return cls.create(**given)

    @classmethod
    def create(
        cls,
        drivername,
        username=None,
        password=None,
        host=None,
        port=None,
        database=None,
        query=None,
    ):
        """A URL from its parts."""
        if not isinstance(drivername, str):
            raise TypeError("drivername must be a string")
        port = None if port in (None, "") else int(port)
        query = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in (query or {}).items()
        }
        return tuple.__new__(cls, (drivername, username, password, host, port, database, query))

    drivername = property(lambda self: self[0])
    username = property(lambda self: self[1])
    password = property(lambda self: None if self[2] is None else str(self[2]))
    host = property(lambda self: self[3])
    port = property(lambda self: self[4])
    database = property(lambda self: self[5])
    query = property(lambda self: self[6])

    def set(self, **changes):
        """The URL with other parts."""
        parts = self._parts()
        parts.update({key: value for key, value in changes.items() if value is not None})
        return URL.create(**parts)

    _replace = set

    def _parts(self):
        return {
            "drivername": self[0],
            "username": self[1],
            "password": self[2],
            "host": self[3],
            "port": self[4],
            "database": self[5],
            "query": self[6],
        }

    def update_query_dict(self, query_parameters, append=False):
        """The URL with more options."""
        query = dict(self.query)
        for key, value in query_parameters.items():
            if append and key in query:
                before = query[key] if isinstance(query[key], tuple) else (query[key],)
                after = tuple(value) if isinstance(value, (list, tuple)) else (value,)
                query[key] = before + after
            else:
                query[key] = value
        return URL.create(**{**self._parts(), "query": query})

    def update_query_pairs(self, key_value_pairs, append=False):
        query = {}
        for key, value in key_value_pairs:
            if key in query:
                before = query[key] if isinstance(query[key], list) else [query[key]]
                query[key] = before + [value]
            else:
                query[key] = value
        return self.update_query_dict(query, append=append)

    def update_query_string(self, query_string, append=False):
        from urllib.parse import parse_qsl

        return self.update_query_pairs(parse_qsl(query_string), append=append)

    def difference_update_query(self, names):
        query = {key: value for key, value in self.query.items() if key not in set(names)}
        return URL.create(**{**self._parts(), "query": query})

    @property
    def normalized_query(self):
        return {
            key: value if isinstance(value, tuple) else (value,)
            for key, value in self.query.items()
        }

    def render_as_string(self, hide_password=True):
        """The URL as text; the password is stars unless asked for."""
        text = self.drivername + "://"
        if self.username is not None:
            text += _escape(self.username)
            if self[2] is not None:
                text += ":" + ("***" if hide_password else _escape(str(self[2])))
            text += "@"
        if self.host is not None:
            text += "[%s]" % self.host if ":" in self.host else self.host
        if self.port is not None:
            text += ":" + str(self.port)
        if self.database is not None:
            text += "/" + _escape(self.database, safe=" +/")
        if self.query:
            from urllib.parse import quote_plus

            pairs = [
                (key, one)
                for key in sorted(self.query)
                for one in self.normalized_query[key]
            ]
            text += "?" + "&".join(
                "%s=%s" % (quote_plus(str(key)), quote_plus(str(one))) for key, one in pairs
            )
        return text

    __to_string__ = render_as_string

    def __str__(self):
        return self.render_as_string(hide_password=True)

    def __repr__(self):
        return self.render_as_string()

    def __hash__(self):
        return hash(self.render_as_string(hide_password=False))

    def __eq__(self, other):
        return isinstance(other, URL) and tuple.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def get_backend_name(self):
        """The database: `postgresql` of `postgresql+psycopg`."""
        return self.drivername.partition("+")[0]

    def get_driver_name(self):
        """The driver, or the one that would be taken."""
        _backend, _, driver = self.drivername.partition("+")
        return driver or self.get_dialect().driver

    def get_dialect(self, _is_async=False):
        """The dialect's class."""
        from .registry import dialect_class

        return dialect_class(self.drivername)

    def translate_connect_args(self, names=None, **kw):
        """The parts as a driver's keyword arguments."""
        found = {}
        for name in ("host", "database", "username", "password", "port"):
            value = getattr(self, name)
            if value is not None:
                found[kw.get(name, name)] = value
        return found


def make_url(name_or_url):
    """A URL from its text."""
    if isinstance(name_or_url, URL):
        return name_or_url
    if not isinstance(name_or_url, str):
        if hasattr(name_or_url, "_sqla_is_testing_if_this_is_a_mock_object"):
            return name_or_url
        raise exc.ArgumentError(
            "Expected string or URL object, got %r" % (name_or_url,)
        )
    return _parse(name_or_url)


def _refuse():
    return exc.ArgumentError("Could not parse SQLAlchemy URL from given URL string")


def _parse(text):
    driver, mark, rest = text.partition("://")
    if not mark or not driver or not all(one.isalnum() or one in "_+" for one in driver):
        raise _refuse()
    rest, question, query_text = rest.partition("?")
    authority, slash, database = rest.partition("/")
    user = password = host = port = None
    login, at, place = rest.rpartition("@") if "@" in authority else ("", "", rest)
    if not at and "@" in rest:
        # A password may contain a slash.
        login, at, place = rest.rpartition("@")
        if ":" not in login:
            login, at, place = "", "", rest
    authority, slash, database = place.partition("/")
    if at:
        user, colon, secret = login.partition(":")
        user = _unquote(user)
        password = _unquote(secret) if colon else None
    if authority:
        if authority[0] == "[":
            host, _, tail = authority[1:].partition("]")
            port = tail[1:] or None
        elif "," in authority or authority.count(":") > 1:
            host, colon, last = authority.rpartition(":")
            if not last.isdigit():
                host, last = authority, None
            port = last
        else:
            host, _, port = authority.partition(":")
        if port and not port.isdigit():
            raise _refuse()
    query = {}
    if question:
        from urllib.parse import parse_qsl

        for key, value in parse_qsl(query_text):
            if key in query:
                before = query[key] if isinstance(query[key], tuple) else (query[key],)
                query[key] = before + (value,)
            else:
                query[key] = value
    return URL.create(
        driver, user, password, host or None, port or None, _unquote(database) if slash else None, query
    )
