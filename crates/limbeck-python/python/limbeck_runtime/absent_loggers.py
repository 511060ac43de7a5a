"""Loggers of an application that is not here.

Nothing but messages depends on a logger, so one that cannot be imported is no reason to stop a script: its messages go to the
standard library's logger of the name that its module has. Keywords, which libraries of structured logs take, are left out.
"""

_NAMES = ("logger", "log", "_logger", "_log", "LOGGER", "LOG")
_MAKERS = ("get_logger", "getLogger", "get_run_logger")
_LEVELS = {
    "trace": 10,
    "debug": 10,
    "info": 20,
    "success": 20,
    "warning": 30,
    "warn": 30,
    "error": 40,
    "exception": 40,
    "critical": 50,
    "fatal": 50,
}


class AbsentLogger:
    """Takes messages as any logger does."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        # Methods with an `a` before the name are awaited by the libraries that have them.
        level = _LEVELS.get(name) or _LEVELS.get(name[1:] if name[:1] == "a" else name)
        if level is None:
            if name in ("bind", "getChild", "opt", "patch", "new", "unbind", "contextualize"):
                return lambda *arguments, **keywords: self
            raise AttributeError(name)
        if name in _LEVELS:
            return lambda *arguments, **keywords: self._log(level, name == "exception", arguments)

        async def later(*arguments, **keywords):
            self._log(level, name == "aexception", arguments)

        return later

    def log(self, level, *arguments, **keywords):
        self._log(level if isinstance(level, int) else 20, False, arguments)

    def isEnabledFor(self, level):
        import logging

        return logging.getLogger(self._name).isEnabledFor(level)

    def _log(self, level, exception, arguments):
        import logging

        message = arguments[0] if arguments else ""
        try:
            logging.getLogger(self._name).log(level, message, *arguments[1:], exc_info=exception)
        except TypeError:
            logging.getLogger(self._name).log(level, "%s", message, exc_info=exception)


def instead_of(module, name):
    """What a module that is not here has for a name, when that is a logger or makes one; else None."""
    if name in _NAMES:
        return AbsentLogger(module)
    if name in _MAKERS:
        return lambda *arguments, **keywords: AbsentLogger(
            arguments[0] if arguments and isinstance(arguments[0], str) else module
        )
    return None
