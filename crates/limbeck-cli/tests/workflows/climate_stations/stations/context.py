import os


def get_schema_name():
    return os.environ.get("STATIONS_SCHEMA_NAME", "crmp")


def get_role_name():
    return os.environ.get("STATIONS_ROLE_NAME", "postgres")
