"""The commands, one folder a feature."""
