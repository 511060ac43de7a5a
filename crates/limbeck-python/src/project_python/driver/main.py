"""The driver's first function: takes what Limbeck wants, runs env.py, tells how it ended.

Messages to Limbeck have `say`, commands from it have `do`. A command that is not known is refused, so that an older
driver never does half of what a newer Limbeck wants.
"""

import gc
import os
import signal
import sys

from limbeck_driver.failure import describe
from limbeck_driver.pipe import Pipe, watch


def main(reader, writer, lifeline):
    """Runs until env.py has ended."""
    # Limbeck decides what an interrupt means; a handler, not SIG_IGN, so that programs started by scripts get their default.
    signal.signal(signal.SIGINT, lambda number, frame: None)
    for descriptor in (reader, writer, lifeline):
        os.set_inheritable(descriptor, False)
    watch(lifeline)
    # Models are made to stay. Looking for garbage among them again and again takes a third of the time of their import.
    gc.disable()
    pipe = Pipe(reader, writer)
    start = pipe.receive()
    try:
        from limbeck_driver.environment import Environment

        pipe.send({"say": "ready"})

        Environment(pipe, start, lambda revisions: serve(pipe, revisions)).run()
    except BaseException as error:
        flush()
        pipe.send({"say": "failed", "failure": describe(error)})
        os._exit(1)
    flush()
    pipe.send({"say": "end"})


class Stopped(Exception):
    """Limbeck could not do what the command is for."""


def serve(pipe, revisions):
    """Does what Limbeck commands, until it says to go on with env.py."""
    commands = {
        "load": revisions.load,
        "run": revisions.run,
        "applied": revisions.applied,
        "write": revisions.write,
        "models": revisions.models,
    }
    while True:
        command = pipe.receive()
        name = command["do"]
        if name == "continue":
            return
        if name == "abort":
            # In env.py's eyes Alembic has failed, so that its own cleaning up happens.
            raise Stopped(command["reason"])
        if name not in commands:
            pipe.send({"say": "unknown", "command": name})
            continue
        if name != "models" and not gc.isenabled():
            # Scripts may work on many rows. What has been imported is not theirs to look through.
            getattr(gc, "freeze", int)()
            gc.enable()
        try:
            answer = commands[name](command)
        except BaseException as error:
            flush()
            pipe.send({"say": "refused", "failure": describe(error)})
        else:
            pipe.send(dict(answer, say="done"))


def flush():
    """What scripts printed goes out before Limbeck says something about it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
