"""Records what SQLAlchemy's inspector tells: record.py DIALECT URL DATABASE > DIALECT.json, on an empty database.

`limbeck` beside an answer of SQLAlchemy's is ours where SQLAlchemy's is wrong; it is kept when the answers are recorded
anew.
"""

import json
import pathlib
import sys
import warnings

import sqlalchemy as sa
import told

HERE = pathlib.Path(__file__).parent


def main(dialect, url, database):
    warnings.simplefilter("ignore")
    name = {"mysql": "mariadb"}.get(dialect, dialect)
    kept = HERE / f"{name}.json"
    ours = json.loads(kept.read_text())["limbeck"] if kept.exists() else {}
    with sa.create_engine(url).connect() as connection:
        for statement in (HERE / f"{name}.sql").read_text().splitlines():
            connection.exec_driver_sql(statement if dialect == "sqlite" else statement.replace("%", "%%"))
        connection.commit()
        recorded = told.answers(sa.inspect(connection), dialect, database)
    kept.write_text(json.dumps({"sqlalchemy": recorded, "limbeck": ours}, indent=1) + "\n")


main(*sys.argv[1:])
