"""What a template finds when it runs: its context, filters and `loop`."""

import builtins


class Undefined:
    """A name that nobody gave: false, and an error when it is written."""

    def __init__(self, name):
        self.name = name

    def __bool__(self):
        return False

    def __str__(self):
        raise NameError("name '%s' is not defined" % self.name)


class Context:
    """`context`: the template's variables, and where its text goes."""

    def __init__(self, variables):
        self._data = dict(variables)
        self._buffers = [[]]

    @property
    def kwargs(self):
        return dict(self._data)

    def get(self, key, default=None):
        if key in self._data:
            return self._data[key]
        return getattr(builtins, key, default)

    def __getitem__(self, key):
        if key in self._data:
            return self._data[key]
        return getattr(builtins, key)

    def __contains__(self, key):
        return key in self._data

    def keys(self):
        return list(self._data)

    def write(self, text):
        self._buffers[-1].append(text)

    def push(self):
        self._buffers.append([])

    def pop(self):
        return "".join(self._buffers.pop())


class Loop:
    """`loop`, inside of a `% for`."""

    def __init__(self, items, parent):
        self._items, self.parent, self.index = items, parent, 0

    def __len__(self):
        return len(self._items)

    @property
    def reverse_index(self):
        return len(self._items) - self.index - 1

    @property
    def first(self):
        return self.index == 0

    @property
    def last(self):
        return self.index == len(self._items) - 1

    @property
    def even(self):
        return not self.odd

    @property
    def odd(self):
        return bool(self.index % 2)

    def cycle(self, *values):
        if not values:
            raise ValueError("You must provide values to cycle through")
        return values[self.index % len(values)]


def loops(namespace):
    """The function that runs through a `% for` and keeps `loop` in `namespace`."""

    def each(items):
        outer = namespace.get("loop")
        loop = Loop(items if hasattr(items, "__len__") else list(items), outer)
        try:
            for item in loop._items:
                namespace["loop"] = loop
                yield item
                loop.index += 1
        finally:
            namespace["loop"] = outer

    return each


def html_escape(text):
    text = str(text)
    for character, entity in (
        ("&", "&amp;"),
        (">", "&gt;"),
        ("<", "&lt;"),
        ("'", "&#39;"),
        ('"', "&#34;"),
    ):
        text = text.replace(character, entity)
    return text


def url_escape(text):
    from urllib.parse import quote_plus

    return quote_plus(str(text).encode("utf8"))


def entity_escape(text):
    from html.entities import codepoint2name

    return "".join(
        "&%s;" % codepoint2name[ord(letter)] if ord(letter) in codepoint2name else letter
        for letter in str(text)
    )


def trim(text):
    return text.strip()


FILTERS = {
    "h": html_escape,
    "x": html_escape,
    "u": url_escape,
    "entity": entity_escape,
    "trim": trim,
    "str": str,
    "unicode": str,
}


def capturing(context):
    """`capture(f, …)`: what a def writes, as text."""

    def capture(function, *args, **kwargs):
        context.push()
        try:
            function(*args, **kwargs)
        finally:
            text = context.pop()
        return text

    return capture
