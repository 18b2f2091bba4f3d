"""What a server's own entry is, and how entries lie over the base."""
