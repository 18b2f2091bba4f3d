"""The commands /about and /help."""
