"""`alembic.command`: here the command is this program, so none of these functions can be called from a script or env.py."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    from limbeck_runtime.missing import NotProvided

    def refuse(*args, **kwargs):
        raise NotProvided("alembic.command." + name)

    refuse.__name__ = name
    return refuse
