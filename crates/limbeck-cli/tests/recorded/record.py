"""Records what Alembic answers on the branching fixture, for tests/recorded.rs.

Run `python record.py` where `alembic` (1.20.1 was used) is on the path. Each block of a recording is a command line,
its standard output, its log lines about steps, and its exit code; the project's directory is written as [ROOT].
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
FIXTURE = HERE.parent / "fixtures/branching/py"

# Each stage of the history: its revisions, or None for all of them.
STAGES = {
    "branched": [
        "1975ea83b712",
        "ae1027a6acf",
        "27c6a30d7c24",
    ],
    "merged": [
        "1975ea83b712",
        "ae1027a6acf",
        "27c6a30d7c24",
        "53fffde5ad5",
        "55af2cb1c267",
    ],
    "networking": None,
}
GRAPH = {
    "branched": [
        "heads",
        "heads -v",
        "heads --resolve-dependencies",
        "branches",
        "branches -v",
        "history",
        "history -v",
        "history -r 1975:ae10",
        "history -r :shoppingcart",
        "history -r ae10:",
        "history -r shoppingcart@base:",
        "history -r 27c6:ae10",
        "history -r ae10",
        "show head",
        "show heads",
        "show shoppingcart",
        "show 1975",
        "show base",
        "show zzz",
        "show shoppingcart@head",
        "show 1975+1",
        "show ae10-1",
        "show head-1",
        "edit zzz",
        "merge -m x 1975 ae10",
        "revision -m x",
        "revision -m x --head 1975",
        "revision -m x --head zzz",
        "revision --sql -m x",
        "revision --autogenerate --sql -m x",
        "revision -m x --rev-id a@b --head ae10",
        "revision -m x --version-path nowhere --head ae10",
    ],
    "merged": [
        "heads",
        "heads -v",
        "branches",
        "branches -v",
        "history",
        "history -v",
        "history -r 1975:head",
        "history -r 53ff:",
        "history -r -2:",
        "show head",
        "show 53ff",
        "show head-1",
        "show heads",
        "history -r :head-1",
    ],
    "networking": [
        "heads",
        "heads -v",
        "heads --resolve-dependencies",
        "branches",
        "branches -v",
        "history",
        "history -v",
        "history -r networking@base:",
        "history -r shoppingcart@base:",
        "history -r 1975:55af",
        "history -r networking:2a95",
        "history -r 109e:2a95",
        "history -r :networking@head",
        "history -r 3cac:head",
        "show head",
        "show heads",
        "show networking",
        "show networking@head",
        "show shoppingcart@head",
        "show networking@base",
        "show networking@1975",
        "show net",
        "show 2a95",
        "show 2a95-1",
        "show 2a95-2",
        "show networking@head-1",
        "show 2",
        "merge heads -m m --rev-id zz@z",
    ],
}
DATABASE = {
    "branched": [
        "current",
        "current -v",
        "current --check-heads",
        "upgrade head",
        "upgrade +1",
        "current",
        "current -v",
        "show current",
        "history -i",
        "history -r current:",
        "history -r -1:current",
        "upgrade heads",
        "current",
        "current --check-heads",
        "downgrade -1 --sql",
        "downgrade ae10 --sql",
        "downgrade 1975",
        "current",
        "downgrade base",
        "current",
        "downgrade base",
        "upgrade ae10:27c6",
        "upgrade zzz",
        "upgrade shoppingcart@head",
        "current",
        "downgrade shoppingcart@base",
        "current",
        "stamp heads",
        "current",
        "stamp base",
        "current",
        "stamp 1975 ae10",
        "stamp ae10",
        "stamp 1975",
        "stamp --purge 27c6",
        "current",
        "stamp --purge --sql base",
        "stamp head",
        "stamp zzz",
        "downgrade +1",
        "downgrade base",
        "upgrade +9",
        "upgrade -1",
        "downgrade -1",
        "ensure_version",
        "upgrade ae10",
        "upgrade 1975",
        "downgrade shoppingcart",
    ],
    "merged": [
        "upgrade head",
        "current",
        "current -v",
        "history -i",
        "history -r current:",
        "current --check-heads",
        "downgrade -1",
        "current",
        "history -r current:",
        "history -r -2:current",
        "downgrade 53ff-1",
        "downgrade ae10",
        "current",
        "upgrade +1",
        "upgrade head",
        "downgrade base",
        "upgrade 1975+1",
        "upgrade 53fff",
        "stamp head",
        "stamp 53fff",
    ],
    "networking": [
        "upgrade networking@head",
        "current",
        "current -v",
        "history -i",
        "current --check-heads",
        "downgrade networking@base",
        "current",
        "upgrade heads",
        "current",
        "downgrade networking@-1",
        "current",
        "downgrade base",
        "upgrade networking@+1",
        "current",
        "upgrade networking@+1",
        "current",
        "upgrade 55af",
        "current",
        "upgrade heads",
        "stamp base",
        "stamp heads",
        "current",
        "current --check-heads",
    ],
}


def record(kind, revisions, commands):
    root = pathlib.Path(tempfile.mkdtemp()).resolve()
    subprocess.run(["alembic", "-q", "init", "alembic"], cwd=root, check=True)
    ini = root / "alembic.ini"
    ini.write_text(ini.read_text().replace("driver://user:pass@localhost/dbname", "sqlite:///app.db"))
    for script in sorted(FIXTURE.iterdir()):
        if revisions is None or script.name.split("_")[0] in revisions:
            shutil.copy(script, root / "alembic/versions" / script.name)
    # Python's sets have an order of their own in every process; this seed gives the order of the files.
    environment = dict(os.environ, PYTHONHASHSEED="0", COLUMNS="200", EDITOR="true")
    recording = []
    for command in commands:
        ran = subprocess.run(
            ["alembic", *command.split()], cwd=root, env=environment, capture_output=True, text=True
        )
        recording.append(f"$ alembic {command}\n{ran.stdout}")
        log = [line for line in ran.stderr.splitlines() if "] Running " in line]
        if log and ran.returncode == 0:
            recording.append("[stderr]\n" + "\n".join(log) + "\n")
        recording.append(f"[exit {ran.returncode}]\n")
    (HERE / f"{kind}.txt").write_text("".join(recording).replace(str(root), "[ROOT]"))
    shutil.rmtree(root)


for stage, revisions in STAGES.items():
    record(f"{stage}-graph", revisions, GRAPH[stage])
    record(f"{stage}-database", revisions, DATABASE[stage])
