"""What servers add, kept in SQLite or PostgreSQL, and laid over the base when it is asked for."""
