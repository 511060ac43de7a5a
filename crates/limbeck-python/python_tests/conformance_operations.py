"""Runs every measured script through the front end and compares its operations with those made from Alembic's own.

    python3 conformance_operations.py [ID …]

Needs a CPython only: the bridge to the engine is a recorder. The scripts are `tests/conformance/operations.jsonl`; what
they have to give is the engine's `crates/limbeck/tests/conformance/ddl.jsonl`, which `xtask/python` makes from the same
scripts.
"""

import json
import pathlib
import sys

import recorder

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = HERE.parent / "tests/conformance/operations.jsonl"
WANTED = HERE.parent.parent / "limbeck/tests/conformance/ddl.jsonl"


def cases():
    with open(SCRIPTS, encoding="utf-8") as scripts, open(WANTED, encoding="utf-8") as wanted:
        expected = {case["id"]: case for case in map(json.loads, wanted)}
        for case in map(json.loads, scripts):
            yield case, expected[case["id"]]


def main():
    chosen = set(sys.argv[1:])
    passed, failed = 0, 0
    for case, expected in cases():
        if chosen and case["id"] not in chosen:
            continue
        script = case["script"]
        made = recorder.run(
            script if isinstance(script, str) else "\n".join(script),
            case["dialect"],
            case["offline"],
            case["naming_convention"],
        )
        wanted = {"operations": expected.get("operations")}
        if "not_made" in expected:
            wanted = {"not_made": expected["not_made"]}
        if made == wanted:
            passed += 1
            continue
        failed += 1
        print(f"{case['id']} {case['dialect']}: {script}")
        print(f"  wanted {json.dumps(wanted, ensure_ascii=False)}")
        print(f"  made   {json.dumps(made, ensure_ascii=False)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
