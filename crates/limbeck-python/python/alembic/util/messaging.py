"""What is told on standard output."""


def write_outstream(stream, *text, quiet=False):
    """Writes texts; a reader that went away is no error."""
    if quiet:
        return
    for part in text:
        if isinstance(part, bytes):
            part = part.decode(getattr(stream, "encoding", None) or "utf-8", "replace")
        try:
            stream.write(part)
        except OSError:
            break


def msg(msg, newline=True, flush=False, quiet=False):
    """Writes a line."""
    import sys

    write_outstream(sys.stdout, msg, "\n" if newline else "", quiet=quiet)
    if flush and not quiet:
        sys.stdout.flush()


class status:
    """`message ...  done` around a block."""

    def __init__(self, status_msg, newline=False, quiet=False):
        self.text = status_msg
        self.newline = newline
        self.quiet = quiet

    def __enter__(self):
        msg(self.text + " ...", self.newline, flush=True, quiet=self.quiet)

    def __exit__(self, kind, value, traceback):
        import sys

        write_outstream(sys.stdout, "  done\n" if kind is None else "  FAILED\n", quiet=self.quiet)


def err(message, quiet=False):
    """Ends the command with a message."""
    from alembic.util.exc import CommandError

    raise CommandError(message)


def obfuscate_url_pw(input_url):
    """An address with its password hidden."""
    from sqlalchemy.engine import make_url

    return make_url(input_url).render_as_string(hide_password=True)


def warn(msg, stacklevel=2):
    """A warning for the user."""
    import warnings

    warnings.warn(msg, UserWarning, stacklevel=stacklevel)


def warn_deprecated(msg, stacklevel=2):
    """A warning for the project's authors."""
    import warnings

    warnings.warn(msg, DeprecationWarning, stacklevel=stacklevel)


def format_as_comma(value):
    """Names joined by commas."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return ", ".join(value)
