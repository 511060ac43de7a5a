"""Runs each case with the shim under plain CPython and compares its output with the recorded one.

    python3 run.py             compare with the recorded outputs
    python3 run.py --record    record them anew; needs a Python that has SQLAlchemy 2.0

The recorded outputs were made by SQLAlchemy 2.0.58 running the same scripts.
"""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SHIM = HERE.parent.parent / "python"


def run(case, path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(one) for one in path), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, str(case)], env=environment, capture_output=True, text=True)
    return done.stdout + (done.stderr if done.returncode else "")


def main():
    record = "--record" in sys.argv[1:]
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    failed = []
    cases = sorted(case for case in HERE.glob("*.py") if case.name != "run.py" and (not wanted or case.stem in wanted))
    for case in cases:
        expected = case.with_suffix(".out")
        if record:
            expected.write_text(run(case, []))
            continue
        found = run(case, [SHIM, HERE / "stand_in"])
        if found != expected.read_text():
            failed.append(case.stem)
            print(f"{case.stem} differs")
            for number, (one, other) in enumerate(zip(expected.read_text().splitlines(), found.splitlines()), 1):
                if one != other:
                    print(f"  line {number}: expected {one}\n           found    {other}")
                    break
            else:
                print("  " + "\n  ".join(found.splitlines()[-3:]))
    print(f"{len(cases) - len(failed)} of {len(cases)} cases agree")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
