"""Views, functions, triggers, extensions and grants that the project has registered with `alembic_utils`, as data."""

import sys

_KINDS = {
    "PGView": "views",
    "PGMaterializedView": "materialized_views",
    "PGFunction": "routines",
    "PGTrigger": "triggers",
    "PGExtension": "extensions",
    "PGGrantTable": "grants",
}


def registered():
    """The registry of `alembic_utils`, when the project has loaded it; else None."""
    module = sys.modules.get("alembic_utils.replaceable_entity")
    return getattr(module, "registry", None)


def add_entities(database, include_object, default_schema):
    """Puts the registered entities into a wanted schema. Gives the kinds of which it knows all there are to be, each with
    the schemas where that holds."""
    registry = registered()
    entities = list(registry.entities()) if registry is not None else []
    if registry is None or not (entities or registry.schemas):
        return {}
    schemas = (set(registry.schemas) | {entity.schema for entity in entities}) - set(registry.exclude_schemas)
    kinds = {type(entity).__name__ for entity in entities} | {kind.__name__ for kind in registry.entity_types}
    for entity in entities:
        kind = _KINDS.get(type(entity).__name__)
        if kind is None or entity.schema not in schemas:
            continue
        if include_object is not None and not include_object(entity, entity.signature, entity.type_, False, None):
            continue
        made = _MAKERS[kind](entity, _own(entity.schema, default_schema))
        of_kind = database.setdefault(kind, {"given": []})["given"] if kind == "grants" else database.setdefault(kind, [])
        of_kind.append(made)
    if "PGGrantTable" in kinds:
        database.setdefault("grants", {"given": []})
    wanted = sorted(schemas, key=str)
    for schema in wanted:
        known = [one["name"] for one in database.get("schemas", ())]
        if _own(schema, default_schema) is not None and schema not in known:
            database.setdefault("schemas", []).append({"name": schema})
    # An extension that somebody installed by hand is nobody's to drop.
    complete = {_KINDS[kind] for kind in kinds if kind in _KINDS} - {"extensions"}
    return {kind: [_own(schema, default_schema) for schema in wanted] for kind in sorted(complete)}


def _own(schema, default_schema):
    return None if schema == default_schema else schema


def _name(name, schema):
    return {"name": name} if schema is None else {"schema": schema, "name": name}


def _sql(statement):
    """The text of `sqlalchemy.text()`, whose colons may be escaped."""
    return getattr(statement, "text", str(statement)).replace("\\:", ":").strip().rstrip(";").strip()


def _plain_name(signature):
    return signature.partition("(")[0].strip().replace('"', "")


def _view(entity, schema):
    return {"name": _name(_plain_name(entity.signature), schema), "query": _unescaped(entity.definition)}


def _materialized_view(entity, schema):
    found = _view(entity, schema)
    if not getattr(entity, "with_data", True):
        found["without_data"] = True
    return found


def _unescaped(definition):
    return definition.replace("\\:", ":").strip().rstrip(";").strip()


def _routine(entity, schema):
    arguments = entity.signature.partition("(")[2].rpartition(")")[0].strip()
    sql = _sql(entity.to_sql_statement_create())
    kind = "procedure" if " procedure " in " " + " ".join(sql.lower().split()[:4]) + " " else "function"
    return {
        "kind": kind,
        "name": _name(_plain_name(entity.signature), schema),
        "signature": arguments,
        "definition": sql,
    }


def _trigger(entity, schema):
    table = entity.on_entity.replace('"', "")
    table_schema, _, table = table.rpartition(".")
    return {
        "name": entity.signature,
        "table": _name(table, schema if table_schema in ("", entity.schema) else table_schema),
        "definition": _sql(entity.to_sql_statement_create()),
    }


def _extension(entity, schema):
    found = {"name": entity.signature}
    if schema is not None:
        found["schema"] = schema
    return found


def _grant(entity, schema):
    found = {
        "on": {"table": _name(entity.table, schema)},
        "privileges": [str(entity.grant)],
        "to": "public" if entity.role.lower() == "public" else {"role": entity.role},
    }
    if entity.columns:
        found["columns"] = [column.replace('"', "") for column in entity.columns]
    if entity.with_grant_option:
        found["with_grant_option"] = True
    return found


_MAKERS = {
    "views": _view,
    "materialized_views": _materialized_view,
    "routines": _routine,
    "triggers": _trigger,
    "extensions": _extension,
    "grants": _grant,
}
