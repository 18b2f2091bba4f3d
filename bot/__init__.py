"""Ally: where does this country stand, with its sources."""

__version__ = "0.2.0"
