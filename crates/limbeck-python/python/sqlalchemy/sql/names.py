"""Names as a statement has them: quoted or not, cut to a length, decided while compiling."""

# Where SQLAlchemy has them, which counts for what is pickled.
_PUBLIC = "sqlalchemy.sql.elements"


class quoted_name(str):
    """A name that says itself whether it is quoted; None leaves it to the dialect."""

    quote = None
    __module__ = _PUBLIC

    def __new__(cls, value, quote=None):
        if type(value) is str and quote is None:
            # What most names are; the class says the rest.
            return str.__new__(cls, value)
        if isinstance(value, quoted_name) and (quote is None or value.quote == quote):
            return value
        self = super().__new__(cls, value)
        self.quote = quote
        return self

    @classmethod
    def construct(cls, value, quote=None):
        return None if value is None else cls(value, quote)

    def __reduce__(self):
        return quoted_name, (str(self), self.quote)


class _truncated_label(quoted_name):
    """A name that may be cut to the length a database allows."""

    __module__ = _PUBLIC

    def apply_map(self, map_):
        return self


class conv(_truncated_label):
    """A constraint name that naming conventions leave alone."""

    __module__ = _PUBLIC


class _anonymous_label(_truncated_label):
    """A name that is decided while compiling: `%(<seed> <body>)s` becomes `<body>_1`."""

    @classmethod
    def safe_construct(cls, seed, body, enclosing_label=None, sanitize_key=False):
        if "%" in body or "(" in body or ")" in body or " " in body or "$" in body:
            cleaned = []
            for letter in body:
                if letter in "%() $":
                    if not cleaned or cleaned[-1] != "\0":
                        cleaned.append("\0")
                else:
                    cleaned.append(letter)
            body = "".join(cleaned).replace("\0", "_")
        if sanitize_key:
            body = body.strip("_")
        label = "%%(%d %s)s" % (seed, body)
        if enclosing_label:
            label = enclosing_label + label
        return cls(label)

    def __add__(self, other):
        if "%" in other and not isinstance(other, _anonymous_label):
            other = str(other).replace("%", "%%")
        return _anonymous_label(str.__add__(self, other))

    def __radd__(self, other):
        if "%" in other and not isinstance(other, _anonymous_label):
            other = str(other).replace("%", "%%")
        return _anonymous_label(str.__add__(str(other), self))

    def apply_map(self, map_):
        return self % map_
