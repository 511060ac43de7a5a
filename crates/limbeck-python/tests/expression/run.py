"""Compiles each snippet of cases.txt for each dialect.

    python run.py record    under SQLAlchemy: writes expected.jsonl
    python run.py           under ours: compares, prints what differs, exit code 1 if anything does

deviations.jsonl holds the cases in which ours is meant to differ, each with the reason.
"""

import json
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
DIALECTS = ("default", "sqlite", "postgresql", "mysql", "mariadb")


def dialects():
    from sqlalchemy.dialects import mysql, postgresql, sqlite
    from sqlalchemy.dialects.mysql import mariadb

    return {
        "default": None,
        "sqlite": sqlite.dialect(),
        "postgresql": postgresql.dialect(),
        "mysql": mysql.dialect(),
        "mariadb": mariadb.dialect() if hasattr(mariadb, "dialect") else mariadb.MariaDBDialect(),
    }


def namespace():
    found = {}
    with open(os.path.join(HERE, "setup.py")) as source:
        exec(compile(source.read(), "setup.py", "exec"), found)
    return found


def snippets():
    with open(os.path.join(HERE, "cases.txt"), encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if line.strip() and line[0] != "#"]


def failure(problem):
    text = str(problem).split("\n")[0]
    while " at 0x" in text:
        head, _, tail = text.partition(" at 0x")
        digits = 0
        while digits < len(tail) and tail[digits] in "0123456789abcdef":
            digits += 1
        text = head + tail[digits:]
    if type(problem).__name__ == "UnsupportedCompilationError":
        # Its text names classes by the modules they are in, which are not ours.
        text = ""
    return {"error": type(problem).__name__, "text": text.split(" (Background")[0]}


def compiled(value, dialect, literal):
    kw = {"compile_kwargs": {"literal_binds": True}} if literal else {}
    try:
        made = value.compile(dialect=dialect, **kw)
        text = str(made)
        if literal:
            return {"sql": text}
        params = {key: repr(one) for key, one in made.params.items()}
        return {"sql": text, "params": params}
    except Exception as problem:
        return failure(problem)


def answers(names, snippet, known):
    try:
        value = eval(snippet, dict(names))
    except Exception as problem:
        return {"build": failure(problem)}
    if isinstance(value, bool):
        return {"value": value}
    found = {}
    for name, dialect in known.items():
        found[name] = compiled(value, dialect, False)
        literal = compiled(value, dialect, True)
        if literal != {"sql": found[name].get("sql")}:
            found[name + " literal"] = literal
    return found


def main():
    warnings.simplefilter("ignore")
    names = namespace()
    known = dialects()
    path = os.path.join(HERE, "expected.jsonl")
    if sys.argv[1:] == ["record"]:
        with open(path, "w", encoding="utf-8") as out:
            for snippet in snippets():
                line = {"case": snippet, "answers": answers(names, snippet, known)}
                out.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        return 0
    with open(os.path.join(HERE, "deviations.jsonl"), encoding="utf-8") as lines:
        meant = {one["case"]: one for one in map(json.loads, lines)}
    wrong = total = bad = deviating = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            if sys.argv[1:] and sys.argv[1] not in case["case"]:
                continue
            got = answers(names, case["case"], known)
            expected = case["answers"]
            total += len(expected)
            differs = [key for key in sorted({*expected, *got}) if expected.get(key) != got.get(key)]
            own = meant.get(case["case"], {}).get("answers", {})
            deviating += len([key for key in differs if key in own and own[key] == got.get(key)])
            differs = [key for key in differs if key not in own or own[key] != got.get(key)]
            if differs:
                bad += 1
                wrong += len(differs)
                print(case["case"])
                for key in differs:
                    print("   ", key)
                    print("        expected", json.dumps(expected.get(key), ensure_ascii=False))
                    print("        got     ", json.dumps(got.get(key), ensure_ascii=False))
    print(
        "%d answers, %d differ as meant, %d differ, in %d cases" % (total, deviating, wrong, bad)
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
