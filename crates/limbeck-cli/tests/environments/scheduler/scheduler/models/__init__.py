"""Models, imported when they are asked for."""

from __future__ import annotations

from scheduler.models import base


def import_all_models():
    from importlib import import_module

    for name in ("account",):
        import_module("scheduler.models." + name)
