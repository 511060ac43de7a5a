"""Types of PostgreSQL's columns."""

_NAMES = (
    "BIGINT BIT BOOLEAN BYTEA CHAR CIDR CITEXT DATE DATEMULTIRANGE DATERANGE FLOAT HSTORE INET INT4MULTIRANGE INT4RANGE "
    "INT8MULTIRANGE INT8RANGE INTEGER JSON JSONB MACADDR MACADDR8 MONEY NUMERIC NUMMULTIRANGE NUMRANGE OID REAL REGCLASS "
    "REGCONFIG SMALLINT TEXT TSMULTIRANGE TSQUERY TSRANGE TSTZMULTIRANGE TSTZRANGE TSVECTOR UUID VARCHAR"
).split()


def reflected_type(data_type, answer, dialect, where):
    """The type object; an array holds one of one dimension, because PostgreSQL does not keep their number."""
    array = data_type.get("array")
    if array is not None:
        from sqlalchemy.dialects.postgresql import ARRAY

        return ARRAY(reflected_type(array["item"], answer, dialect, where))
    if "enum" in data_type:
        return _enum(data_type["enum"], dialect)
    if "defined" in data_type:
        return _domain(data_type["defined"], answer, dialect, where)
    if "custom" in data_type:
        if data_type["custom"] == '"char"':
            from sqlalchemy.types import String

            return String()
        return _unknown(data_type["custom"], where)
    return _named(data_type["named"], dialect, where)


def _schema(name, dialect):
    """The schema of a type that its bare name does not find."""
    schema = name.get("schema")
    return {} if schema in (None, dialect.default_schema_name) else {"schema": schema}


def _enum(found, dialect):
    from sqlalchemy.dialects.postgresql import ENUM

    name = found["name"]
    return ENUM(*found["values"], name=name["name"], **_schema(name, dialect))


def _domain(name, answer, dialect, where):
    found = next((domain for domain in answer.get("domains", ()) if domain["name"] == name), None)
    if found is None:
        return _unknown(name["name"], where)
    from sqlalchemy.dialects.postgresql import DOMAIN

    options = {
        "collation": found.get("collation"),
        "default": (found.get("default") or {}).get("expression"),
        "not_null": found.get("not_null", False),
        "create_type": False,
    }
    checks = found.get("checks")
    if checks:
        options["constraint_name"] = checks[0]["name"]
        options["check"] = checks[0]["condition"]["expression"]
    options.update(_schema(name, dialect))
    return DOMAIN(name["name"], reflected_type(found["data_type"], answer, dialect, where), **options)


def _named(named, dialect, where):
    from sqlalchemy.dialects import postgresql

    name, arguments = named["name"], named.get("arguments", [])
    options = {"collation": named["collation"]} if named.get("collation") else {}
    if name in ("TIMESTAMP", "TIME"):
        options["timezone"] = named.get("time_zone", False)
        if arguments:
            options["precision"] = arguments[0]
        return getattr(postgresql, name)(**options)
    if name == "INTERVAL":
        if named.get("fields"):
            options["fields"] = named["fields"].lower()
        if arguments:
            options["precision"] = arguments[0]
        return postgresql.INTERVAL(**options)
    if name == "BIT":
        if named.get("varying"):
            options["varying"] = True
        return postgresql.BIT(*arguments, **options)
    if name == "DOUBLE PRECISION":
        return postgresql.DOUBLE_PRECISION(53)
    if name == "NAME":
        from sqlalchemy.types import String

        return String(**options)
    added = getattr(dialect, "ischema_names", {}).get(name.lower())
    if added is not None:
        return added(*arguments, **options)
    if name in _NAMES:
        return getattr(postgresql, name)(*arguments, **options)
    return _unknown(name.lower(), where)


def _unknown(name, where):
    from sqlalchemy.types import NULLTYPE
    from sqlalchemy.util import warn

    warn("Did not recognize type '%s' of %s" % (name, where))
    return NULLTYPE
