"""Records what Alembic does in the sessions of the projects in a directory: this one, or tests/environments.

    python record.py POSTGRESQL_URL DIRECTORY [PROJECT…]

with `alembic` 1.20.1 on the path, and for Python `sqlmodel`, `aiosqlite`, `psycopg2` and `psycopg`.

Writes `recorded.txt` beside each `session.txt`: every command line, its standard output, its standard error, its exit code.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Where the commands of a session are typed, below the project's own directory.
DIRECTORIES = {
    "evaluation_service": "backend",
    "lab_notebook": "notebook/results",
}
LEND = """
import sys
from alembic import command
from alembic.config import CommandLine
from sqlalchemy import create_engine
line = CommandLine("alembic")
options = line.parser.parse_args(sys.argv[1:])
from alembic.config import Config
config = Config("alembic.ini", cmd_opts=options)
with create_engine("sqlite:///lab.db").connect() as connection:
    config.attributes["connection"] = connection
    line.run_cmd(config, options)
    connection.commit()
"""


def told(stream, root, address):
    """What was said, without what depends on the place, the time and the installation; of a traceback only its end."""
    stream = re.sub(r"Traceback \(most recent call last\):\n(?:[ ].*\n|\n)+", "", stream)
    stream = re.sub(r"Create Date: .*", "Create Date: [DATE]", stream)
    stream = re.sub(r"\d{4}-\d\d-\d\d(_[0-9a-f]{12}_short)", r"[DAY]\1", stream)
    return stream.replace(root, "[ROOT]").replace(address, "[DATABASE]")


def record(directory, name, server):
    with tempfile.TemporaryDirectory() as root:
        root = os.path.realpath(root)
        project = pathlib.Path(root, name)
        shutil.copytree(directory / name, project)
        # Scripts that several projects share.
        if (directory / "revisions").is_dir():
            shutil.copytree(directory / "revisions", pathlib.Path(root, "revisions"))
        database = f"limbeck_{name}"
        subprocess.run(["psql", "-qc", f"DROP DATABASE IF EXISTS {database}", "-c", f"CREATE DATABASE {database}", server], check=True)
        address = re.sub(r"/[^/?]*(\?|$)", rf"/{database}\1", server)
        ini = project / "alembic.ini"
        if ini.exists():
            driver = address.replace("postgresql:", "postgresql+psycopg2:")
            ini.write_text(ini.read_text().replace("DATABASE_URL", driver))
        lend = project / "lend.py"
        lend.write_text(LEND)
        environment = os.environ | {
            "DATABASE": address,
            "DESTINATION_DB_URL": address.replace("postgresql:", "postgresql+psycopg2:"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        out = []
        for line in (directory / name / "session.txt").read_text().splitlines():
            if line.startswith("#"):
                continue
            typed = re.sub(r"\blend ", f"{sys.executable} {lend} ", line)
            ran = subprocess.run(["sh", "-c", typed], cwd=project / DIRECTORIES.get(name, "."), env=environment, capture_output=True, text=True)
            said = [told(stream, root, address) for stream in (ran.stdout, ran.stderr)]
            out.append(f"$ {line}\n{said[0]}[stderr]\n{said[1]}[exit {ran.returncode}]\n")
        (directory / name / "recorded.txt").write_text("".join(out))


if __name__ == "__main__":
    server, directory, *names = sys.argv[1:]
    directory = pathlib.Path(directory)
    for name in names or sorted(session.parent.name for session in directory.glob("*/session.txt")):
        record(directory, name, server)
