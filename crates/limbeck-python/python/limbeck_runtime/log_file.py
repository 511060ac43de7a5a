"""`logging.config.fileConfig()` for env.py, which nearly every env.py calls and few make use of.

The standard library's `logging` takes longer to load than all the rest that an ordinary env.py does. As long as nobody has used
it, an ordinary logging section is only remembered, and read by the standard library as soon as `logging` is loaded: before
the first logger exists, as if it had been read at once. Whatever is not ordinary is read at once.
"""

import sys

from limbeck_runtime.deferred import defer, is_deferred

# Calls of fileConfig() that wait for `logging` to be used.
_waiting = []

_ORDINARY = ("class", "args", "level", "formatter")


def install():
    """Defer `logging` and `logging.config`."""
    if "logging" in sys.modules:
        return
    for name in ("traceback", "inspect"):
        defer(name)
    logging = defer("logging", _catch_up, is_package=True)
    config = defer("logging.config")
    config.fileConfig = fileConfig
    logging.config = config


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """Configure logging from an ini file."""
    if is_deferred("logging") and defaults is None and encoding is None and _is_ordinary(fname):
        _waiting.append((fname, disable_existing_loggers))
        return
    _real()(fname, defaults=defaults, disable_existing_loggers=disable_existing_loggers, encoding=encoding)


def _real():
    """The standard library's fileConfig(), which takes the place of this one."""
    config = sys.modules["logging.config"]
    if config.__dict__.get("fileConfig") is fileConfig:
        import logging

        logging.getLogger
        config.dictConfig
    return config.fileConfig


def _catch_up():
    _forgive_handlers()
    waiting, _waiting[:] = list(_waiting), []
    for fname, disable_existing_loggers in waiting:
        _real()(fname, disable_existing_loggers=disable_existing_loggers)


def _forgive_handlers():
    """A handler of the application that needs what is not here says nothing: what is logged is no business of a migration."""
    from limbeck_runtime.placeholders import NeedsApplication

    handler = sys.modules["logging"].Handler
    handle = handler.handle

    def forgiving(self, record):
        try:
            return handle(self, record)
        except NeedsApplication:
            return False

    handler.handle = forgiving


def _is_ordinary(fname):
    """Whether the file only says where lines go and what they look like: nothing that could fail, or do more than that."""
    if not isinstance(fname, str):
        return False
    sections = _read(fname)
    if sections is None:
        return False
    listed = {}
    for kind in ("formatter", "handler", "logger"):
        keys = sections.get(kind + "s", {}).get("keys")
        if keys is None:
            return False
        listed[kind] = [key.strip() for key in keys.split(",")] if keys else []
        for key in listed[kind]:
            if kind + "_" + key not in sections:
                return False
    for key in listed["formatter"]:
        if any(option not in ("format", "datefmt", "class") for option in sections["formatter_" + key]):
            return False
        if sections["formatter_" + key].get("class") not in (None, "", "logging.Formatter"):
            return False
    for key in listed["handler"]:
        handler = sections["handler_" + key]
        if any(option not in _ORDINARY for option in handler) or not _is_known_level(handler):
            return False
        if handler.get("class") != "StreamHandler" or handler.get("args") not in ("(sys.stderr,)", "(sys.stdout,)", "()"):
            return False
        if handler.get("formatter", "") not in ("", *listed["formatter"]):
            return False
    if "root" not in listed["logger"]:
        return False
    return all(_is_ordinary_logger(key, sections["logger_" + key], listed["handler"]) for key in listed["logger"])


def _is_ordinary_logger(key, logger, known):
    if any(option not in ("level", "handlers", "qualname", "propagate") for option in logger):
        return False
    if "handlers" not in logger or key != "root" and "qualname" not in logger:
        return False
    handlers = [name.strip() for name in logger["handlers"].split(",")] if logger["handlers"] else []
    return (
        all(name in known for name in handlers)
        and logger.get("propagate", "1") in ("0", "1")
        and _is_known_level(logger)
    )


def _is_known_level(section):
    return section.get("level", "INFO") in ("NOTSET", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL")


def _read(fname):
    """The sections of the ini file of the command, which the engine has read already."""
    from limbeck_runtime import environment

    current = environment.current()
    config = current and current.config
    if config is None or config.config_file_name != fname:
        return None
    sections = config._sections
    # After `config.file_config` the settings are those of a ConfigParser, which env.py may have changed.
    return getattr(sections, "as_read", None)
