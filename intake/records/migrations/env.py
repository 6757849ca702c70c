"""Alembic's entry: runs the steps on the connection our own code hands over."""

from alembic import context

from intake.records.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
