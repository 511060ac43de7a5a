from alembic import context

from assets.storage.runs import SqlRunStorage, SqlScheduleStorage
from assets.storage.sql import run_migrations_offline, run_migrations_online

config = context.config

target_metadata = [SqlRunStorage, SqlScheduleStorage]

if context.is_offline_mode():
    run_migrations_offline(context, config, target_metadata)
else:
    run_migrations_online(context, config, target_metadata)
