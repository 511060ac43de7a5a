from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, MetaData, String
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import relationship

from stations.context import get_schema_name

metadata = MetaData(schema=get_schema_name())
Base = declarative_base(metadata=metadata)


class Network(Base):
    __tablename__ = "meta_network"
    id = Column("network_id", Integer, primary_key=True)
    name = Column("network_name", String)
    stations = relationship("Station", back_populates="network")


class Station(Base):
    __tablename__ = "meta_station"
    id = Column("station_id", Integer, primary_key=True)
    native_id = Column(String)
    network_id = Column(Integer, ForeignKey("meta_network.network_id"))
    network = relationship("Network", back_populates="stations")


class Obs(Base):
    __tablename__ = "obs_raw"
    id = Column("obs_raw_id", Integer, primary_key=True)
    time = Column("obs_time", DateTime)
    datum = Column(Float)
    station_id = Column(Integer, ForeignKey("meta_station.station_id"))
