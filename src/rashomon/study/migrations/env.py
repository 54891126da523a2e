"""What Alembic runs. The store hands over a connection in a transaction, and commits it or rolls it back whole."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
