"""What servers add, in SQLite or PostgreSQL: changes, reading, views, privacy,
backup.
"""
