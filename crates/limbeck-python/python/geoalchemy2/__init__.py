"""The spatial column types that projects take from the package of this name."""

from geoalchemy2.types import Geography, Geometry, Raster  # noqa: F401
