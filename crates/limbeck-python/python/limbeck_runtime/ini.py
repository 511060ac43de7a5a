"""The sections of an ini file that Rust has read, with the interpolation of Python's ConfigParser.

It has the part of ConfigParser's interface that `alembic.config.Config` needs: importing the real one takes longer than everything
else that an ordinary env.py does.
"""

_DEPTH = 10


class Sections:
    """Raw values by section and option; `%(name)s` is looked up when a value is asked for."""

    def __init__(self, sections, defaults):
        # What the file says, whatever is set afterwards.
        self.as_read = sections
        self._sections = {name: dict(values) for name, values in sections.items()}
        self._defaults = dict(defaults)

    def has_section(self, section):
        return section in self._sections

    def add_section(self, section):
        self._sections.setdefault(section, {})

    def sections(self):
        return list(self._sections)

    def has_option(self, section, option):
        option = option.lower()
        return section in self._sections and (option in self._sections[section] or option in self._defaults)

    def set(self, section, option, value):
        # ConfigParser refuses a lone `%` here, not where the value is read.
        rest = value.replace("%%", "")
        position = rest.find("%")
        while position >= 0:
            if not rest.startswith("(", position + 1) or ")s" not in rest[position:]:
                raise ValueError("invalid interpolation syntax in %r at position %d" % (value, value.find("%")))
            position = rest.find("%", position + 1)
        self._sections[section][option.lower()] = value

    def remove_option(self, section, option):
        return self._sections.get(section, {}).pop(option.lower(), None) is not None

    def get(self, section, option, fallback=None):
        if not self.has_option(section, option):
            return fallback
        values = dict(self._defaults, **self._sections[section])
        return _interpolate(section, option.lower(), values)

    def items(self, section):
        values = dict(self._defaults, **self._sections[section])
        return [(option, _interpolate(section, option, values)) for option in values]

    def to_config_parser(self):
        """The same as Python's own ConfigParser."""
        from configparser import ConfigParser

        parser = ConfigParser(self._defaults)
        for name, values in self._sections.items():
            parser.add_section(name)
            for option, value in values.items():
                parser._sections[name][option] = value
        return parser


def _interpolate(section, option, values):
    value = values[option]
    if value is None or "%" not in value:
        return value
    return _expand(section, option, value, values, 1)


def _expand(section, option, text, values, depth):
    if depth > _DEPTH:
        from configparser import InterpolationDepthError

        raise InterpolationDepthError(option, section, values[option])
    parts = []
    while text:
        position = text.find("%")
        if position < 0:
            parts.append(text)
            break
        parts.append(text[:position])
        text = text[position:]
        if text.startswith("%%"):
            parts.append("%")
            text = text[2:]
            continue
        end = text.find(")s") if text.startswith("%(") else -1
        if end < 0:
            from configparser import InterpolationSyntaxError

            raise InterpolationSyntaxError(
                option, section, "'%%' must be followed by '%%' or '(', found: %r" % (text,)
            )
        name = text[2:end].lower()
        text = text[end + 2 :]
        if name not in values:
            from configparser import InterpolationMissingOptionError

            raise InterpolationMissingOptionError(option, section, values[option], name)
        parts.append(_expand(section, option, values[name], values, depth + 1))
    return "".join(parts)
