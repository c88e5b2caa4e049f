"""Runs migrations on the connection, and inside the transaction, that `schema.py` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from workflows.store.tables import metadata


def run() -> None:
    connection = context.config.attributes["connection"]
    if not isinstance(connection, Connection):
        raise RuntimeError("migrations run through workflows.store.schema, which hands over a connection")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,  # true of SQLite too, once the driver no longer commits by itself
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
