"""The history of the tables, run by Alembic when a database is opened.

To change a table: change `store/tables.py`, add `versions/vNNNN_<what>.py` that does the same to an existing database,
and set `tables.HEAD` to its revision. A test compares the two. Migrations are never edited once released.
"""
