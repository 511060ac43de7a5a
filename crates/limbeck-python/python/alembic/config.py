"""`alembic.config`: the settings that env.py reads and changes."""

import os
import sys

from alembic.util.exc import CommandError
from alembic.util.langhelpers import path_text
from limbeck_runtime.ini import Sections

_URL = "sqlalchemy.url"

# `types.SimpleNamespace`, without loading `types` for it.
_Options = type(sys.implementation)


class Config:
    """What the ini file and pyproject.toml say, and what the command line adds."""

    config_file_name = None
    toml_file_name = None
    config_ini_section = None
    cmd_opts = None

    def __init__(
        self,
        file_=None,
        toml_file=None,
        ini_section="alembic",
        output_buffer=None,
        stdout=None,
        cmd_opts=None,
        config_args=None,
        attributes=None,
    ):
        self.config_file_name = path_text(file_) if file_ else None
        self.toml_file_name = path_text(toml_file) if toml_file else None
        self.config_ini_section = ini_section
        self.output_buffer = output_buffer
        self._stdout = stdout
        self.cmd_opts = cmd_opts
        self.config_args = dict(config_args or {})
        self.toml_args = dict(config_args or {})
        self.attributes = dict(attributes or {})
        self._url = None
        self._store = None
        self._toml = None

    @classmethod
    def _of_command(cls, found):
        """The settings of the command under way, which Rust has read."""
        config = cls(
            found.get("config_file"),
            found.get("toml_file"),
            found.get("section") or "alembic",
            cmd_opts=_Options(**found.get("options", {})),
        )
        defaults = found.get("defaults") or {}
        config.config_args.update(defaults)
        config.toml_args["here"] = found.get("toml_here") or defaults.get("here", ".")
        config._store = Sections(found.get("sections") or {}, defaults)
        if not found.get("config_file"):
            config._store.add_section(config.config_ini_section)
        config._url = found.get("url")
        return config

    @property
    def stdout(self):
        return self._stdout or sys.stdout

    @stdout.setter
    def stdout(self, stream):
        self._stdout = stream

    @property
    def _sections(self):
        if self._store is None:
            self._store = self._read()
        return self._store

    def _read(self):
        from configparser import ConfigParser

        here = "."
        if self.config_file_name:
            here = os.path.dirname(os.path.abspath(self.config_file_name)).replace(os.sep, "/")
        self.config_args["here"] = here
        parser = ConfigParser(self.config_args)
        if self.config_file_name:
            parser.read([self.config_file_name])
        else:
            parser.add_section(self.config_ini_section)
        return parser

    @property
    def file_config(self):
        """The ini file as Python's ConfigParser."""
        if isinstance(self._sections, Sections):
            self._store = self._store.to_config_parser()
            if self._url is not None and self._store.has_section(self.config_ini_section):
                self._store.set(self.config_ini_section, _URL, self._url.replace("%", "%%"))
        return self._store

    @property
    def toml_alembic_config(self):
        """`[tool.alembic]` of pyproject.toml."""
        if self._toml is None:
            self._toml = {}
            if self.toml_file_name and os.path.exists(self.toml_file_name):
                import tomllib

                self.toml_args["here"] = os.path.dirname(os.path.abspath(self.toml_file_name)).replace(os.sep, "/")
                with open(self.toml_file_name, "rb") as file:
                    self._toml = tomllib.load(file).get("tool", {}).get("alembic", {})
        return self._toml

    @property
    def messaging_opts(self):
        """Whether the user wants silence."""
        return {"quiet": getattr(self.cmd_opts, "quiet", False)}

    def print_stdout(self, text, *arg):
        """Writes a line to standard output."""
        from alembic.util.messaging import write_outstream

        write_outstream(self.stdout, str(text) % arg if arg else str(text), "\n", **self.messaging_opts)

    def get_template_directory(self):
        """Where Alembic keeps its templates; ours are inside the program."""
        return os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")

    def get_section(self, name, default=None):
        """All options of a section."""
        if not self._sections.has_section(name):
            return default
        values = dict(self._sections.items(name))
        if name == self.config_ini_section and self._url is not None:
            values[_URL] = self._url
        return values

    def set_main_option(self, name, value):
        """Sets an option of the main section; `%` is written `%%`."""
        self.set_section_option(self.config_ini_section, name, value)

    def remove_main_option(self, name):
        """Forgets an option of the main section."""
        self._sections.remove_option(self.config_ini_section, name)

    def set_section_option(self, section, name, value):
        """Sets an option of any section."""
        if not self._sections.has_section(section):
            self._sections.add_section(section)
        self._sections.set(section, name, value)

    def get_section_option(self, section, name, default=None):
        """An option of any section."""
        if not self._sections.has_section(section):
            raise CommandError(
                "No config file %r found, or file has no '[%s]' section" % (self.config_file_name, section)
            )
        if section == self.config_ini_section and name.lower() == _URL and self._url is not None:
            return self._url
        if self._sections.has_option(section, name):
            return self._sections.get(section, name)
        return default

    def get_main_option(self, name, default=None):
        """An option of the main section."""
        return self.get_section_option(self.config_ini_section, name, default)

    def get_alembic_option(self, name, default=None):
        """An option of the ini file, else of pyproject.toml."""
        if self._sections.has_option(self.config_ini_section, name):
            return self._sections.get(self.config_ini_section, name)
        return self._toml_value(name, default)

    def get_alembic_boolean_option(self, name):
        """A yes or no of the ini file, else of pyproject.toml."""
        if self._sections.has_option(self.config_ini_section, name):
            return self._sections.get(self.config_ini_section, name) == "true"
        value = self.toml_alembic_config.get(name, False)
        if not isinstance(value, bool):
            raise CommandError("boolean value expected for TOML parameter %r" % (name,))
        return value

    def _toml_value(self, name, default=None):
        value = self.toml_alembic_config.get(name, default)
        if isinstance(value, str):
            return value % self.toml_args
        if isinstance(value, list):
            return [
                {key: text % self.toml_args for key, text in part.items()}
                if isinstance(part, dict)
                else part % self.toml_args
                for part in value
            ]
        if isinstance(value, dict):
            return {key: text % self.toml_args for key, text in value.items()}
        return value

    def get_version_locations_list(self):
        """The version directories, where the project names them."""
        text = self.get_alembic_option("version_locations")
        return self._split(text, ", ") if isinstance(text, str) else text

    def get_prepend_sys_paths_list(self):
        """What comes first on Python's search path."""
        text = self.get_alembic_option("prepend_sys_path")
        return self._split(text, ", :") if isinstance(text, str) else text

    def _split(self, text, legacy):
        separator = self.get_main_option("path_separator") or self.get_main_option("version_path_separator")
        if separator is None:
            for other in legacy[1:]:
                text = text.replace(other, legacy[0])
            return [part for part in text.split(legacy[0]) if part]
        character = {"space": " ", "newline": "\n", "os": os.pathsep, ":": ":", ";": ";"}.get(separator)
        if character is None:
            raise ValueError(
                "'%s' is not a valid value for path_separator; expected 'space', 'newline', 'os', ':', ';'" % separator
            )
        return [part.strip() for part in text.split(character) if part.strip()]


class CommandLine:
    """Alembic's command line; here it is this program's."""

    def __init__(self, prog=None):
        from limbeck_runtime.missing import NotProvided

        raise NotProvided("alembic.config.CommandLine")


def main(argv=None, prog=None, **kwargs):
    """Alembic's entry point; here it is this program's."""
    CommandLine(prog)
