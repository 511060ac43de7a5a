"""``sqlalchemy.orm``: sessions, queries and declarative classes for migration scripts.

Names are looked up when they are first used, so that a script which needs only ``Session`` pays only for it.
"""

_HOMES = {
    "attributes": "InstrumentedAttribute QueryableAttribute",
    "collections": "attribute_keyed_dict attribute_mapped_collection column_keyed_dict column_mapped_collection "
    "keyfunc_mapping mapped_collection collection_adapter KeyFuncDict MappedCollection",
    "comparators": "PropComparator RelationshipComparator with_parent",
    "decl_api": "DeclarativeBase DeclarativeBaseNoMeta DeclarativeMeta Mapped DynamicMapped WriteOnlyMapped "
    "MappedAsDataclass registry declared_attr declarative_base as_declarative declarative_mixin "
    "has_inherited_table add_mapped_attribute",
    "dynamic": "DynamicCollection",
    "events": "MapperEvents SessionEvents AttributeEvents InstanceEvents",
    "exc": "",
    "identity": "IdentityMap",
    "interfaces": "MapperProperty",
    "join_condition": "ONETOMANY MANYTOONE MANYTOMANY",
    "mapper": "Mapper class_mapper object_mapper configure_mappers validates reconstructor",
    "properties": "ColumnProperty MappedColumn CompositeProperty SynonymProperty mapped_column column_property "
    "deferred query_expression synonym synonym_for composite",
    "query": "Query",
    "relationships": "RelationshipProperty Relationship relationship dynamic_loader backref",
    "scoping": "scoped_session",
    "session": "Session sessionmaker close_all_sessions",
    "state": "InstanceState",
    "strategy_options": "Load joinedload selectinload subqueryload immediateload lazyload noload raiseload "
    "defaultload contains_eager load_only defer undefer undefer_group with_expression selectin_polymorphic "
    "with_loader_criteria",
    "transaction": "SessionTransaction",
    "util": "aliased AliasedClass Bundle foreign remote identity_key join outerjoin make_transient "
    "make_transient_to_detached object_session polymorphic_union was_deleted with_polymorphic",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}
_HOME["QueryContext"] = "query"
_ELSEWHERE = ("clauses", "state", "unitofwork", "persistence")


def __getattr__(name):
    home = _HOME.get(name)
    if home is not None:
        module = __import__(f"{__name__}.{home}", fromlist=[name])
        value = getattr(module, name)
        globals()[name] = value
        return value
    if name in _HOMES or name in _ELSEWHERE:
        return __import__(f"{__name__}.{name}", fromlist=["_"])
    if name.startswith("_"):
        raise AttributeError(name)
    from limbeck_runtime.missing import NotProvided

    raise NotProvided(f"sqlalchemy.orm.{name}")


def __dir__():
    return sorted(_HOME)


def clear_mappers():
    """Forgets which mappers wait for their relationships."""
    from .mapper import _unconfigured

    _unconfigured.clear()
