"""Spatial types by their names and arguments; values travel as the text that a script gives."""

from sqlalchemy.types import UserDefinedType


class _Spatial(UserDefinedType):
    """A type of PostGIS. Its column gets a spatial index, unless told otherwise."""

    cache_ok = True
    name = None

    def __init__(
        self,
        geometry_type="GEOMETRY",
        srid=-1,
        dimension=None,
        spatial_index=True,
        use_N_D_index=False,
        use_typmod=None,
        from_text=None,
        name=None,
        nullable=True,
        _spatial_index_reflected=None,
    ):
        self.geometry_type = geometry_type.upper() if geometry_type else geometry_type
        self.srid = int(srid)
        self.dimension = dimension
        self.spatial_index = spatial_index
        self.use_N_D_index = use_N_D_index
        self.use_typmod = use_typmod
        self.nullable = nullable
        if from_text is not None:
            self.from_text = from_text
        if name is not None:
            self.name = name
        self._spatial_index_reflected = _spatial_index_reflected

    def get_col_spec(self, **kw):
        if not self.geometry_type:
            return self.name
        return f"{self.name}({self.geometry_type},{self.srid})"

    def _set_parent_with_dispatch(self, column, **kw):
        if self.spatial_index:
            column._on_table_attach(self._add_index)

    def _add_index(self, column, table):
        from sqlalchemy.schema import Index

        options = {"postgresql_using": "gist"}
        if self.use_N_D_index:
            options["postgresql_ops"] = {column.name: "gist_geometry_ops_nd"}
        index = Index(f"idx_{table.name}_{column.name}", column, _column_flag=True, **options)
        index.ddl_if(dialect="postgresql")


class Geometry(_Spatial):
    name = "geometry"
    from_text = "ST_GeomFromEWKT"


class Geography(_Spatial):
    name = "geography"
    from_text = "ST_GeogFromText"


class Raster(_Spatial):
    name = "raster"
    from_text = "raster"

    def __init__(self, spatial_index=True, from_text=None, name=None, nullable=True, **kw):
        super().__init__(
            geometry_type=None, srid=-1, spatial_index=spatial_index, from_text=from_text, name=name, nullable=nullable
        )


class RasterLegacy(Raster):
    pass
