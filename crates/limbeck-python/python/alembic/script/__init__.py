"""The revisions of a project."""

from alembic.script.base import Script, ScriptDirectory
