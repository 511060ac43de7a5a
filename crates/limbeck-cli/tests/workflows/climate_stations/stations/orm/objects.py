"""Versioned database objects that are replaced as a whole."""

from sqlalchemy import func, select

from stations.alembic.extensions.replaceable import ReplaceableFunction, ReplaceableMatview, ReplaceableView
from stations.context import get_schema_name
from stations.orm.tables import Network, Obs, Station

schema_name = get_schema_name()

days_in_month = ReplaceableFunction(
    "daysinmonth(date timestamp without time zone)",
    """
    RETURNS double precision
    LANGUAGE sql IMMUTABLE
    AS $BODY$
      SELECT EXTRACT(DAY FROM CAST(date_trunc('month', date) + interval '1 month - 1 day' AS timestamp));
    $BODY$
    """,
    schema=schema_name,
)

station_names = ReplaceableView(
    "station_names_v",
    select(Station.native_id, Network.name.label("network_name"))
    .select_from(Station)
    .join(Network, Station.network_id == Network.id),
    schema=schema_name,
)

station_stats = ReplaceableMatview(
    "station_stats_mv",
    select(
        Obs.station_id,
        func.min(Obs.time).label("min_obs_time"),
        func.max(Obs.time).label("max_obs_time"),
        func.count(Obs.id).label("obs_count"),
    ).group_by(Obs.station_id),
    schema=schema_name,
)
