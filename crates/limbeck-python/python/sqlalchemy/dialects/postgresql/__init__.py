"""PostgreSQL: its types and what only its SQL has, each imported when it is first used."""

from sqlalchemy.dialects.lazy import PLAIN_TYPES, finder

_TABLE = (
    (
        PLAIN_TYPES,
        "BIGINT BOOLEAN CHAR DATE DOUBLE_PRECISION FLOAT INTEGER NUMERIC REAL SMALLINT TEXT UUID VARCHAR",
    ),
    (
        "types",
        "ARRAY BIT BYTEA CIDR CITEXT HSTORE INET INTERVAL JSON JSONB JSONPATH MACADDR MACADDR8 MONEY OID REGCLASS "
        "REGCONFIG TIME TIMESTAMP TSQUERY TSVECTOR PGBit PGCidr PGInet PGInterval PGMacAddr PGMacAddr8 PGUuid",
    ),
    (
        "named_types",
        "CreateDomainType CreateEnumType DOMAIN DropDomainType DropEnumType ENUM NamedType",
    ),
    (
        "ranges",
        "AbstractMultiRange AbstractRange AbstractSingleRange DATEMULTIRANGE DATERANGE INT4MULTIRANGE INT4RANGE "
        "INT8MULTIRANGE INT8RANGE MultiRange NUMMULTIRANGE NUMRANGE Range TSMULTIRANGE TSRANGE TSTZMULTIRANGE "
        "TSTZRANGE",
    ),
    ("constraint", "ExcludeConstraint"),
    ("dml", "Insert insert"),
    (
        "ext",
        "All Any aggregate_order_by array array_agg hstore phraseto_tsquery plainto_tsquery to_tsquery to_tsvector "
        "ts_headline websearch_to_tsquery",
    ),
    ("base", "dialect PGDialect"),
)

__getattr__ = finder(__name__, _TABLE, globals())
