"""The Alembic environment of the working store: how a store that any earlier release made is brought up to date.

A new revision is a new module in ``versions/``, and its id is added to ``rashomon.study.store.REVISIONS``.
"""
